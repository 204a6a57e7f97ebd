// Line ends: told when they changed, and only then.
import { expect, test } from "vitest";
import {
	describeLineEndChanges,
	lineEndsOf,
} from "../../../../src/document/diff/text/line-ends.ts";

test.each([
	["", "none", false],
	["a", "none", false],
	["a\n", "LF", true],
	["a\r\nb\r\n", "CRLF", true],
	["a\r\nb\n", "mixed", true],
	["a\nb\r\nc", "mixed", false],
] as const)("the lines of %j end in %s", (text, style, hasFinalLineFeed) => {
	expect(lineEndsOf(text)).toEqual({ style, hasFinalLineFeed });
});

test("a change from CRLF to LF is told", () => {
	expect(describeLineEndChanges("a\r\nb\r\n", "a\nb\n")).toEqual([
		"Line endings changed from CRLF to LF.",
	]);
});

test("a line feed that is missing at the end is told", () => {
	expect(describeLineEndChanges("a\nb\n", "a\nb")).toEqual([
		"The old version ends with a line feed, the new one does not.",
	]);
});

test("nothing is told when line ends stay as they are", () => {
	expect(describeLineEndChanges("a\nb\n", "a\nc\n")).toEqual([]);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { runToEnd } from "../../../../src/document/diff/text/cooperative-task.ts";
import {
	countLines,
	describeLineEndChanges,
	lineAt,
	lineEndsOf,
	lineIndexAt,
	lineStart,
	splitLines,
	widestLine,
} from "../../../../src/document/diff/text/lines.ts";

const texts = fc
	.array(fc.constantFrom("", "x", "long enough", "ü"), { maxLength: 200 })
	.chain((lines) => fc.constantFrom(lines.join("\n"), `${lines.join("\n")}\n`));

test("lines can be read in any order", () => {
	fc.assert(
		fc.property(texts, fc.array(fc.nat(200)), (text, order) => {
			const expected = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
			const lines = splitLines(text);
			expect(lines.count).toBe(expected.length);
			for (const index of order)
				if (index < expected.length)
					expect(lineAt(lines, index)).toBe(expected[index]);
			expect(expected.map((_, index) => lineAt(lines, index))).toEqual(
				expected,
			);
		}),
	);
});

test("a line is found by its offset", () => {
	const lines = splitLines("one\ntwo\n\nfour");
	expect([0, 4, 8, 9].map((offset) => lineIndexAt(lines, offset))).toEqual([
		0, 1, 2, 3,
	]);
	expect(lineStart(lines, lines.count)).toBe(lines.text.length);
});

test("lines of a part are counted, with a last line without a line feed", () => {
	const text = `${"line\n".repeat(30_000)}open`;
	expect(countLines(text, 0, text.length)).toBe(30_001);
	expect(countLines(text, 5, 15)).toBe(2);
	expect(countLines(text, 5, 5)).toBe(0);
});

test("the starts of lines far behind the one that is read are not searched", () => {
	const lines = splitLines("line\n".repeat(100_000));
	expect(lineStart(lines, 500)).toBe(2500);
	expect(lines.starts.subarray(5000, -1).every((start) => start === 0)).toBe(
		true,
	);
});

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

test("a change from CRLF to LF is reported", () => {
	expect(describeLineEndChanges("a\r\nb\r\n", "a\nb\n")).toEqual([
		"Line endings changed from CRLF to LF.",
	]);
});

test("a line feed missing at the end is reported", () => {
	expect(describeLineEndChanges("a\nb\n", "a\nb")).toEqual([
		"The first version ends with a line feed, the second one does not.",
	]);
});

test("nothing is reported when line ends stay as they are", () => {
	expect(describeLineEndChanges("a\nb\n", "a\nc\n")).toEqual([]);
});

test("the widest line is found, up to a limit", () => {
	fc.assert(
		fc.property(texts, fc.nat(5), fc.nat(20), (text, least, more) => {
			const widths = text.split("\n").map((line) => line.length);
			expect(runToEnd(widestLine(text, least, least + more))).toBe(
				Math.min(least + more, Math.max(least, ...widths)),
			);
		}),
	);
});

test("a tab reaches to its stop, and a full-width character takes two columns", () => {
	const lines = [
		["plain\n", 5],
		["\t\tab\nabc\td\n", 10],
		["a\t\n\t\n", 4],
		["ab 漢字\n", 7],
		["a 🎉\n12345\n", 5],
	] as const;
	for (const [text, columns] of lines)
		expect(runToEnd(widestLine(text, 0, 100))).toBe(columns);
	// The limit is in characters, however wide they are.
	expect(runToEnd(widestLine("\t".repeat(99), 0, 30))).toBe(120);
	expect(runToEnd(widestLine("漢".repeat(99), 0, 30))).toBe(60);
});

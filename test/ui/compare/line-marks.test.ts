// Marks for the lines on show: both sides of a pair get theirs, other lines none.
import { expect, test } from "vitest";
import { runToEnd } from "../../../src/document/diff/text/cooperative-task.ts";
import { diffLines } from "../../../src/document/diff/text/line-diff.ts";
import { createLineMarks } from "../../../src/ui/compare/line-marks.ts";

test("a changed line is marked on both sides where it changed", () => {
	const diff = runToEnd(diffLines('"limit": 30,\n', '"limit": 45,\n'));
	const marks = createLineMarks(diff);
	expect(marks.of("original", 0, 0)).toEqual([{ from: 9, to: 11 }]);
	expect(marks.of("modified", 0, 0)).toEqual([{ from: 9, to: 11 }]);
});

test("with a line more on one side, lines with the same key are a pair", () => {
	const diff = runToEnd(
		diffLines('"limit": 30,\n', '"added": true,\n"limit": 45,\n'),
	);
	const marks = createLineMarks(diff);
	expect(marks.of("modified", 0, 0)).toBeUndefined();
	expect(marks.of("modified", 1, 0)).toEqual([{ from: 9, to: 11 }]);
});

test("a line without a partner has none", () => {
	const diff = runToEnd(diffLines("a\n", "a\nb\n"));
	expect(createLineMarks(diff).of("modified", 1, 0)).toBeUndefined();
});

import { expect, test } from "vitest";
import { runToEnd } from "../../../src/document/diff/text/cooperative-task.ts";
import { compareTexts } from "../../../src/ui/diff/text-comparison.ts";

test("changed line ends are one note and no changed lines", () => {
	const { diff, notes } = runToEnd(compareTexts("a\r\nb\r\n", "a\nb\n"));
	expect(diff.changes).toEqual([]);
	expect(notes).toEqual(["Line endings changed from CRLF to LF."]);
});

test("a changed line is reported when the line ends changed too", () => {
	const { diff } = runToEnd(compareTexts("a\r\nb\r\n", "a\nc\n"));
	expect(diff.changes).toEqual([
		{ originalStart: 1, originalEnd: 2, modifiedStart: 1, modifiedEnd: 2 },
	]);
});

test("a long comparison pauses many times", () => {
	const lines = (seed: number) =>
		Array.from({ length: 30_000 }, (_, index) => `${(index * seed) % 9973}\n`);
	const steps = compareTexts(lines(31).join(""), lines(37).join(""));
	let pauses = 0;
	while (!steps.next().done) pauses += 1;
	expect(pauses).toBeGreaterThan(10);
});

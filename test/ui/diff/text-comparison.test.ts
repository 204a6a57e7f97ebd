// Two texts compared line by line: what lines show, and what is said about the rest.
import { expect, test } from "vitest";
import { runToEnd } from "../../../src/document/diff/text/cooperative-task.ts";
import { compareTexts } from "../../../src/ui/diff/text-comparison.ts";

test("lines that differ in their ends only are told once, not line by line", () => {
	const { diff, notes } = runToEnd(compareTexts("a\r\nb\r\n", "a\nb\n"));
	expect(diff.changes).toEqual([]);
	expect(notes).toEqual(["Line endings changed from CRLF to LF."]);
});

test("what changed besides is told by its lines", () => {
	const { diff } = runToEnd(compareTexts("a\r\nb\r\n", "a\nc\n"));
	expect(diff.changes).toEqual([
		{ originalStart: 1, originalEnd: 2, modifiedStart: 1, modifiedEnd: 2 },
	]);
});

test("a big comparison can be paused many times", () => {
	const lines = (seed: number) =>
		Array.from({ length: 30_000 }, (_, index) => `${(index * seed) % 9973}\n`);
	const steps = compareTexts(lines(31).join(""), lines(37).join(""));
	let pauses = 0;
	while (!steps.next().done) pauses += 1;
	expect(pauses).toBeGreaterThan(10);
});

// A text cut into lines: where each starts is found when it is asked for, in whatever order that is.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	countLines,
	lineAt,
	lineIndexAt,
	lineStart,
	splitLines,
} from "../../../../src/document/diff/text/lines.ts";

const texts = fc
	.array(fc.constantFrom("", "x", "long enough", "ü"), { maxLength: 200 })
	.chain((lines) => fc.constantFrom(lines.join("\n"), `${lines.join("\n")}\n`));

test("Lines are the same, whichever of them is asked for first.", () => {
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

test("A line is found by where it starts.", () => {
	const lines = splitLines("one\ntwo\n\nfour");
	expect([0, 4, 8, 9].map((offset) => lineIndexAt(lines, offset))).toEqual([
		0, 1, 2, 3,
	]);
	expect(lineStart(lines, lines.count)).toBe(lines.text.length);
});

test("Lines of a part are counted, the last one whether it is closed or not.", () => {
	const text = `${"line\n".repeat(30_000)}open`;
	expect(countLines(text, 0, text.length)).toBe(30_001);
	expect(countLines(text, 5, 15)).toBe(2);
	expect(countLines(text, 5, 5)).toBe(0);
});

test("To find where a line starts, not all of those behind it are looked at.", () => {
	const lines = splitLines("line\n".repeat(100_000));
	expect(lineStart(lines, 500)).toBe(2500);
	expect(lines.starts.subarray(5000, -1).every((start) => start === 0)).toBe(
		true,
	);
});

// The widest line of a text, in columns.
import fc from "fast-check";
import { expect, test } from "vitest";
import { runToEnd } from "../../../../src/document/diff/cooperative-task.ts";
import { widestLine } from "../../../../src/document/diff/text/widest-line.ts";

const texts = fc
	.array(fc.constantFrom("", "x", "long enough", "ü"), { maxLength: 200 })
	.chain((lines) => fc.constantFrom(lines.join("\n"), `${lines.join("\n")}\n`));

test("The longest line is found, up to what matters.", () => {
	fc.assert(
		fc.property(texts, fc.nat(5), fc.nat(20), (text, least, more) => {
			const widths = text.split("\n").map((line) => line.length);
			expect(runToEnd(widestLine(text, [least, least + more]))).toBe(
				Math.min(least + more, Math.max(least, ...widths)),
			);
		}),
	);
});

test("A tab is as wide as it is to its stop, and a full-width character two columns.", () => {
	const lines = [
		["plain\n", 5],
		["\t\tab\nabc\td\n", 10],
		["a\t\n\t\n", 4],
		["ab 漢字\n", 7],
		["a 🎉\n12345\n", 5],
	] as const;
	for (const [text, columns] of lines)
		expect(runToEnd(widestLine(text, [0, 100]))).toBe(columns);
	// All columns of so many characters, also where these are wide.
	expect(runToEnd(widestLine("\t".repeat(99), [0, 30]))).toBe(120);
	expect(runToEnd(widestLine("漢".repeat(99), [0, 30]))).toBe(60);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runToEnd } from "../../../../src/document/diff/text/cooperative-task.ts";
import { diffLines } from "../../../../src/document/diff/text/line-diff.ts";
import {
	createLineMarks,
	diffWords,
	type TextRange,
} from "../../../../src/document/diff/text/word-diff.ts";

const words = fc
	.array(
		fc.constantFrom("a", "limit", " ", ":", "30", "130", "😀", "😁", "é"),
		{
			maxLength: 30,
		},
	)
	.map((list) => list.join(""));

describe("marks within a line", () => {
	test("leave the same text unmarked on both sides", () => {
		fc.assert(
			fc.property(words, words, (original, modified) => {
				const marked = diffWords(original, modified);
				if (!marked) return;
				expect(without(original, marked.original)).toBe(
					without(modified, marked.modified),
				);
				expect(() =>
					encodeURI(without(original, marked.original)),
				).not.toThrow();
			}),
			{ numRuns: 2000 },
		);
	});

	test("mark a number as a whole", () => {
		expect(diffWords('  "timeout": 30,\n', '  "timeout": 130,\n')).toEqual({
			original: [{ from: 13, to: 15 }],
			modified: [{ from: 13, to: 16 }],
		});
	});

	test("divide ASCII and other text into the same words", () => {
		const [original, modified] = ["a: limit_1 of 30", "a: limit_2 of  30"];
		const plain = diffWords(`${original} for all.`, `${modified} for all.`);
		expect(plain).toEqual(
			diffWords(`${original} for älle`, `${modified} for älle`),
		);
		expect(plain).toEqual(
			diffWords(`${original} xor ällé`, `${modified} xor ällé`),
		);
		expect(plain?.original).toEqual([{ from: 3, to: 10 }]);
		// The words that differ have ASCII letters and others.
		expect(diffWords("is: grün, no", "is: gruen, no")).toEqual({
			original: [{ from: 4, to: 8 }],
			modified: [{ from: 4, to: 9 }],
		});
	});

	test("are undefined for lines with little in common", () => {
		expect(diffWords("alpha beta gamma", "one two three four")).toBeUndefined();
	});

	test("of a very long line are one range around the change", () => {
		const noise = (seed: number) =>
			Array.from({ length: 9000 }, (_, at) => `w${(at * seed) % 7919}`).join(
				" ",
			);
		const same = noise(3);
		const marked = diffWords(
			`${same} ${noise(5)} ${same}`,
			`${same} ${noise(7)} ${same}`,
		);
		expect(marked?.original).toHaveLength(1);
		expect(marked?.modified).toHaveLength(1);
	});
});

describe("marks of the lines of a change", () => {
	test("are on both sides of a changed line", () => {
		const diff = runToEnd(diffLines('"limit": 30,\n', '"limit": 45,\n'));
		const marks = createLineMarks(diff);
		expect(marks.of("original", 0, 0)).toEqual([{ from: 9, to: 11 }]);
		expect(marks.of("modified", 0, 0)).toEqual([{ from: 9, to: 11 }]);
	});

	test("pair lines with the same key when one side has more lines", () => {
		const diff = runToEnd(
			diffLines('"limit": 30,\n', '"added": true,\n"limit": 45,\n'),
		);
		const marks = createLineMarks(diff);
		expect(marks.of("modified", 0, 0)).toBeUndefined();
		expect(marks.of("modified", 1, 0)).toEqual([{ from: 9, to: 11 }]);
	});

	test("are undefined for a line without a counterpart", () => {
		const diff = runToEnd(diffLines("a\n", "a\nb\n"));
		expect(createLineMarks(diff).of("modified", 1, 0)).toBeUndefined();
	});
});

function without(line: string, marks: readonly TextRange[]): string {
	let rest = "";
	let at = 0;
	for (const { from, to } of marks) {
		rest += line.slice(at, from);
		at = to;
	}
	return rest + line.slice(at);
}

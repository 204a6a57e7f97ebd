import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runToEnd } from "../../../../src/document/diff/text/cooperative-task.ts";
import {
	diffLines,
	type LineChange,
	type LineDiff,
} from "../../../../src/document/diff/text/line-diff.ts";
import {
	lineAt,
	linesBetween,
} from "../../../../src/document/diff/text/lines.ts";

const diff = (original: string, modified: string) =>
	runToEnd(diffLines(original, modified));

/** Few different lines, so that most of them occur more than once. */
const line = fc.constantFrom("a", "b", "c", "  a", "{", "}", "", "ä€😀", "a\r");
const textOf = (maxLength: number) =>
	fc
		.tuple(fc.array(line, { maxLength }), fc.boolean())
		.map(([lines, ends]) => lines.join("\n") + (ends ? "\n" : ""));
const text = textOf(60);
const short = textOf(18);

/** Two texts with a common origin. */
const edited = fc
	.tuple(
		fc.array(fc.nat(400), { minLength: 1, maxLength: 400 }),
		fc.array(fc.tuple(fc.nat(), fc.nat(60), fc.array(fc.nat(400)))),
	)
	.map(([numbers, edits]) => {
		const modified = [...numbers];
		for (const [at, count, inserted] of edits)
			modified.splice(at % (modified.length + 1), count % 40, ...inserted);
		const write = (list: readonly number[]) =>
			list.map((number) => `"key${number}": ${number},\n`).join("");
		return [write(numbers), write(modified)] as const;
	});

describe("a text diff", () => {
	test("rebuilds each text from the other one and the changes", () => {
		fc.assert(
			fc.property(text, text, (original, modified) => {
				expect(rebuild(diff(original, modified), "modified")).toBe(modified);
				expect(rebuild(diff(original, modified), "original")).toBe(original);
			}),
			{ numRuns: 3000 },
		);
	});

	test("rebuilds texts that were edited in many places", () => {
		fc.assert(
			fc.property(edited, ([original, modified]) => {
				const found = diff(original, modified);
				expect(rebuild(found, "modified")).toBe(modified);
				expect(rebuild(found, "original")).toBe(original);
				expect(isSeparated(found.changes)).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	test("is the shortest for small texts", () => {
		fc.assert(
			fc.property(short, short, (original, modified) => {
				const found = diff(original, modified);
				const kept = found.original.count - deletedLines(found);
				expect(kept).toBe(
					longestCommon(linesOf(found.original), linesOf(found.modified)),
				);
			}),
			{ numRuns: 1000 },
		);
	});

	test("of a few edits in a long text is close to the shortest", () => {
		const lines = fc.array(fc.nat(50), { minLength: 100, maxLength: 200 });
		const edits = fc.array(
			fc.tuple(fc.nat(), fc.nat(3), fc.array(fc.nat(50), { maxLength: 3 })),
			{ minLength: 1, maxLength: 4 },
		);
		const write = (list: readonly number[]) =>
			list.map((number) => `"key": ${number},\n`).join("");
		fc.assert(
			fc.property(lines, edits, (numbers, changes) => {
				const edited = [...numbers];
				for (const [at, count, inserted] of changes)
					edited.splice(at % edited.length, count, ...inserted);
				const found = diff(write(numbers), write(edited));
				expect(rebuild(found, "modified")).toBe(write(edited));
				const kept = found.original.count - deletedLines(found);
				const longest = longestCommon(
					linesOf(found.original),
					linesOf(found.modified),
				);
				// Twenty equal lines in a row are taken for unchanged, even where a longer match exists.
				expect(kept).toBeGreaterThanOrEqual(longest * 0.9);
			}),
			{ numRuns: 200 },
		);
	});

	test("of dense changes among lines of equal length is correct", () => {
		const write = (seed: number, share: number) =>
			Array.from({ length: 4000 }, (_, at) => {
				const mixed = Math.imul(at + seed, 0x9e3779b1) >>> 0;
				const isChanged = mixed % 100 < share;
				return `${(isChanged ? mixed : at) % 50}\n`.padStart(4, "0");
			}).join("");
		for (const share of [2, 8, 15, 40]) {
			const [original, modified] = [write(0, 0), write(9, share)];
			const found = diff(original, modified);
			expect(rebuild(found, "modified")).toBe(modified);
			expect(rebuild(found, "original")).toBe(original);
			expect(isSeparated(found.changes)).toBe(true);
		}
	});

	test("of a text with itself is empty", () => {
		fc.assert(
			fc.property(text, (same) => {
				expect(diff(same, same).changes).toEqual([]);
			}),
		);
	});

	test("reports one changed line as one change", () => {
		expect(diff("a\nb\nc\n", "a\nB\nc\n").changes).toEqual([
			{ originalStart: 1, originalEnd: 2, modifiedStart: 1, modifiedEnd: 2 },
		]);
	});

	test("reports a missing line feed at the end as a change of the last line", () => {
		expect(diff("a\nb\n", "a\nb").changes).toEqual([
			{ originalStart: 1, originalEnd: 2, modifiedStart: 1, modifiedEnd: 2 },
		]);
	});

	test("keeps an added block whole", () => {
		const element = (id: number) => `  {\n    "id": ${id}\n  },\n`;
		const original = `[\n${element(1)}${element(3)}]\n`;
		const modified = `[\n${element(1)}${element(2)}${element(3)}]\n`;
		const found = diff(original, modified);
		expect(found.changes).toHaveLength(1);
		const { modifiedStart, modifiedEnd } = found.changes[0] ?? expect.fail();
		expect(linesBetween(found.modified, modifiedStart, modifiedEnd)).toBe(
			element(2),
		);
	});

	test("is correct for texts that are too different for the shortest edit", () => {
		// No line occurs once, and the texts have little in common: the search is cut short.
		const write = (seed: number) =>
			Array.from({ length: 60_000 }, (_, at) => {
				const mixed = Math.imul(at + seed, 0x9e3779b1);
				return `${Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 26}\n`;
			}).join("");
		const [original, modified] = [write(1), write(2_000_003)];
		const found = diff(original, modified);
		expect(rebuild(found, "modified")).toBe(modified);
		expect(rebuild(found, "original")).toBe(original);
	});

	test("of long texts pauses on the way", () => {
		const write = (seed: number) =>
			Array.from({ length: 40_000 }, (_, at) => `${(at * seed) % 9973}\n`);
		const steps = diffLines(write(7).join(""), write(11).join(""));
		let pauses = 0;
		for (let step = steps.next(); !step.done; step = steps.next()) pauses += 1;
		expect(pauses).toBeGreaterThan(5);
	});

	test("pauses while it searches for equal lines", () => {
		const write = (word: string) => `${word}\n`.repeat(300);
		const steps = diffLines(write("old"), write("new"));
		let pauses = 0;
		for (let step = steps.next(); !step.done; step = steps.next()) pauses += 1;
		expect(pauses).toBeGreaterThan(10);
	});
});

function rebuild(
	{ original, modified, changes }: LineDiff,
	side: "original" | "modified",
): string {
	let text = "";
	let at = 0;
	const kept = side === "modified" ? original : modified;
	for (const {
		originalStart,
		originalEnd,
		modifiedStart,
		modifiedEnd,
	} of changes) {
		text += linesBetween(
			kept,
			at,
			side === "modified" ? originalStart : modifiedStart,
		);
		text +=
			side === "modified"
				? linesBetween(modified, modifiedStart, modifiedEnd)
				: linesBetween(original, originalStart, originalEnd);
		at = side === "modified" ? originalEnd : modifiedEnd;
	}
	return text + linesBetween(kept, at, kept.count);
}

function isSeparated(changes: readonly LineChange[]): boolean {
	return changes.every((change, index) => {
		const before = changes[index - 1];
		const isEmpty =
			change.originalStart === change.originalEnd &&
			change.modifiedStart === change.modifiedEnd;
		return !isEmpty && (!before || before.originalEnd < change.originalStart);
	});
}

function deletedLines({ changes }: LineDiff): number {
	return changes.reduce(
		(sum, { originalStart, originalEnd }) => sum + originalEnd - originalStart,
		0,
	);
}

function linesOf(lines: LineDiff["original"]): string[] {
	return Array.from({ length: lines.count }, (_, index) =>
		lineAt(lines, index),
	);
}

/** By the textbook's table. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
	let row = new Array<number>(b.length + 1).fill(0);
	for (const left of a) {
		const next = [0];
		for (const [index, right] of b.entries())
			next.push(
				left === right
					? (row[index] ?? 0) + 1
					: Math.max(row[index + 1] ?? 0, next[index] ?? 0),
			);
		row = next;
	}
	return row[b.length] ?? 0;
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runToEnd } from "../../../../src/document/diff/text/cooperative-task.ts";
import {
	createDiffRows,
	type DiffRow,
	type DiffRows,
} from "../../../../src/document/diff/text/diff-rows.ts";
import { diffLines } from "../../../../src/document/diff/text/line-diff.ts";

const text = fc
	.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 80 })
	.map((lines) => lines.map((line) => `${line}\n`).join(""));

const numbered = (count: number, changed: number) =>
	Array.from({ length: count }, (_, at) =>
		at === changed ? "changed\n" : `${at}\n`,
	).join("");

const options = { context: 3, expandedFolds: new Set<number>() };

describe("the rows of a comparison", () => {
	test.each(["unified", "split"] as const)(
		"%s: show or fold every line of both texts once and in order",
		(layout) => {
			fc.assert(
				fc.property(text, text, fc.nat(4), (original, modified, context) => {
					const diff = runToEnd(diffLines(original, modified));
					const rows = createDiffRows(diff, { ...options, layout, context });
					const seen = linesSeen(rows);
					expect(seen.original).toEqual(upTo(diff.original.count));
					expect(seen.modified).toEqual(upTo(diff.modified.count));
					expect(rows.changeRows).toHaveLength(diff.changes.length);
				}),
				{ numRuns: 500 },
			);
		},
	);

	test("fold unchanged lines and state their number", () => {
		const diff = runToEnd(diffLines(numbered(100, 50), numbered(100, 51)));
		const rows = createDiffRows(diff, { ...options, layout: "split" });
		expect(rows.at(0)).toEqual({ kind: "fold", fold: 0, lines: 47 });
		expect(rows.at(rows.count - 1)).toMatchObject({ kind: "fold", lines: 45 });
		expect(rows.changeRows).toEqual([4, 6]);
	});

	test("show the lines of an opened fold", () => {
		const diff = runToEnd(diffLines(numbered(100, 50), numbered(100, 51)));
		const expandedFolds = new Set([0]);
		const rows = createDiffRows(diff, {
			...options,
			expandedFolds,
			layout: "unified",
		});
		expect(rows.at(0)).toEqual({ kind: "equal", original: 0, modified: 0 });
	});

	test("are undefined outside of the range", () => {
		const rows = createDiffRows(runToEnd(diffLines("", "")), {
			...options,
			layout: "split",
		});
		expect(rows.count).toBe(0);
		expect(rows.at(0)).toBeUndefined();
	});
});

function linesSeen(rows: DiffRows): { original: number[]; modified: number[] } {
	const seen: { original: number[]; modified: number[] } = {
		original: [],
		modified: [],
	};
	for (let index = 0; index < rows.count; index += 1) {
		const row: DiffRow = rows.at(index) ?? expect.fail(`no row ${index}`);
		if (row.kind === "fold") {
			// A fold stands for as many lines on either side.
			for (let line = 0; line < row.lines; line += 1) {
				seen.original.push(seen.original.length);
				seen.modified.push(seen.modified.length);
			}
			continue;
		}
		if ("original" in row && row.original !== undefined)
			seen.original.push(row.original);
		if ("modified" in row && row.modified !== undefined)
			seen.modified.push(row.modified);
	}
	return seen;
}

function upTo(count: number): number[] {
	return Array.from({ length: count }, (_, index) => index);
}

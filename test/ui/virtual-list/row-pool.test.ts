// Elements that rows of a window share, one after the other.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	type PooledRows,
	reassignRows,
} from "../../../src/ui/virtual-list/row-pool.ts";

interface Stage {
	readonly lent: PooledRows<object>;
	/** What the page holds, in order. */
	readonly page: readonly object[];
}

const EMPTY: Stage = {
	lent: { range: { first: 0, end: 0 }, elements: [] },
	page: [],
};

/** As TreeRows does it with real elements. */
function move({ lent, page }: Stage, first: number, end: number): Stage {
	const next = reassignRows(lent, { first, end }, () => ({}));
	const left = page.filter((element) => !next.lifted.includes(element));
	const coming = next.behind.filter((element) => !left.includes(element));
	return { lent: next, page: [...next.before, ...left, ...coming] };
}

const ranges = fc.array(
	fc
		.tuple(fc.nat(60), fc.nat(20))
		.map(([first, length]) => ({ first, behind: first + length })),
	{ maxLength: 12 },
);

describe("recycled elements", () => {
	it("stand in the order of their rows, one a row, however the window moves", () => {
		fc.assert(
			fc.property(ranges, (moves) => {
				let stage = EMPTY;
				for (const { first, behind } of moves) {
					stage = move(stage, first, behind);
					expect(stage.lent.elements).toHaveLength(behind - first);
					expect(new Set(stage.page).size).toBe(stage.page.length);
					expect(stage.page).toEqual(stage.lent.elements);
					for (const [index, element] of stage.page.entries())
						expect(element).toBe(stage.lent.elements[index]);
				}
			}),
			{ numRuns: 500, seed: 5 },
		);
	});

	it("stay with the rows that stay", () => {
		const before = move(EMPTY, 10, 20);
		const after = move(before, 14, 26);
		expect(after.page.slice(0, 6)).toEqual(before.page.slice(4));
		for (const [index, element] of after.page.slice(0, 6).entries())
			expect(element).toBe(before.page[4 + index]);
	});

	it("are made only when there are not enough of them", () => {
		const before = move(EMPTY, 0, 10);
		const after = move(before, 500, 510);
		for (const [index, element] of after.page.entries())
			expect(element).toBe(before.page[index]);
	});
});

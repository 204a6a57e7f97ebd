// The rows that are in the page while the user scrolls.
import { describe, expect, it } from "vitest";
import {
	contentHeight,
	EMPTY_RANGE,
	nextRange,
	offsetOf,
	ROW_HEIGHT,
	type RowRange,
	topRow,
} from "../../../src/ui/virtual-list/virtual-range.ts";

const HEIGHT = 30 * ROW_HEIGHT;
const COUNT = 10_000;

function at(row: number) {
	return { top: row * ROW_HEIGHT, height: HEIGHT };
}

function scrolled(...rows: readonly number[]): RowRange {
	return rows.reduce<RowRange>(
		(range, row) => nextRange(range, COUNT, at(row)),
		EMPTY_RANGE,
	);
}

describe("rows in the page", () => {
	it("cover what is in sight wherever the user scrolls", () => {
		let range = EMPTY_RANGE;
		for (const row of [0, 3, 40, 39.5, 12, 9_990, 9_970, 0.4, 5_000, 5_017]) {
			range = nextRange(range, COUNT, at(row));
			expect(range.first).toBeLessThanOrEqual(Math.floor(row));
			expect(range.end).toBeGreaterThanOrEqual(
				Math.min(COUNT, Math.ceil(row + 30)),
			);
		}
	});

	it("stay the same ones while they cover what is in sight", () => {
		const range = scrolled(100, 105);
		expect(nextRange(range, COUNT, at(110))).toBe(range);
	});

	it("reach ahead where scrolling goes to, and hardly back", () => {
		const down = scrolled(100, 105);
		expect(down.end).toBeGreaterThan(105 + 30 + 20);
		expect(down.first).toBeGreaterThan(100);
		const up = scrolled(100, 95);
		expect(up.first).toBeLessThan(95 - 20);
		expect(up.end).toBeLessThan(130);
	});

	it("are few after a jump, which nothing tells the direction of", () => {
		const range = scrolled(0, 5_000);
		expect(range.end - range.first).toBeLessThanOrEqual(33);
	});

	it("are the last ones when rows went away below the user", () => {
		const range = nextRange(scrolled(5_000), 40, at(5_000));
		expect(range).toEqual({ first: 10, end: 40 });
	});

	it("are all of a short document, and none of an empty one", () => {
		expect(nextRange(EMPTY_RANGE, 3, at(0))).toEqual({ first: 0, end: 3 });
		expect(nextRange(scrolled(0), 0, at(0))).toEqual({ first: 0, end: 0 });
	});

	it("reach the last row of a document that is higher than an element may be", () => {
		const count = 4_000_000;
		const top = contentHeight(count) - HEIGHT;
		const sight = { top, height: HEIGHT };
		const range = nextRange(EMPTY_RANGE, count, sight);
		expect(range.end).toBe(count);
		expect(topRow(count, sight)).toBe(count - 30);
		const last = offsetOf(count - 1, count, sight) + ROW_HEIGHT;
		expect(last).toBeCloseTo(top + HEIGHT, 3);
	});
});

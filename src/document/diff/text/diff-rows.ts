// The rows of a text comparison, unified or side by side, with what is unchanged folded: found by number, never all written out.
import type { Change, LineDiff } from "./line-diff.ts";

export type DiffLayout = "unified" | "split";

/** Lines count from 0. A replaced row of a split view lacks a side where that side has fewer lines. */
export type DiffRow =
	| {
			readonly kind: "equal";
			readonly original: number;
			readonly modified: number;
	  }
	| {
			readonly kind: "deleted";
			readonly original: number;
			readonly change: number;
	  }
	| {
			readonly kind: "inserted";
			readonly modified: number;
			readonly change: number;
	  }
	| {
			readonly kind: "replaced";
			readonly original?: number;
			readonly modified?: number;
			readonly change: number;
	  }
	| {
			readonly kind: "fold";
			/** Names the fold: the old line that it begins with. */
			readonly fold: number;
			readonly lines: number;
	  };

export interface DiffRows {
	readonly count: number;
	/** The first row of every change. */
	readonly changeRows: readonly number[];
	at(row: number): DiffRow | undefined;
}

export interface DiffRowOptions {
	readonly layout: DiffLayout;
	/** Unchanged lines shown around a change. */
	readonly context: number;
	/** Folds that the reader opened. */
	readonly expandedFolds: ReadonlySet<number>;
}

/** A fold takes a row itself: fewer lines than this are shown. */
const MIN_FOLD = 3;

export function createDiffRows(
	diff: LineDiff,
	options: DiffRowOptions,
): DiffRows {
	const { changes } = diff;
	// Tens of thousands: what is in a row is found when it is asked for.
	const starts = new Int32Array(changes.length + 1);
	const changeRows: number[] = [];
	let count = 0;
	for (let index = 0; index <= changes.length; index += 1) {
		starts[index] = count;
		count += equalRowCount(equalRegionBefore(diff, options, index));
		const change = changes[index];
		if (!change) break;
		changeRows.push(count);
		count += changedRowCount(change, options.layout);
	}
	const at = (row: number) => {
		if (row < 0 || row >= count) return undefined;
		const index = lastUpTo(starts, row);
		const stretch = equalRegionBefore(diff, options, index);
		const offset = row - (starts[index] ?? 0);
		const length = equalRowCount(stretch);
		if (offset < length) return equalRow(stretch, offset);
		return changedRow([changes[index], index], options.layout, offset - length);
	};
	return { count, changeRows, at };
}

/** The equal lines before a change, or behind the last one. */
interface EqualRegion {
	readonly original: number;
	readonly modified: number;
	readonly lines: number;
	/** Of them, how many are folded, behind how many that are shown; 0 when none are. */
	readonly folded: number;
	readonly shownBefore: number;
}

function equalRegionBefore(
	diff: LineDiff,
	{ context, expandedFolds }: DiffRowOptions,
	index: number,
): EqualRegion {
	const before = diff.changes[index - 1];
	const after = diff.changes[index];
	const original = before?.originalEnd ?? 0;
	const lines = (after?.originalStart ?? diff.original.count) - original;
	const shownBefore = before ? context : 0;
	const hidden = lines - shownBefore - (after ? context : 0);
	const isShown =
		hidden < MIN_FOLD || expandedFolds.has(original + shownBefore);
	const folded = isShown ? 0 : hidden;
	return {
		original,
		modified: before?.modifiedEnd ?? 0,
		lines,
		folded,
		shownBefore,
	};
}

/** In rows. */
function equalRowCount({ lines, folded }: EqualRegion): number {
	return folded === 0 ? lines : lines - folded + 1;
}

function equalRow(stretch: EqualRegion, offset: number): DiffRow {
	const { folded, shownBefore } = stretch;
	if (folded > 0 && offset === shownBefore)
		return {
			kind: "fold",
			fold: stretch.original + shownBefore,
			lines: folded,
		};
	const line =
		folded > 0 && offset > shownBefore ? offset + folded - 1 : offset;
	return {
		kind: "equal",
		original: stretch.original + line,
		modified: stretch.modified + line,
	};
}

function changedRowCount(change: Change, layout: DiffLayout): number {
	const deleted = change.originalEnd - change.originalStart;
	const inserted = change.modifiedEnd - change.modifiedStart;
	return layout === "split" ? Math.max(deleted, inserted) : deleted + inserted;
}

function changedRow(
	[change, index]: readonly [Change | undefined, number],
	layout: DiffLayout,
	offset: number,
): DiffRow | undefined {
	if (!change) return undefined;
	const { originalStart, modifiedStart } = change;
	const deleted = change.originalEnd - originalStart;
	const inserted = change.modifiedEnd - modifiedStart;
	if (layout === "split")
		return {
			kind: "replaced",
			...(offset < deleted ? { original: originalStart + offset } : {}),
			...(offset < inserted ? { modified: modifiedStart + offset } : {}),
			change: index,
		};
	return offset < deleted
		? { kind: "deleted", original: originalStart + offset, change: index }
		: {
				kind: "inserted",
				modified: modifiedStart + offset - deleted,
				change: index,
			};
}

/** The last position whose value is not above. */
function lastUpTo(values: Int32Array, value: number): number {
	let low = 0;
	let high = values.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if ((values[middle] ?? 0) <= value) low = middle;
		else high = middle - 1;
	}
	return low;
}

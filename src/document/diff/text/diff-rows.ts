import type { LineChange, LineDiff } from "./line-diff.ts";

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
			/** Index in `LineDiff.changes`, as below. */
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
			/** Unchanged lines that are not shown. */
			readonly kind: "fold";
			/** Identifies the fold: its first original line. */
			readonly fold: number;
			readonly lines: number;
	  };

export interface DiffRows {
	readonly count: number;
	/** The first row of each change. */
	readonly changeRows: readonly number[];
	at(row: number): DiffRow | undefined;
}

export interface DiffRowOptions {
	readonly layout: DiffLayout;
	/** Unchanged lines shown around a change. */
	readonly context: number;
	/** Folds that the user opened. */
	readonly expandedFolds: ReadonlySet<number>;
}

/** A fold takes a row itself, so fewer lines than this are not folded. */
const MIN_FOLDED_LINES = 3;

/** The rows of a line diff. A row is computed when it is read, because there may be tens of thousands. */
export function createDiffRows(
	diff: LineDiff,
	options: DiffRowOptions,
): DiffRows {
	const { changes } = diff;
	const { layout } = options;
	/** By change: the first row of the equal lines before it. */
	const starts = new Int32Array(changes.length + 1);
	const changeRows: number[] = [];
	let count = 0;
	for (let index = 0; index <= changes.length; index += 1) {
		starts[index] = count;
		count += equalRowCount(equalRegionBefore(diff, options, index));
		const change = changes[index];
		if (!change) break;
		changeRows.push(count);
		count += changedRowCount(change, layout);
	}
	return {
		count,
		changeRows,
		at(row) {
			if (row < 0 || row >= count) return undefined;
			const index = lastAtMost(starts, row);
			const region = equalRegionBefore(diff, options, index);
			const offset = row - (starts[index] ?? 0);
			const length = equalRowCount(region);
			if (offset < length) return equalRow(region, offset);
			const change = changes[index];
			return change && changedRow(change, index, layout, offset - length);
		},
	};
}

/** The equal lines before a change, or after the last one. */
interface EqualRegion {
	readonly original: number;
	readonly modified: number;
	readonly lines: number;
	/** 0 when none are folded. */
	readonly foldedLines: number;
	/** Lines shown before the fold. */
	readonly linesBeforeFold: number;
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
	const linesBeforeFold = before ? context : 0;
	const hidden = lines - linesBeforeFold - (after ? context : 0);
	const isExpanded =
		hidden < MIN_FOLDED_LINES || expandedFolds.has(original + linesBeforeFold);
	return {
		original,
		modified: before?.modifiedEnd ?? 0,
		lines,
		foldedLines: isExpanded ? 0 : hidden,
		linesBeforeFold,
	};
}

function equalRowCount({ lines, foldedLines }: EqualRegion): number {
	return foldedLines === 0 ? lines : lines - foldedLines + 1;
}

function equalRow(region: EqualRegion, offset: number): DiffRow {
	const { original, modified, foldedLines, linesBeforeFold } = region;
	if (foldedLines > 0 && offset === linesBeforeFold)
		return {
			kind: "fold",
			fold: original + linesBeforeFold,
			lines: foldedLines,
		};
	const isAfterFold = foldedLines > 0 && offset > linesBeforeFold;
	const line = isAfterFold ? offset + foldedLines - 1 : offset;
	return {
		kind: "equal",
		original: original + line,
		modified: modified + line,
	};
}

function changedRowCount(change: LineChange, layout: DiffLayout): number {
	const deleted = change.originalEnd - change.originalStart;
	const inserted = change.modifiedEnd - change.modifiedStart;
	return layout === "split" ? Math.max(deleted, inserted) : deleted + inserted;
}

function changedRow(
	change: LineChange,
	index: number,
	layout: DiffLayout,
	offset: number,
): DiffRow {
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

/** The last index whose value is at most `limit`. */
function lastAtMost(values: Int32Array, limit: number): number {
	let low = 0;
	let high = values.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if ((values[middle] ?? 0) <= limit) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** The index of the change that a line (counted from 0) belongs to; `undefined` when the line did not change. */
export function changeIndexAtLine(
	changes: readonly LineChange[],
	side: "original" | "modified",
	line: number,
): number | undefined {
	const start = side === "original" ? "originalStart" : "modifiedStart";
	const end = side === "original" ? "originalEnd" : "modifiedEnd";
	let low = 0;
	let high = changes.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((changes[middle]?.[end] ?? 0) <= line) low = middle + 1;
		else high = middle;
	}
	const change = changes[low];
	return change && change[start] <= line ? low : undefined;
}

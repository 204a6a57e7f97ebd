// The rows of a text comparison, unified or side by side, with what is unchanged folded: found by number, never all written out.
import type { Change, LineDiff } from "./line-diff.ts";

export type Layout = "unified" | "split";

/** Lines count from 0. A replaced row of a split view lacks a side where that side has fewer lines. */
export type Row =
	| { readonly kind: "equal"; readonly old: number; readonly new: number }
	| { readonly kind: "deleted"; readonly old: number; readonly change: number }
	| { readonly kind: "inserted"; readonly new: number; readonly change: number }
	| {
			readonly kind: "replaced";
			readonly old?: number;
			readonly new?: number;
			readonly change: number;
	  }
	| {
			readonly kind: "fold";
			/** Names the fold: the old line that it begins with. */
			readonly fold: number;
			readonly lines: number;
	  };

export interface Rows {
	readonly count: number;
	/** The first row of every change. */
	readonly changeRows: readonly number[];
	at(row: number): Row | undefined;
}

export interface RowOptions {
	readonly layout: Layout;
	/** Unchanged lines shown around a change. */
	readonly context: number;
	/** Folds that the reader opened. */
	readonly opened: ReadonlySet<number>;
}

interface Segment {
	readonly start: number;
	readonly count: number;
	row(offset: number): Row;
}

/** A fold takes a row itself: fewer lines than this are shown. */
const MIN_FOLD = 3;

export function toRows(diff: LineDiff, options: RowOptions): Rows {
	const segments: Segment[] = [];
	const changeRows: number[] = [];
	let count = 0;
	const add = (length: number, row: Segment["row"]) => {
		if (length === 0) return;
		segments.push({ start: count, count: length, row });
		count += length;
	};
	let [old, fresh] = [0, 0];
	for (const [index, change] of diff.changes.entries()) {
		addEqual(add, options, {
			old,
			new: fresh,
			length: change.oldStart - old,
			before: index > 0,
			after: true,
		});
		changeRows.push(count);
		addChange(add, options.layout, [change, index]);
		[old, fresh] = [change.oldEnd, change.newEnd];
	}
	addEqual(add, options, {
		old,
		new: fresh,
		length: diff.old.count - old,
		before: diff.changes.length > 0,
		after: false,
	});
	return { count, changeRows, at: (row) => rowAt(segments, row) };
}

type Add = (length: number, row: Segment["row"]) => void;

interface Equal {
	readonly old: number;
	readonly new: number;
	readonly length: number;
	/** Whether there is a change on that side, to be given context. */
	readonly before: boolean;
	readonly after: boolean;
}

function addEqual(add: Add, options: RowOptions, equal: Equal): void {
	const head = equal.before ? options.context : 0;
	const tail = equal.after ? options.context : 0;
	const hidden = equal.length - head - tail;
	const fold = equal.old + head;
	const plain = (from: number) => (offset: number) =>
		({
			kind: "equal",
			old: equal.old + from + offset,
			new: equal.new + from + offset,
		}) as const;
	if (hidden < MIN_FOLD || options.opened.has(fold)) {
		add(equal.length, plain(0));
		return;
	}
	add(head, plain(0));
	add(1, () => ({ kind: "fold", fold, lines: hidden }));
	add(tail, plain(head + hidden));
}

function addChange(
	add: Add,
	layout: Layout,
	[change, index]: readonly [Change, number],
): void {
	const { oldStart, newStart } = change;
	const deleted = change.oldEnd - oldStart;
	const inserted = change.newEnd - newStart;
	if (layout === "unified") {
		add(deleted, (offset) => ({
			kind: "deleted",
			old: oldStart + offset,
			change: index,
		}));
		add(inserted, (offset) => ({
			kind: "inserted",
			new: newStart + offset,
			change: index,
		}));
		return;
	}
	add(Math.max(deleted, inserted), (offset) => ({
		kind: "replaced",
		...(offset < deleted ? { old: oldStart + offset } : {}),
		...(offset < inserted ? { new: newStart + offset } : {}),
		change: index,
	}));
}

function rowAt(segments: readonly Segment[], row: number): Row | undefined {
	let low = 0;
	let high = segments.length - 1;
	while (low <= high) {
		const middle = (low + high) >>> 1;
		const segment = segments[middle];
		if (!segment) return undefined;
		if (row < segment.start) high = middle - 1;
		else if (row >= segment.start + segment.count) low = middle + 1;
		else return segment.row(row - segment.start);
	}
	return undefined;
}

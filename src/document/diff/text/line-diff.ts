// Which lines of two texts changed: exact (what is not told as changed is equal, in order) and near the shortest, in time near linear.

import type { CooperativeTask } from "../cooperative-task.ts";
import { slide } from "./align-hunks.ts";
import type { Shared, Texts } from "./common-prefix.ts";
import { resync } from "./fast-path.ts";
import { intern } from "./line-ids.ts";
import {
	countLines,
	type LineStart,
	type Lines,
	toLinesKnown,
} from "./lines.ts";
import { compareNumbers, type Marks } from "./patience.ts";

/** Lines that are replaced: ends exclusive, either side may be empty, never both. */
export interface Change {
	readonly oldStart: number;
	readonly oldEnd: number;
	readonly newStart: number;
	readonly newEnd: number;
}

export interface LineDiff {
	readonly old: Lines;
	readonly new: Lines;
	/** In order, at least one equal line between any two. */
	readonly changes: readonly Change[];
}

/** Lines that are equal, by index. */
interface Equal {
	readonly old: number;
	readonly new: number;
	readonly count: number;
}

type Sides = readonly [old: Lines, fresh: Lines];

export function* diffLines(
	oldText: string,
	newText: string,
): CooperativeTask<LineDiff> {
	const texts = { old: oldText, new: newText };
	const { shared, lost } = yield* resync(texts);
	const { sides, known } = toSides(texts, shared);
	yield;
	const found = lost ? yield* compareGap(sides, known) : [];
	// What was lost lies before the common tail, which is the last of the known.
	const equal = [...known.slice(0, -1), ...found, ...known.slice(-1)];
	const changes = changesBetween(sides, equal);
	yield;
	const [old, fresh] = sides;
	return { old, new: fresh, changes: slide({ old, new: fresh }, changes) };
}

/** What is shared is counted once for both. */
function toSides(
	texts: Texts,
	shared: readonly Shared[],
): { readonly sides: Sides; readonly known: readonly Equal[] } {
	const known: Equal[] = [];
	const starts = { old: [] as LineStart[], new: [] as LineStart[] };
	let [p, q, old, fresh] = [0, 0, 0, 0];
	for (const { oldStart, newStart, length } of shared) {
		old += countLines(texts.old, p, oldStart);
		fresh += countLines(texts.new, q, newStart);
		const count = countLines(texts.old, oldStart, oldStart + length);
		known.push({ old, new: fresh, count });
		starts.old.push({ line: old, offset: oldStart });
		starts.new.push({ line: fresh, offset: newStart });
		[p, q] = [oldStart + length, newStart + length];
		old += count;
		fresh += count;
		starts.old.push({ line: old, offset: p });
		starts.new.push({ line: fresh, offset: q });
	}
	const left = toLinesKnown(texts.old, old, starts.old);
	return { sides: [left, toLinesKnown(texts.new, fresh, starts.new)], known };
}

/** Between the last two regions that are known, or before the only one. */
function* compareGap(
	[old, fresh]: Sides,
	known: readonly Equal[],
): CooperativeTask<Equal[]> {
	const before = known.at(-2) ?? NOTHING;
	const behind = known.at(-1) ?? NOTHING;
	const left = { from: before.old + before.count, to: behind.old };
	const right = { from: before.new + before.count, to: behind.new };
	const interned = yield* intern(
		{ lines: old, range: left },
		{ lines: fresh, range: right },
	);
	const marks = yield* compareNumbers(interned);
	yield;
	return toEquals(marks, [left.from, right.from]);
}

const NOTHING: Equal = { old: 0, new: 0, count: 0 };

function toEquals(
	marks: Marks,
	[oldFirst, newFirst]: readonly [number, number],
): Equal[] {
	const equals: Equal[] = [];
	let i = 0;
	let j = 0;
	for (;;) {
		while (marks.old[i] === 1) i += 1;
		while (marks.new[j] === 1) j += 1;
		const [oldStart, newStart] = [i, j];
		while (marks.old[i] === 0 && marks.new[j] === 0) {
			i += 1;
			j += 1;
		}
		if (i === oldStart) return equals;
		equals.push({
			old: oldFirst + oldStart,
			new: newFirst + newStart,
			count: i - oldStart,
		});
	}
}

/** Everything that is not equal. */
function changesBetween(
	[old, fresh]: Sides,
	equals: readonly Equal[],
): Change[] {
	const changes: Change[] = [];
	let oldStart = 0;
	let newStart = 0;
	const end: Equal = { old: old.count, new: fresh.count, count: 0 };
	for (const equal of [...equals, end]) {
		if (equal.old > oldStart || equal.new > newStart) {
			const oldEnd = equal.old;
			const newEnd = equal.new;
			// Regions may meet on both sides; a region of no lines is none.
			if (equal.count > 0 || equal === end)
				changes.push({ oldStart, oldEnd, newStart, newEnd });
			else continue;
		}
		oldStart = equal.old + equal.count;
		newStart = equal.new + equal.count;
	}
	return changes;
}

// Which lines of two texts changed: exact (what is not told as changed is equal, in order) and near the shortest, in time near linear.
import { compareNumbers, type Marks } from "./gap.ts";
import { intern } from "./intern.ts";
import {
	type Lines,
	lineIndexAt,
	type Shared,
	toLines,
	toLinesAlong,
} from "./lines.ts";
import { type Gap, resync } from "./resync.ts";
import { slide } from "./slide.ts";
import type { Steps } from "./steps.ts";

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

export function* diffLines(oldText: string, newText: string): Steps<LineDiff> {
	const { shared, lost } = yield* resync({ old: oldText, new: newText });
	const old = toLines(oldText);
	yield;
	const fresh = toLinesAlong(newText, old, shared);
	yield;
	const sides: Sides = [old, fresh];
	const known = shared.map((region) => toEqual(sides, region));
	const found = lost ? yield* compareGap(sides, lost) : [];
	// What was lost lies before the common tail, which is the last of the known.
	const equal = lost
		? [...known.slice(0, -1), ...found, ...known.slice(-1)]
		: known;
	const changes = changesBetween(sides, equal);
	yield;
	return { old, new: fresh, changes: slide({ old, new: fresh }, changes) };
}

function toEqual([old, fresh]: Sides, region: Shared): Equal {
	const start = lineIndexAt(old, region.oldStart);
	return {
		old: start,
		new: lineIndexAt(fresh, region.newStart),
		count: lineIndexAt(old, region.oldStart + region.length) - start,
	};
}

function* compareGap([old, fresh]: Sides, gap: Gap): Steps<Equal[]> {
	const range = (lines: Lines, start: number, end: number) => ({
		lines,
		range: { from: lineIndexAt(lines, start), to: lineIndexAt(lines, end) },
	});
	const left = range(old, gap.oldStart, gap.oldEnd);
	const right = range(fresh, gap.newStart, gap.newEnd);
	const interned = yield* intern(left, right);
	const marks = yield* compareNumbers(interned);
	yield;
	return toEquals(marks, [left.range.from, right.range.from]);
}

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

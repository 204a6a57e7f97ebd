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
	readonly originalStart: number;
	readonly originalEnd: number;
	readonly modifiedStart: number;
	readonly modifiedEnd: number;
}

export interface LineDiff {
	readonly original: Lines;
	readonly modified: Lines;
	/** In order, at least one equal line between any two. */
	readonly changes: readonly Change[];
}

/** Lines that are equal, by index. */
interface Equal {
	readonly original: number;
	readonly modified: number;
	readonly count: number;
}

type Sides = readonly [original: Lines, modified: Lines];

export function* diffLines(
	originalText: string,
	modifiedText: string,
): CooperativeTask<LineDiff> {
	const texts = { original: originalText, modified: modifiedText };
	const { shared, lost } = yield* resync(texts);
	const { sides, known } = toSides(texts, shared);
	yield;
	const found = lost ? yield* compareGap(sides, known) : [];
	// What was lost lies before the common tail, which is the last of the known.
	const equal = [...known.slice(0, -1), ...found, ...known.slice(-1)];
	const changes = changesBetween(sides, equal);
	yield;
	const [original, modified] = sides;
	return {
		original,
		modified,
		changes: slide({ original, modified }, changes),
	};
}

/** What is shared is counted once for both. */
function toSides(
	texts: Texts,
	shared: readonly Shared[],
): { readonly sides: Sides; readonly known: readonly Equal[] } {
	const known: Equal[] = [];
	const starts = { original: [] as LineStart[], modified: [] as LineStart[] };
	let [p, q, original, modified] = [0, 0, 0, 0];
	for (const { originalStart, modifiedStart, length } of shared) {
		original += countLines(texts.original, p, originalStart);
		modified += countLines(texts.modified, q, modifiedStart);
		const count = countLines(
			texts.original,
			originalStart,
			originalStart + length,
		);
		known.push({ original, modified, count });
		starts.original.push({ line: original, offset: originalStart });
		starts.modified.push({ line: modified, offset: modifiedStart });
		[p, q] = [originalStart + length, modifiedStart + length];
		original += count;
		modified += count;
		starts.original.push({ line: original, offset: p });
		starts.modified.push({ line: modified, offset: q });
	}
	const left = toLinesKnown(texts.original, original, starts.original);
	return {
		sides: [left, toLinesKnown(texts.modified, modified, starts.modified)],
		known,
	};
}

/** Between the last two regions that are known, or before the only one. */
function* compareGap(
	[original, modified]: Sides,
	known: readonly Equal[],
): CooperativeTask<Equal[]> {
	const before = known.at(-2) ?? NOTHING;
	const behind = known.at(-1) ?? NOTHING;
	const left = { from: before.original + before.count, to: behind.original };
	const right = { from: before.modified + before.count, to: behind.modified };
	const interned = yield* intern(
		{ lines: original, range: left },
		{ lines: modified, range: right },
	);
	const marks = yield* compareNumbers(interned);
	yield;
	return toEquals(marks, [left.from, right.from]);
}

const NOTHING: Equal = { original: 0, modified: 0, count: 0 };

function toEquals(
	marks: Marks,
	[originalFirst, modifiedFirst]: readonly [number, number],
): Equal[] {
	const equals: Equal[] = [];
	let i = 0;
	let j = 0;
	for (;;) {
		while (marks.original[i] === 1) i += 1;
		while (marks.modified[j] === 1) j += 1;
		const [originalStart, modifiedStart] = [i, j];
		while (marks.original[i] === 0 && marks.modified[j] === 0) {
			i += 1;
			j += 1;
		}
		if (i === originalStart) return equals;
		equals.push({
			original: originalFirst + originalStart,
			modified: modifiedFirst + modifiedStart,
			count: i - originalStart,
		});
	}
}

/** Everything that is not equal. */
function changesBetween(
	[original, modified]: Sides,
	equals: readonly Equal[],
): Change[] {
	const changes: Change[] = [];
	let originalStart = 0;
	let modifiedStart = 0;
	const end: Equal = {
		original: original.count,
		modified: modified.count,
		count: 0,
	};
	for (const equal of [...equals, end]) {
		if (equal.original > originalStart || equal.modified > modifiedStart) {
			const originalEnd = equal.original;
			const modifiedEnd = equal.modified;
			// Regions may meet on both sides; a region of no lines is none.
			if (equal.count > 0 || equal === end)
				changes.push({
					originalStart,
					originalEnd,
					modifiedStart,
					modifiedEnd,
				});
			else continue;
		}
		originalStart = equal.original + equal.count;
		modifiedStart = equal.modified + equal.count;
	}
	return changes;
}

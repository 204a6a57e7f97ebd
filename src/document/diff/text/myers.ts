// Myers' O(ND) difference algorithm in linear space: http://www.xmailserver.org/diff2.pdf, section 4b.

import type { CooperativeTask } from "./cooperative-task.ts";

/** Elements as numbers: equal elements have equal numbers. */
export interface Sequences {
	readonly original: Int32Array;
	readonly modified: Int32Array;
}

/** A part of both sequences, ends exclusive. */
export interface Region {
	readonly originalStart: number;
	readonly originalEnd: number;
	readonly modifiedStart: number;
	readonly modifiedEnd: number;
}

/** Shared by all searches of one comparison. */
export interface SearchState {
	/** Diagonals explored so far. Bounds the time of the worst comparisons to about a second. */
	explored: number;
	/** Reused: allocating rows for thousands of small searches takes longer than the searches. */
	forward: Int32Array;
	backward: Int32Array;
}

export function createSearchState(): SearchState {
	return {
		explored: 0,
		forward: new Int32Array(256),
		backward: new Int32Array(256),
	};
}

/** Called with ranges (end exclusive) that have no partner on the other side. */
export interface EditListener {
	onDelete(from: number, to: number): void;
	onInsert(from: number, to: number): void;
}

/** Regions with more elements than this pause the task when they are split. */
const PAUSE_ABOVE = 256;

/** Reports the shortest edit; a valid but longer one when it would take too long. */
export function* shortestEdit(
	sequences: Sequences,
	listener: EditListener,
	state: SearchState = createSearchState(),
): CooperativeTask<void> {
	const { original, modified } = sequences;
	const size = original.length + modified.length + 3;
	if (state.forward.length < size) {
		state.forward = new Int32Array(size * 2);
		state.backward = new Int32Array(size * 2);
	}
	const regions = [wholeOf(sequences)];
	for (let region = regions.pop(); region; region = regions.pop()) {
		const rest = trimEqualEnds(sequences, region);
		const { originalStart, originalEnd, modifiedStart, modifiedEnd } = rest;
		const isOneSided =
			originalStart === originalEnd || modifiedStart === modifiedEnd;
		const split = isOneSided ? undefined : findSplit(sequences, rest, state);
		if (!split) {
			listener.onDelete(originalStart, originalEnd);
			listener.onInsert(modifiedStart, modifiedEnd);
			continue;
		}
		const [i, j] = split;
		regions.push(
			{ originalStart: i, originalEnd, modifiedStart: j, modifiedEnd },
			{ originalStart, originalEnd: i, modifiedStart, modifiedEnd: j },
		);
		if (originalEnd - originalStart > PAUSE_ABOVE) yield;
	}
}

export function wholeOf({ original, modified }: Sequences): Region {
	return {
		originalStart: 0,
		originalEnd: original.length,
		modifiedStart: 0,
		modifiedEnd: modified.length,
	};
}

export function trimEqualEnds(sequences: Sequences, region: Region): Region {
	let { originalStart, originalEnd, modifiedStart, modifiedEnd } = region;
	const { original, modified } = sequences;
	while (
		originalStart < originalEnd &&
		modifiedStart < modifiedEnd &&
		original[originalStart] === modified[modifiedStart]
	) {
		originalStart += 1;
		modifiedStart += 1;
	}
	while (
		originalStart < originalEnd &&
		modifiedStart < modifiedEnd &&
		original[originalEnd - 1] === modified[modifiedEnd - 1]
	) {
		originalEnd -= 1;
		modifiedEnd -= 1;
	}
	return { originalStart, originalEnd, modifiedStart, modifiedEnd };
}

type Split = readonly [original: number, modified: number];

/** The diagonals (original − modified) that were reached from one end. */
interface Front {
	/** The furthest original position by diagonal; diagonal 0 is at `middle`. */
	readonly row: Int32Array;
	readonly middle: number;
	/** What is written beside the outermost diagonals: worse than any position. */
	readonly border: number;
	low: number;
	high: number;
}

const BEYOND = 0x3fffffff;

/** Edits explored from either end before the best split so far is taken. */
function maxEdits(explored: number): number {
	if (explored < 6e6) return 256;
	if (explored < 12e6) return 64;
	return explored < 18e6 ? 24 : 8;
}

/**
 * Where a shortest edit passes through a region (the middle snake): searched from both ends until the searches meet.
 * The first and the last elements of the region differ. `undefined` when splitting gains nothing.
 */
function findSplit(
	sequences: Sequences,
	region: Region,
	state: SearchState,
): Split | undefined {
	const start = region.originalStart - region.modifiedStart;
	const end = region.originalEnd - region.modifiedEnd;
	const middle = sequences.modified.length + 1;
	const forward: Front = {
		row: state.forward,
		middle,
		border: -1,
		low: start,
		high: start,
	};
	const backward: Front = {
		row: state.backward,
		middle,
		border: BEYOND,
		low: end,
		high: end,
	};
	forward.row[middle + start] = region.originalStart;
	backward.row[middle + end] = region.originalEnd;
	const isOdd = ((start - end) & 1) !== 0;
	const limit = maxEdits(state.explored);
	for (let edits = 1; edits <= limit; edits += 1) {
		state.explored += edits;
		widen(region, forward);
		const met = goForward(
			sequences,
			region,
			forward,
			isOdd ? backward : undefined,
		);
		if (met) return met;
		widen(region, backward);
		const metBackward = goBackward(
			sequences,
			region,
			backward,
			isOdd ? undefined : forward,
		);
		if (metBackward) return metBackward;
	}
	return furthestSplit(region, forward, backward);
}

/** Adds a diagonal on either side, or removes one where the region ends. */
function widen(region: Region, front: Front): void {
	const { row, middle, border } = front;
	if (front.low > region.originalStart - region.modifiedEnd) {
		front.low -= 1;
		row[middle + front.low - 1] = border;
	} else front.low += 1;
	if (front.high < region.originalEnd - region.modifiedStart) {
		front.high += 1;
		row[middle + front.high + 1] = border;
	} else front.high -= 1;
}

/** One more edit from the start; the place where it meets `other`. */
function goForward(
	{ original, modified }: Sequences,
	{ originalEnd, modifiedEnd }: Region,
	{ row, middle, low, high }: Front,
	other: Front | undefined,
): Split | undefined {
	for (let diagonal = high; diagonal >= low; diagonal -= 2) {
		const deleted = (row[middle + diagonal - 1] ?? 0) + 1;
		const inserted = row[middle + diagonal + 1] ?? 0;
		let at = Math.max(deleted, inserted);
		while (
			at < originalEnd &&
			at - diagonal < modifiedEnd &&
			original[at] === modified[at - diagonal]
		)
			at += 1;
		row[middle + diagonal] = at;
		if (!other || diagonal < other.low || diagonal > other.high) continue;
		if ((other.row[middle + diagonal] ?? 0) <= at) return [at, at - diagonal];
	}
	return undefined;
}

/** One more edit from the end; the place where it meets `other`. */
function goBackward(
	{ original, modified }: Sequences,
	{ originalStart, modifiedStart }: Region,
	{ row, middle, low, high }: Front,
	other: Front | undefined,
): Split | undefined {
	for (let diagonal = high; diagonal >= low; diagonal -= 2) {
		const inserted = row[middle + diagonal - 1] ?? 0;
		const deleted = (row[middle + diagonal + 1] ?? 0) - 1;
		let at = Math.min(inserted, deleted);
		while (
			at > originalStart &&
			at - diagonal > modifiedStart &&
			original[at - 1] === modified[at - diagonal - 1]
		)
			at -= 1;
		row[middle + diagonal] = at;
		if (!other || diagonal < other.low || diagonal > other.high) continue;
		if (at <= (other.row[middle + diagonal] ?? 0)) return [at, at - diagonal];
	}
	return undefined;
}

/** The limit was reached: splits where the search that came furthest stands. */
function furthestSplit(
	region: Region,
	forward: Front,
	backward: Front,
): Split | undefined {
	const { originalStart, originalEnd, modifiedStart, modifiedEnd } = region;
	let best: Split = [originalStart, modifiedStart];
	let gain = 0;
	for (let d = forward.low; d <= forward.high; d += 2) {
		const at = forward.row[forward.middle + d] ?? 0;
		const i = Math.min(at, originalEnd, modifiedEnd + d);
		const gained = i + i - d - originalStart - modifiedStart;
		if (gained > gain) [gain, best] = [gained, [i, i - d]];
	}
	for (let d = backward.low; d <= backward.high; d += 2) {
		const at = backward.row[backward.middle + d] ?? 0;
		const i = Math.max(at, originalStart, modifiedStart + d);
		const gained = originalEnd + modifiedEnd - i - i + d;
		if (gained > gain) [gain, best] = [gained, [i, i - d]];
	}
	const [i, j] = best;
	const isCorner =
		(i === originalStart && j === modifiedStart) ||
		(i === originalEnd && j === modifiedEnd);
	return isCorner ? undefined : best;
}

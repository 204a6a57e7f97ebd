// Where a short edit between two sequences passes: searched from both ends at once until the searches meet (Myers, http://www.xmailserver.org/diff2.pdf, §4b).
import type { Box, Sequences } from "./myers.ts";

export interface Search extends Sequences {
	/** Furthest old position by diagonal, from the start and from the end. */
	readonly ahead: Int32Array;
	readonly behind: Int32Array;
	/** Diagonals (old − new) may be negative: the index of diagonal 0. */
	readonly middle: number;
	readonly effort: Effort;
}

/** Shared by all searches of a comparison, so that the worst of texts costs no more than a second. */
export interface Effort {
	/** Diagonals looked at so far. */
	spent: number;
}

/** Edits explored from either end before the best place so far is taken: fewer and fewer, which keeps the whole linear. */
function maxCost({ spent }: Effort): number {
	if (spent < 6e6) return 256;
	if (spent < 12e6) return 64;
	return spent < 18e6 ? 24 : 8;
}

const BEYOND = 0x3fffffff;

/** The diagonals explored from one end so far. */
interface Front {
	low: number;
	high: number;
}

type Place = readonly [original: number, modified: number];

/** Lent to one search after the other: to make it anew for thousands of small ones costs more than they do. */
export interface Room {
	ahead: Int32Array;
	behind: Int32Array;
}

export function createRoom(): Room {
	return { ahead: new Int32Array(256), behind: new Int32Array(256) };
}

/** What other searches left in the room is written over before it is read. */
export function toSearch(
	sequences: Sequences,
	effort: Effort,
	room: Room,
): Search {
	const size = sequences.original.length + sequences.modified.length + 3;
	if (room.ahead.length < size) {
		room.ahead = new Int32Array(size * 2);
		room.behind = new Int32Array(size * 2);
	}
	return {
		original: sequences.original,
		modified: sequences.modified,
		ahead: room.ahead,
		behind: room.behind,
		middle: sequences.modified.length + 1,
		effort,
	};
}

/** For a box whose first and whose last elements differ; `undefined` when nothing is gained by splitting it. */
export function split(search: Search, box: Box): Place | undefined {
	const start = box.originalStart - box.modifiedStart;
	const end = box.originalEnd - box.modifiedEnd;
	const ahead: Front = { low: start, high: start };
	const behind: Front = { low: end, high: end };
	const isOdd = ((start - end) & 1) !== 0;
	search.ahead[search.middle + start] = box.originalStart;
	search.behind[search.middle + end] = box.originalEnd;
	const limit = maxCost(search.effort);
	for (let cost = 1; cost <= limit; cost += 1) {
		search.effort.spent += cost;
		widen(box, ahead, [search.ahead, search.middle, -1]);
		const met = advance(search, box, [ahead, isOdd ? behind : NOWHERE]);
		if (met) return met;
		widen(box, behind, [search.behind, search.middle, BEYOND]);
		const back = retreat(search, box, [behind, isOdd ? NOWHERE : ahead]);
		if (back) return back;
	}
	return furthest(search, box, [ahead, behind]);
}

const NOWHERE: Front = { low: BEYOND, high: -BEYOND };

/** One more diagonal on either side, or one less where the box ends. */
function widen(
	box: Box,
	front: Front,
	[row, middle, border]: readonly [Int32Array, number, number],
): void {
	if (front.low > box.originalStart - box.modifiedEnd) {
		front.low -= 1;
		row[middle + front.low - 1] = border;
	} else front.low += 1;
	if (front.high < box.originalEnd - box.modifiedStart) {
		front.high += 1;
		row[middle + front.high + 1] = border;
	} else front.high -= 1;
}

function advance(
	search: Search,
	box: Box,
	[front, other]: readonly [Front, Front],
): Place | undefined {
	const { original, modified, ahead, behind, middle } = search;
	for (let d = front.high; d >= front.low; d -= 2) {
		const deleted = (ahead[middle + d - 1] ?? 0) + 1;
		const inserted = ahead[middle + d + 1] ?? 0;
		let at = Math.max(deleted, inserted);
		while (
			at < box.originalEnd &&
			at - d < box.modifiedEnd &&
			original[at] === modified[at - d]
		)
			at += 1;
		ahead[middle + d] = at;
		if (d < other.low || d > other.high) continue;
		if ((behind[middle + d] ?? 0) <= at) return [at, at - d];
	}
	return undefined;
}

function retreat(
	search: Search,
	box: Box,
	[front, other]: readonly [Front, Front],
): Place | undefined {
	const { original, modified, ahead, behind, middle } = search;
	for (let d = front.high; d >= front.low; d -= 2) {
		const inserted = behind[middle + d - 1] ?? 0;
		const deleted = (behind[middle + d + 1] ?? 0) - 1;
		let at = Math.min(inserted, deleted);
		while (
			at > box.originalStart &&
			at - d > box.modifiedStart &&
			original[at - 1] === modified[at - d - 1]
		)
			at -= 1;
		behind[middle + d] = at;
		if (d < other.low || d > other.high) continue;
		if (at <= (ahead[middle + d] ?? 0)) return [at, at - d];
	}
	return undefined;
}

/** The costly case: whichever search came furthest says where to cut. */
function furthest(
	search: Search,
	box: Box,
	[ahead, behind]: readonly [Front, Front],
): Place | undefined {
	let best: Place = [box.originalStart, box.modifiedStart];
	let gain = 0;
	for (let d = ahead.low; d <= ahead.high; d += 2) {
		const at = search.ahead[search.middle + d] ?? 0;
		const original = Math.min(at, box.originalEnd, box.modifiedEnd + d);
		const gained =
			original + original - d - box.originalStart - box.modifiedStart;
		if (gained > gain) [gain, best] = [gained, [original, original - d]];
	}
	for (let d = behind.low; d <= behind.high; d += 2) {
		const at = search.behind[search.middle + d] ?? 0;
		const original = Math.max(at, box.originalStart, box.modifiedStart + d);
		const gained = box.originalEnd + box.modifiedEnd - original - original + d;
		if (gained > gain) [gain, best] = [gained, [original, original - d]];
	}
	return isCorner(box, best) ? undefined : best;
}

function isCorner(box: Box, [original, modified]: Place): boolean {
	if (original === box.originalStart && modified === box.modifiedStart)
		return true;
	return original === box.originalEnd && modified === box.modifiedEnd;
}

// Lines that occur once on each side are trusted first: the longest run of them in order divides the work (patience diff, https://bramcohen.livejournal.com/73318.html).
import type { Box, Sequences } from "./myers.ts";

export interface Counts {
	/** By number: occurrences in the box at hand; all zero in between. */
	readonly original: Int32Array;
	readonly modified: Int32Array;
	/** By number: where it was seen last on the new side. */
	readonly place: Int32Array;
}

/** Positions on both sides, rising. */
export interface Anchors {
	readonly original: Int32Array;
	readonly modified: Int32Array;
}

export function toCounts(distinct: number): Counts {
	return {
		original: new Int32Array(distinct),
		modified: new Int32Array(distinct),
		place: new Int32Array(distinct),
	};
}

export function findAnchors(
	{ original, modified }: Sequences,
	box: Box,
	counts: Counts,
): Anchors {
	count(original, [box.originalStart, box.originalEnd], counts.original);
	for (let at = box.modifiedStart; at < box.modifiedEnd; at += 1) {
		const number = modified[at] ?? 0;
		counts.modified[number] = (counts.modified[number] ?? 0) + 1;
		counts.place[number] = at;
	}
	const size = Math.min(
		box.originalEnd - box.originalStart,
		box.modifiedEnd - box.modifiedStart,
	);
	const olds = new Int32Array(size);
	const news = new Int32Array(size);
	let length = 0;
	for (let at = box.originalStart; at < box.originalEnd; at += 1) {
		const number = original[at] ?? 0;
		if (counts.original[number] !== 1 || counts.modified[number] !== 1)
			continue;
		olds[length] = at;
		news[length] = counts.place[number] ?? 0;
		length += 1;
	}
	clear(original, [box.originalStart, box.originalEnd], counts.original);
	clear(modified, [box.modifiedStart, box.modifiedEnd], counts.modified);
	const rising = longestRising(news.subarray(0, length));
	return {
		original: rising.map((index) => olds[index] ?? 0),
		modified: rising.map((index) => news[index] ?? 0),
	};
}

export function count(
	numbers: Int32Array,
	[from, to]: readonly [number, number],
	into: Int32Array,
): void {
	for (let at = from; at < to; at += 1) {
		const number = numbers[at] ?? 0;
		into[number] = (into[number] ?? 0) + 1;
	}
}

export function clear(
	numbers: Int32Array,
	[from, to]: readonly [number, number],
	counts: Int32Array,
): void {
	for (let at = from; at < to; at += 1) counts[numbers[at] ?? 0] = 0;
}

/** Indices of the longest subsequence that rises, by patience sorting. */
export function longestRising(values: Int32Array): Int32Array {
	/** Pile → index of its top value; index → that of the value before it. */
	const tops = new Int32Array(values.length);
	const before = new Int32Array(values.length);
	let piles = 0;
	for (let index = 0; index < values.length; index += 1) {
		const value = values[index] ?? 0;
		const top = values[tops[piles - 1] ?? 0] ?? 0;
		// In order is the common case.
		const isHighest = piles === 0 || top < value;
		const pile = isHighest ? piles : pileFor(value, values, [tops, piles]);
		before[index] = pile > 0 ? (tops[pile - 1] ?? 0) : -1;
		tops[pile] = index;
		if (pile === piles) piles += 1;
	}
	const rising = new Int32Array(piles);
	let index = tops[piles - 1] ?? -1;
	for (let pile = piles - 1; pile >= 0; pile -= 1) {
		rising[pile] = index;
		index = before[index] ?? -1;
	}
	return rising;
}

function pileFor(
	value: number,
	values: Int32Array,
	[tops, piles]: readonly [Int32Array, number],
): number {
	let low = 0;
	let high = piles;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((values[tops[middle] ?? 0] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

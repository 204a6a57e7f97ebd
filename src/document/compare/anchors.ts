// Lines that occur once on each side are trusted first: the longest run of them in order divides the work (patience diff, https://bramcohen.livejournal.com/73318.html).
import type { Box, Sequences } from "./myers.ts";

export interface Counts {
	/** By number: occurrences in the box at hand; all zero in between. */
	readonly old: Int32Array;
	readonly new: Int32Array;
	/** By number: where it was seen last on the new side. */
	readonly place: Int32Array;
}

export type Anchor = readonly [old: number, new: number];

export function toCounts(distinct: number): Counts {
	return {
		old: new Int32Array(distinct),
		new: new Int32Array(distinct),
		place: new Int32Array(distinct),
	};
}

/** Pairs of positions, rising on both sides. */
export function findAnchors(
	{ old, new: fresh }: Sequences,
	box: Box,
	counts: Counts,
): readonly Anchor[] {
	count(old, [box.oldStart, box.oldEnd], counts.old);
	for (let at = box.newStart; at < box.newEnd; at += 1) {
		const number = fresh[at] ?? 0;
		counts.new[number] = (counts.new[number] ?? 0) + 1;
		counts.place[number] = at;
	}
	const pairs: Anchor[] = [];
	for (let at = box.oldStart; at < box.oldEnd; at += 1) {
		const number = old[at] ?? 0;
		if (counts.old[number] === 1 && counts.new[number] === 1)
			pairs.push([at, counts.place[number] ?? 0]);
	}
	clear(old, [box.oldStart, box.oldEnd], counts.old);
	clear(fresh, [box.newStart, box.newEnd], counts.new);
	return longestRising(pairs);
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

/** The longest subsequence that rises on the new side too, by patience sorting. */
export function longestRising(pairs: readonly Anchor[]): readonly Anchor[] {
	/** Pile → index of its top pair; pair → the pair before it. */
	const tops: number[] = [];
	const before = new Int32Array(pairs.length);
	for (const [index, [, place]] of pairs.entries()) {
		const pile = pileFor(place, tops, pairs);
		before[index] = pile > 0 ? (tops[pile - 1] ?? -1) : -1;
		tops[pile] = index;
	}
	const rising: Anchor[] = [];
	for (let index = tops.at(-1) ?? -1; index >= 0; ) {
		const pair = pairs[index];
		if (pair) rising.push(pair);
		index = before[index] ?? -1;
	}
	return rising.reverse();
}

function pileFor(
	place: number,
	tops: readonly number[],
	pairs: readonly Anchor[],
): number {
	const last = pairs[tops.at(-1) ?? -1];
	// In order is the common case.
	if (!last || last[1] < place) return tops.length;
	let low = 0;
	let high = tops.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < place) low = middle + 1;
		else high = middle;
	}
	return low;
}

// Patience diff (https://bramcohen.livejournal.com/73318.html): elements that occur once on each side divide the work, and what
// lies between them is compared by Myers' algorithm.

import type { CooperativeTask } from "./cooperative-task.ts";
import {
	createSearchState,
	type Region,
	type SearchState,
	type Sequences,
	shortestEdit,
	trimEqualEnds,
	wholeOf,
} from "./myers.ts";

export interface NumberedSequences extends Sequences {
	/** All numbers are below this. */
	readonly distinct: number;
}

/** By position: 1 where the element has no partner on the other side. The others are pairwise equal, in order. */
export interface Unmatched {
	readonly original: Uint8Array;
	readonly modified: Uint8Array;
}

/** Smaller regions are compared by Myers' algorithm at once. */
const MIN_ANCHORED = 64;
/** Elements compared between two pauses. */
const ELEMENTS_PER_STEP = 4096;

export function* compareSequences(
	sequences: NumberedSequences,
	search: SearchState = createSearchState(),
): CooperativeTask<Unmatched> {
	const comparison: Comparison = {
		sequences,
		search,
		unmatched: {
			original: new Uint8Array(sequences.original.length),
			modified: new Uint8Array(sequences.modified.length),
		},
		originalCounts: new Int32Array(sequences.distinct),
		modifiedCounts: new Int32Array(sequences.distinct),
		modifiedPositions: new Int32Array(sequences.distinct),
	};
	let done = 0;
	const regions = [wholeOf(sequences)];
	for (let region = regions.pop(); region; region = regions.pop()) {
		const rest = trimEqualEnds(sequences, region);
		const size =
			rest.originalEnd -
			rest.originalStart +
			(rest.modifiedEnd - rest.modifiedStart);
		const anchors = size > MIN_ANCHORED ? findAnchors(comparison, rest) : [];
		if (anchors.length > 0) pushBetween(regions, rest, anchors);
		else yield* compareRegion(comparison, rest);
		done += size;
		if (done > ELEMENTS_PER_STEP) yield;
		done %= ELEMENTS_PER_STEP;
	}
	return comparison.unmatched;
}

interface Comparison {
	readonly sequences: Sequences;
	readonly search: SearchState;
	readonly unmatched: Unmatched;
	/** Occurrences by number within the region at hand; all zero in between. */
	readonly originalCounts: Int32Array;
	readonly modifiedCounts: Int32Array;
	/** By number: the last position in the modified sequence. */
	readonly modifiedPositions: Int32Array;
}

type Anchor = readonly [original: number, modified: number];

/** The longest run, in the same order on both sides, of elements that occur once on each side of a region. */
function findAnchors(comparison: Comparison, region: Region): Anchor[] {
	const { sequences, originalCounts, modifiedCounts } = comparison;
	const { modifiedPositions } = comparison;
	const { original, modified } = sequences;
	const { originalStart, originalEnd, modifiedStart, modifiedEnd } = region;
	count(original, originalStart, originalEnd, originalCounts);
	for (let at = modifiedStart; at < modifiedEnd; at += 1) {
		const number = modified[at] ?? 0;
		modifiedCounts[number] = (modifiedCounts[number] ?? 0) + 1;
		modifiedPositions[number] = at;
	}
	const size = Math.min(
		originalEnd - originalStart,
		modifiedEnd - modifiedStart,
	);
	const originals = new Int32Array(size);
	const modifieds = new Int32Array(size);
	let length = 0;
	for (let at = originalStart; at < originalEnd; at += 1) {
		const number = original[at] ?? 0;
		if (originalCounts[number] !== 1 || modifiedCounts[number] !== 1) continue;
		originals[length] = at;
		modifieds[length] = modifiedPositions[number] ?? 0;
		length += 1;
	}
	clear(original, originalStart, originalEnd, originalCounts);
	clear(modified, modifiedStart, modifiedEnd, modifiedCounts);
	const rising = longestIncreasingSubsequence(modifieds.subarray(0, length));
	return Array.from(rising, (index) => [
		originals[index] ?? 0,
		modifieds[index] ?? 0,
	]);
}

function pushBetween(
	regions: Region[],
	region: Region,
	anchors: readonly Anchor[],
): void {
	let { originalStart, modifiedStart } = region;
	for (const [original, modified] of anchors) {
		if (original > originalStart || modified > modifiedStart)
			regions.push({
				originalStart,
				originalEnd: original,
				modifiedStart,
				modifiedEnd: modified,
			});
		originalStart = original + 1;
		modifiedStart = modified + 1;
	}
	regions.push({ ...region, originalStart, modifiedStart });
}

/** Elements that the other side lacks have no partner. Without them the sequences are shorter and the result is as exact. */
function* compareRegion(
	comparison: Comparison,
	region: Region,
): CooperativeTask<void> {
	const { sequences, unmatched, originalCounts, modifiedCounts } = comparison;
	const { original, modified } = sequences;
	const { originalStart, originalEnd, modifiedStart, modifiedEnd } = region;
	unmatched.original.fill(1, originalStart, originalEnd);
	unmatched.modified.fill(1, modifiedStart, modifiedEnd);
	if (originalStart === originalEnd || modifiedStart === modifiedEnd) return;
	count(original, originalStart, originalEnd, originalCounts);
	count(modified, modifiedStart, modifiedEnd, modifiedCounts);
	const originals = sharedPositions(
		original,
		originalStart,
		originalEnd,
		modifiedCounts,
	);
	const modifieds = sharedPositions(
		modified,
		modifiedStart,
		modifiedEnd,
		originalCounts,
	);
	clear(original, originalStart, originalEnd, originalCounts);
	clear(modified, modifiedStart, modifiedEnd, modifiedCounts);
	if (originals.length === 0 || modifieds.length === 0) return;
	for (const at of originals) unmatched.original[at] = 0;
	for (const at of modifieds) unmatched.modified[at] = 0;
	yield* shortestEdit(
		{
			original: originals.map((at) => original[at] ?? 0),
			modified: modifieds.map((at) => modified[at] ?? 0),
		},
		{
			onDelete(from, to) {
				for (let index = from; index < to; index += 1)
					unmatched.original[originals[index] ?? 0] = 1;
			},
			onInsert(from, to) {
				for (let index = from; index < to; index += 1)
					unmatched.modified[modifieds[index] ?? 0] = 1;
			},
		},
		comparison.search,
	);
}

/** Positions of the elements that `otherCounts` has too. */
function sharedPositions(
	numbers: Int32Array,
	from: number,
	to: number,
	otherCounts: Int32Array,
): Int32Array {
	const positions = new Int32Array(to - from);
	let length = 0;
	for (let at = from; at < to; at += 1)
		if ((otherCounts[numbers[at] ?? 0] ?? 0) > 0) positions[length++] = at;
	return positions.subarray(0, length);
}

function count(
	numbers: Int32Array,
	from: number,
	to: number,
	counts: Int32Array,
): void {
	for (let at = from; at < to; at += 1) {
		const number = numbers[at] ?? 0;
		counts[number] = (counts[number] ?? 0) + 1;
	}
}

function clear(
	numbers: Int32Array,
	from: number,
	to: number,
	counts: Int32Array,
): void {
	for (let at = from; at < to; at += 1) counts[numbers[at] ?? 0] = 0;
}

/** Indices of a longest increasing subsequence, by patience sorting. */
export function longestIncreasingSubsequence(values: Int32Array): Int32Array {
	/** Pile → index of its top value. */
	const tops = new Int32Array(values.length);
	/** Index → index of the value before it in the subsequence. */
	const previous = new Int32Array(values.length);
	let piles = 0;
	for (let index = 0; index < values.length; index += 1) {
		const value = values[index] ?? 0;
		let pile = piles;
		// Values that are in order already are the common case.
		if (piles > 0 && (values[tops[piles - 1] ?? 0] ?? 0) >= value) {
			let low = 0;
			while (low < pile) {
				const middle = (low + pile) >>> 1;
				if ((values[tops[middle] ?? 0] ?? 0) < value) low = middle + 1;
				else pile = middle;
			}
		}
		previous[index] = pile > 0 ? (tops[pile - 1] ?? 0) : -1;
		tops[pile] = index;
		if (pile === piles) piles += 1;
	}
	const subsequence = new Int32Array(piles);
	let index = tops[piles - 1] ?? -1;
	for (let pile = piles - 1; pile >= 0; pile -= 1) {
		subsequence[pile] = index;
		index = previous[index] ?? -1;
	}
	return subsequence;
}

// Pairs the elements of two arrays: by identity where they have one, else equal ones first and then those most alike.
import { at } from "../../json/tree.ts";
import type { CooperativeTask } from "../text/cooperative-task.ts";

import {
	compareSequences,
	type NumberedSequences,
	type Unmatched,
} from "../text/patience.ts";
import {
	childListOf,
	type NodePair,
	type Pairing,
	type Side,
	type Sides,
} from "./diff-input.ts";
import type { Equality } from "./equality.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Elements, isOne, pairByIdentity } from "./key-matching.ts";
import { pairMostSimilar } from "./similarity.ts";

/** More is no help to anyone: a container with more is told as changed as a whole. */
export const MAX_DIFFERENCES = 20_000;
const NODES_PER_STEP = 16_384;

export function* pairElements(
	sides: Sides,
	[original, modified]: NodePair,
	equality: Equality,
): CooperativeTask<Pairing> {
	const elements = withoutEnds(
		{
			original: childListOf(sides.original.tree, original),
			modified: childListOf(sides.modified.tree, modified),
		},
		equality.isSurelyEqual,
	);
	const pairing = pairByIdentity(sides, elements, equality);
	if (pairing) return pairing;
	if (elements.original.length === 1 && elements.modified.length === 1)
		return pairSingle(sides, [
			at(elements.original, 0),
			at(elements.modified, 0),
		]);
	const rest = withoutEnds(elements, equality.isEqual);
	yield* fingerprintAll(sides.original, rest.original);
	yield* fingerprintAll(sides.modified, rest.modified);
	return yield* pairByContent(sides, rest);
}

/** In deep documents this is the common case. */
function pairSingle(sides: Sides, pair: NodePair): Pairing {
	return isOne(sides, pair)
		? { pairs: [pair], removed: [], added: [], moved: [] }
		: { pairs: [], removed: [pair[0]], added: [pair[1]], moved: [] };
}

function* fingerprintAll(
	{ tree, prints }: Side,
	elements: Int32Array,
): CooperativeTask<void> {
	let done = 0;
	for (const element of elements) {
		fingerprint(tree, prints, element);
		if (element - done < NODES_PER_STEP) continue;
		done = element;
		yield;
	}
}

/** Without the elements that are equal at both ends: these are pairs in which nothing is to be told. */
function withoutEnds(
	{ original, modified }: Elements,
	isEqual: (pair: NodePair) => boolean,
): Elements {
	const isPair = (i: number, j: number) =>
		isEqual([at(original, i), at(modified, j)]);
	const length = Math.min(original.length, modified.length);
	let start = 0;
	while (start < length && isPair(start, start)) start += 1;
	let end = 0;
	while (
		end < length - start &&
		isPair(original.length - 1 - end, modified.length - 1 - end)
	)
		end += 1;
	return {
		original: original.subarray(start, original.length - end),
		modified: modified.subarray(start, modified.length - end),
	};
}

function* pairByContent(
	sides: Sides,
	elements: Elements,
): CooperativeTask<Pairing> {
	const interned = internElements(sides, elements);
	// Whatever stands where: nobody reads so many, and telling which belong together costs the most.
	if (countLonely(interned) > MAX_DIFFERENCES)
		return {
			pairs: [],
			removed: [...elements.original],
			added: [...elements.modified],
			moved: [],
		};
	const marks = yield* compareSequences(interned);
	const moved = takeMoved(interned, marks, elements);
	const pairs = [...moved];
	const removed: number[] = [];
	const added: number[] = [];
	for (const gap of gapsOf(marks, elements)) {
		const alike = pairMostSimilar(sides, gap.original, gap.modified);
		const olds = new Set(alike.map(([node]) => node));
		const news = new Set(alike.map(([, node]) => node));
		for (const pair of alike) pairs.push(pair);
		for (const node of gap.original) if (!olds.has(node)) removed.push(node);
		for (const node of gap.modified) if (!news.has(node)) added.push(node);
	}
	return { pairs, removed, added, moved };
}

/** Equal elements get the same number. */
function internElements(sides: Sides, elements: Elements): NumberedSequences {
	const numbers = new Map<number, number>();
	const number =
		({ prints }: Side) =>
		(node: number) => {
			const print =
				at(prints.low, node) * 0x200000 + (at(prints.high, node) & 0x1fffff);
			const known = numbers.get(print) ?? numbers.size;
			numbers.set(print, known);
			return known;
		};
	return {
		original: elements.original.map(number(sides.original)),
		modified: elements.modified.map(number(sides.modified)),
		distinct: numbers.size,
	};
}

/** Elements that have no equal on the other side, on the side that has more of them. */
function countLonely({
	original,
	modified,
	distinct,
}: NumberedSequences): number {
	const surplus = new Int32Array(distinct);
	for (const number of original) surplus[number] = at(surplus, number) + 1;
	for (const number of modified) surplus[number] = at(surplus, number) - 1;
	let onlyOld = 0;
	let onlyNew = 0;
	for (const count of surplus)
		if (count > 0) onlyOld += count;
		else onlyNew -= count;
	return Math.max(onlyOld, onlyNew);
}

/** Unmatched left by what has an equal elsewhere become 2, which is no longer a gap's. */
const MOVED = 2;

function takeMoved(
	interned: NumberedSequences,
	marks: Unmatched,
	elements: Elements,
): readonly NodePair[] {
	const waiting = new Map<number, number[]>();
	for (const [position, number] of interned.original.entries()) {
		if (marks.original[position] !== 1) continue;
		const positions = waiting.get(number) ?? [];
		positions.push(position);
		waiting.set(number, positions);
	}
	for (const positions of waiting.values()) positions.reverse();
	const moved: NodePair[] = [];
	for (const [position, number] of interned.modified.entries()) {
		if (marks.modified[position] !== 1) continue;
		const from = waiting.get(number)?.pop();
		if (from === undefined) continue;
		marks.original[from] = MOVED;
		marks.modified[position] = MOVED;
		moved.push([at(elements.original, from), at(elements.modified, position)]);
	}
	return moved;
}

interface Gap {
	readonly original: readonly number[];
	readonly modified: readonly number[];
}

/** What is left between elements that stayed. */
function* gapsOf(marks: Unmatched, elements: Elements): Generator<Gap> {
	let i = 0;
	let j = 0;
	while (i < marks.original.length || j < marks.modified.length) {
		const gap: { original: number[]; modified: number[] } = {
			original: [],
			modified: [],
		};
		for (; i < marks.original.length && marks.original[i] !== 0; i += 1)
			if (marks.original[i] === 1) gap.original.push(at(elements.original, i));
		for (; j < marks.modified.length && marks.modified[j] !== 0; j += 1)
			if (marks.modified[j] === 1) gap.modified.push(at(elements.modified, j));
		yield gap;
		i += 1;
		j += 1;
	}
}

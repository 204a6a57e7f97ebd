// Pairs the elements of two arrays: by identity where they have one, else equal ones first and then those most alike.
import { at } from "../../json/tree.ts";
import type { CooperativeTask } from "../cooperative-task.ts";
import type { Interned } from "../text/line-ids.ts";
import { compareNumbers, type Marks } from "../text/patience.ts";
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
	[old, fresh]: NodePair,
	equality: Equality,
): CooperativeTask<Pairing> {
	const elements = withoutEnds(
		{
			old: childListOf(sides.old.tree, old),
			new: childListOf(sides.new.tree, fresh),
		},
		equality.isSurelyEqual,
	);
	const pairing = pairByIdentity(sides, elements, equality);
	if (pairing) return pairing;
	if (elements.old.length === 1 && elements.new.length === 1)
		return pairSingle(sides, [at(elements.old, 0), at(elements.new, 0)]);
	const rest = withoutEnds(elements, equality.isEqual);
	yield* fingerprintAll(sides.old, rest.old);
	yield* fingerprintAll(sides.new, rest.new);
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
	{ old, new: fresh }: Elements,
	isEqual: (pair: NodePair) => boolean,
): Elements {
	const isPair = (i: number, j: number) => isEqual([at(old, i), at(fresh, j)]);
	const length = Math.min(old.length, fresh.length);
	let start = 0;
	while (start < length && isPair(start, start)) start += 1;
	let end = 0;
	while (
		end < length - start &&
		isPair(old.length - 1 - end, fresh.length - 1 - end)
	)
		end += 1;
	return {
		old: old.subarray(start, old.length - end),
		new: fresh.subarray(start, fresh.length - end),
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
			removed: [...elements.old],
			added: [...elements.new],
			moved: [],
		};
	const marks = yield* compareNumbers(interned);
	const moved = takeMoved(interned, marks, elements);
	const pairs = [...moved];
	const removed: number[] = [];
	const added: number[] = [];
	for (const gap of gapsOf(marks, elements)) {
		const alike = pairMostSimilar(sides, gap.old, gap.new);
		const olds = new Set(alike.map(([node]) => node));
		const news = new Set(alike.map(([, node]) => node));
		for (const pair of alike) pairs.push(pair);
		for (const node of gap.old) if (!olds.has(node)) removed.push(node);
		for (const node of gap.new) if (!news.has(node)) added.push(node);
	}
	return { pairs, removed, added, moved };
}

/** Equal elements get the same number. */
function internElements(sides: Sides, elements: Elements): Interned {
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
		old: elements.old.map(number(sides.old)),
		new: elements.new.map(number(sides.new)),
		distinct: numbers.size,
	};
}

/** Elements that have no equal on the other side, on the side that has more of them. */
function countLonely({ old, new: fresh, distinct }: Interned): number {
	const surplus = new Int32Array(distinct);
	for (const number of old) surplus[number] = at(surplus, number) + 1;
	for (const number of fresh) surplus[number] = at(surplus, number) - 1;
	let onlyOld = 0;
	let onlyNew = 0;
	for (const count of surplus)
		if (count > 0) onlyOld += count;
		else onlyNew -= count;
	return Math.max(onlyOld, onlyNew);
}

/** Marks left by what has an equal elsewhere become 2, which is no longer a gap's. */
const MOVED = 2;

function takeMoved(
	interned: Interned,
	marks: Marks,
	elements: Elements,
): readonly NodePair[] {
	const waiting = new Map<number, number[]>();
	for (const [position, number] of interned.old.entries()) {
		if (marks.old[position] !== 1) continue;
		const positions = waiting.get(number) ?? [];
		positions.push(position);
		waiting.set(number, positions);
	}
	for (const positions of waiting.values()) positions.reverse();
	const moved: NodePair[] = [];
	for (const [position, number] of interned.new.entries()) {
		if (marks.new[position] !== 1) continue;
		const from = waiting.get(number)?.pop();
		if (from === undefined) continue;
		marks.old[from] = MOVED;
		marks.new[position] = MOVED;
		moved.push([at(elements.old, from), at(elements.new, position)]);
	}
	return moved;
}

interface Gap {
	readonly old: readonly number[];
	readonly new: readonly number[];
}

/** What is left between elements that stayed. */
function* gapsOf(marks: Marks, elements: Elements): Generator<Gap> {
	let i = 0;
	let j = 0;
	while (i < marks.old.length || j < marks.new.length) {
		const gap: { old: number[]; new: number[] } = { old: [], new: [] };
		for (; i < marks.old.length && marks.old[i] !== 0; i += 1)
			if (marks.old[i] === 1) gap.old.push(at(elements.old, i));
		for (; j < marks.new.length && marks.new[j] !== 0; j += 1)
			if (marks.new[j] === 1) gap.new.push(at(elements.new, j));
		yield gap;
		i += 1;
		j += 1;
	}
}

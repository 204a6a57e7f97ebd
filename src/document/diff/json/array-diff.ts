import {
	at,
	isContainer,
	OBJECT,
	subtreeEnd,
	type Tree,
} from "../../json/tree.ts";
import type { CooperativeTask } from "../text/cooperative-task.ts";
import {
	compareSequences,
	type NumberedSequences,
	type Unmatched,
} from "../text/patience.ts";
import {
	childListOf,
	computeFingerprints,
	type DiffInputs,
	type Equality,
	type Fingerprints,
	type NodePair,
	type Siblings,
} from "./equality.ts";
import { areComparable, type Pairing, pairByIdentity } from "./key-matching.ts";

/** A container with more differences is reported as changed as a whole: nobody reads so many. */
export const MAX_DIFFERENCES = 20_000;
const NODES_PER_STEP = 16_384;

/** Pairs the elements of two arrays: by identity where they have one, otherwise equal ones first and then the most similar. */
export function* pairElements(
	inputs: DiffInputs,
	[left, right]: NodePair,
	equality: Equality,
): CooperativeTask<Pairing> {
	const elements = trimEqualEnds(
		{
			original: childListOf(inputs.original, left),
			modified: childListOf(inputs.modified, right),
		},
		equality.isSurelyEqual,
	);
	const pairing = pairByIdentity(inputs, elements, equality);
	if (pairing) return pairing;
	if (elements.original.length === 1 && elements.modified.length === 1)
		return pairSingle(inputs, [
			at(elements.original, 0),
			at(elements.modified, 0),
		]);
	const rest = trimEqualEnds(elements, equality.isEqual);
	const { original, modified, fingerprints } = inputs;
	yield* computeAll(original, fingerprints.original, rest.original);
	yield* computeAll(modified, fingerprints.modified, rest.modified);
	return yield* pairByContent(inputs, rest);
}

/** The common case in deep documents. */
function pairSingle(inputs: DiffInputs, pair: NodePair): Pairing {
	return areComparable(inputs, pair)
		? { pairs: [pair], removed: [], added: [], moved: [] }
		: { pairs: [], removed: [pair[0]], added: [pair[1]], moved: [] };
}

function* computeAll(
	tree: Tree,
	fingerprints: Fingerprints,
	elements: Int32Array,
): CooperativeTask<void> {
	let done = 0;
	for (const element of elements) {
		computeFingerprints(tree, fingerprints, element);
		if (element - done < NODES_PER_STEP) continue;
		done = element;
		yield;
	}
}

/** Without the elements at both ends that are equal: they are pairs without differences. */
function trimEqualEnds(
	{ original, modified }: Siblings,
	isEqual: (pair: NodePair) => boolean,
): Siblings {
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
	inputs: DiffInputs,
	elements: Siblings,
): CooperativeTask<Pairing> {
	const sequences = numberElements(inputs, elements);
	// The container is then reported as a whole, and pairing would take the longest.
	if (countWithoutEqual(sequences) > MAX_DIFFERENCES)
		return {
			pairs: [],
			removed: [...elements.original],
			added: [...elements.modified],
			moved: [],
		};
	const unmatched = yield* compareSequences(sequences);
	const moved = takeMoved(sequences, unmatched, elements);
	const pairs = [...moved];
	const removed: number[] = [];
	const added: number[] = [];
	for (const gap of gapsOf(unmatched, elements)) {
		const similar = pairMostSimilar(inputs, gap.original, gap.modified);
		const originals = new Set(similar.map(([node]) => node));
		const modifieds = new Set(similar.map(([, node]) => node));
		for (const pair of similar) pairs.push(pair);
		for (const node of gap.original)
			if (!originals.has(node)) removed.push(node);
		for (const node of gap.modified) if (!modifieds.has(node)) added.push(node);
	}
	return { pairs, removed, added, moved };
}

/** Equal elements get the same number. */
function numberElements(
	{ fingerprints }: DiffInputs,
	elements: Siblings,
): NumberedSequences {
	const numbers = new Map<number, number>();
	const numberIn =
		({ low, high }: Fingerprints) =>
		(node: number) => {
			const fingerprint =
				at(low, node) * 0x200000 + (at(high, node) & 0x1fffff);
			const known = numbers.get(fingerprint) ?? numbers.size;
			numbers.set(fingerprint, known);
			return known;
		};
	return {
		original: elements.original.map(numberIn(fingerprints.original)),
		modified: elements.modified.map(numberIn(fingerprints.modified)),
		distinct: numbers.size,
	};
}

/** Elements without an equal on the other side, on the side that has more of them. */
function countWithoutEqual({
	original,
	modified,
	distinct,
}: NumberedSequences): number {
	const surplus = new Int32Array(distinct);
	for (const number of original) surplus[number] = at(surplus, number) + 1;
	for (const number of modified) surplus[number] = at(surplus, number) - 1;
	let onlyOriginal = 0;
	let onlyModified = 0;
	for (const count of surplus)
		if (count > 0) onlyOriginal += count;
		else onlyModified -= count;
	return Math.max(onlyOriginal, onlyModified);
}

/** In `Unmatched`: has an equal in another place. */
const MOVED = 2;

function takeMoved(
	sequences: NumberedSequences,
	unmatched: Unmatched,
	elements: Siblings,
): readonly NodePair[] {
	const waiting = new Map<number, number[]>();
	for (const [position, number] of sequences.original.entries()) {
		if (unmatched.original[position] !== 1) continue;
		const positions = waiting.get(number) ?? [];
		positions.push(position);
		waiting.set(number, positions);
	}
	for (const positions of waiting.values()) positions.reverse();
	const moved: NodePair[] = [];
	for (const [position, number] of sequences.modified.entries()) {
		if (unmatched.modified[position] !== 1) continue;
		const from = waiting.get(number)?.pop();
		if (from === undefined) continue;
		unmatched.original[from] = MOVED;
		unmatched.modified[position] = MOVED;
		moved.push([at(elements.original, from), at(elements.modified, position)]);
	}
	return moved;
}

interface Gap {
	readonly original: readonly number[];
	readonly modified: readonly number[];
}

/** The elements that are left between those that stayed. */
function* gapsOf(unmatched: Unmatched, elements: Siblings): Generator<Gap> {
	const { original, modified } = unmatched;
	let i = 0;
	let j = 0;
	while (i < original.length || j < modified.length) {
		const gap: { original: number[]; modified: number[] } = {
			original: [],
			modified: [],
		};
		for (; i < original.length && original[i] !== 0; i += 1)
			if (original[i] === 1) gap.original.push(at(elements.original, i));
		for (; j < modified.length && modified[j] !== 0; j += 1)
			if (modified[j] === 1) gap.modified.push(at(elements.modified, j));
		yield gap;
		i += 1;
		j += 1;
	}
}

/** Elements less similar than this were removed and added. */
const MIN_SIMILARITY = 0.3;
/** Containers are compared by their first children. */
const MAX_CHILDREN = 64;
/** Larger gaps are compared position by position. */
const MAX_TABLE = 400;

function pairMostSimilar(
	inputs: DiffInputs,
	original: readonly number[],
	modified: readonly number[],
): readonly NodePair[] {
	return original.length * modified.length <= MAX_TABLE
		? pairByTable(inputs, original, modified)
		: pairByPosition(inputs, original, modified);
}

function pairByPosition(
	inputs: DiffInputs,
	original: readonly number[],
	modified: readonly number[],
): readonly NodePair[] {
	const pairs: NodePair[] = [];
	for (const [index, node] of original.entries()) {
		const partner = modified[index];
		if (partner === undefined) break;
		if (similarityOf(inputs, [node, partner]) >= MIN_SIMILARITY)
			pairs.push([node, partner]);
	}
	return pairs;
}

/** The pairs in order with the highest total similarity, by dynamic programming. */
function pairByTable(
	inputs: DiffInputs,
	original: readonly number[],
	modified: readonly number[],
): readonly NodePair[] {
	const width = modified.length + 1;
	const best = new Float64Array((original.length + 1) * width);
	for (const [i, left] of original.entries())
		for (const [j, right] of modified.entries()) {
			const value = similarityOf(inputs, [left, right]);
			const paired =
				value >= MIN_SIMILARITY ? (best[i * width + j] ?? 0) + value : 0;
			best[(i + 1) * width + j + 1] = Math.max(
				paired,
				best[i * width + j + 1] ?? 0,
				best[(i + 1) * width + j] ?? 0,
			);
		}
	const pairs: NodePair[] = [];
	for (let i = original.length, j = modified.length; i > 0 && j > 0; ) {
		const here = best[i * width + j] ?? 0;
		if (here === best[(i - 1) * width + j]) i -= 1;
		else if (here === best[i * width + j - 1]) j -= 1;
		else {
			i -= 1;
			j -= 1;
			pairs.push([original[i] ?? 0, modified[j] ?? 0]);
		}
	}
	return pairs.reverse();
}

/** From 0 to 1. */
function similarityOf(inputs: DiffInputs, [left, right]: NodePair): number {
	const { original, modified, fingerprints } = inputs;
	const areContainers = isContainer(original, left);
	if (areContainers !== isContainer(modified, right)) return 0;
	const isSameKind = at(original.kind, left) === at(modified.kind, right);
	if (!areContainers) return isSameKind ? 0.5 : 0.4;
	if (!isSameKind) return 0;
	const features = featuresOf(original, fingerprints.original, left);
	const others = featuresOf(modified, fingerprints.modified, right);
	if (features.size === 0 || others.size === 0) return 0.5;
	let shared = 0;
	for (const feature of features) if (others.has(feature)) shared += 1;
	return shared / Math.max(features.size, others.size);
}

/** Hashes of an object's keys and members, or of an array's elements. */
function featuresOf(
	tree: Tree,
	{ key, low }: Fingerprints,
	node: number,
): ReadonlySet<number> {
	const features = new Set<number>();
	const end = subtreeEnd(tree, node);
	const isObject = at(tree.kind, node) === OBJECT;
	let child = node + 1;
	for (let count = 0; child < end && count < MAX_CHILDREN; count += 1) {
		const hash = at(key, child);
		features.add(hash ^ at(low, child));
		if (isObject) features.add(hash);
		child = subtreeEnd(tree, child);
	}
	return features;
}

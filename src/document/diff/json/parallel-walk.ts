// Two documents read in step: as long as only single values differ, each stands beside its counterpart, and what is equal is not looked at value by value.
import {
	ARRAY,
	at,
	isContainer,
	NONE,
	OBJECT,
	subtreeEnd,
	type Tree,
} from "../../json/tree.ts";
import { hasSameTag } from "../tags.ts";
import { equalAhead } from "../text/common-prefix.ts";
import type { NodePair, Sides } from "./diff-input.ts";
import { areThemselves } from "./key-matching.ts";
import { shadowsAmong } from "./member-pairing.ts";

/** Two values to be compared, and what they are in. */
export interface Task {
	readonly pair: NodePair;
	/** NONE at the root. */
	readonly parents: NodePair;
	/** A member that parsing drops, or in one. */
	readonly shadowed: boolean;
}

/** Of a container whose children stand beside their counterparts: the pairs of them that may differ. */
export type ChildrenApart = ReadonlyMap<number, readonly NodePair[]>;

/** After so many nothing is gained. */
const MAX_STEPS = 8192;

/**
 * What is left to be compared, in order: everything outside of it is equal, or a container that holds as many children in
 * the same order, under the same keys or with the same identities.
 */
export function readInStep(sides: Sides): readonly Task[] {
	const trees: Trees = [sides.original.tree, sides.modified.tree];
	const apart = walk(trees);
	const children = childrenApart(trees, apart);
	const found: Task[] = [];
	const waiting: Task[] = [];
	if (apart.length > 0)
		waiting.push({ pair: [0, 0], parents: [NONE, NONE], shadowed: false });
	for (let task = waiting.pop(); task; task = waiting.pop()) {
		const { pair, shadowed } = task;
		const inside = children.get(pair[0]);
		const kind = at(trees[0].kind, pair[0]);
		if (
			!inside ||
			(kind === ARRAY && !areThemselves(sides, inside, children))
		) {
			found.push(task);
			continue;
		}
		const hidden =
			kind === OBJECT ? shadowsAmong(trees[0], pair[0], inside) : undefined;
		// The first of them is to be looked at first.
		for (const child of inside.toReversed())
			waiting.push({
				pair: child,
				parents: pair,
				shadowed: shadowed || (hidden?.has(child[0]) ?? false),
			});
	}
	return found;
}

type Trees = readonly [original: Tree, modified: Tree];
/** Offsets in both texts. */
type Place = readonly [original: number, modified: number];

/** Pairs that differ, in order: values, or containers whose children are not in step. */
function walk(trees: Trees): readonly NodePair[] {
	const [left, right] = trees;
	// A tag stands before the start of its value.
	if (!hasSameTag(left, right, [0, 0])) return [[0, 0]];
	const texts = { original: left.text, modified: right.text };
	const end: Place = [at(left.end, 0), at(right.end, 0)];
	const apart: NodePair[] = [];
	let next: NodePair = [0, 0];
	let from: Place = [at(left.start, 0), at(right.start, 0)];
	for (let step = 0; step < MAX_STEPS; step += 1) {
		const limit = Math.min(end[0] - from[0], end[1] - from[1]);
		const length = equalAhead(texts, from, limit);
		const place: Place = [from[0] + length, from[1] + length];
		if (place[0] === end[0] && place[1] === end[1]) return apart;
		const pair =
			valuesAt(trees, place, next) ??
			containersAround(trees, place, [next, apart.at(-1) ?? next]);
		// What was found in a container before it turned out not to be in step.
		while ((apart.at(-1)?.[0] ?? NONE) > pair[0]) apart.pop();
		apart.push(pair);
		next = [subtreeEnd(left, pair[0]), subtreeEnd(right, pair[1])];
		from = [at(left.end, pair[0]), at(right.end, pair[1])];
	}
	return [[0, 0]];
}

/** Two values one of which goes on otherwise than the other at this place. */
function valuesAt(
	[left, right]: Trees,
	[p, q]: Place,
	next: NodePair,
): NodePair | undefined {
	const original = lastUpTo(left, p);
	const modified = original - next[0] + next[1];
	const start = at(left.start, original);
	if (original < next[0] || at(right.start, modified) - q !== start - p)
		return undefined;
	const isOver = at(left.end, original) <= p && at(right.end, modified) <= q;
	// Of a container that has begun alike it is something within that differs.
	const isInside = isContainer(left, original) && start < p;
	return isOver || isInside ? undefined : [original, modified];
}

/** The innermost containers that are open at this place. */
function containersAround(
	{ 0: left, 1: right }: Trees,
	[p]: Place,
	[next, before]: readonly [NodePair, NodePair],
): NodePair {
	let open = lastUpTo(left, p - 1);
	// JSON Lines end without a bracket: the root is open up to the very end.
	while (open > 0 && at(left.end, open) <= p) open = at(left.parent, open);
	if (open >= next[0]) return [open, open - next[0] + next[1]];
	// It was open at the pair before too.
	let [original, modified] = before;
	while (original !== open)
		[original, modified] = [
			at(left.parent, original),
			at(right.parent, modified),
		];
	return [original, modified];
}

/** The last node that starts there or before. */
function lastUpTo({ start, count }: Tree, offset: number): number {
	let low = 0;
	let high = count - 1;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if ((start[middle] ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** The pairs, and all that they are in, by the old container. */
function childrenApart(
	[left, right]: Trees,
	apart: readonly NodePair[],
): ChildrenApart {
	const children = new Map<number, NodePair[]>();
	for (const pair of apart) {
		let child = pair;
		for (;;) {
			const parent = at(left.parent, child[0]);
			if (parent === NONE) break;
			const known = children.get(parent);
			if (known?.at(-1)?.[0] !== child[0]) known?.push(child);
			if (known) break;
			children.set(parent, [child]);
			child = [parent, at(right.parent, child[1])];
		}
	}
	return children;
}

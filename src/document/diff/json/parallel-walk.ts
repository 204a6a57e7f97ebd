import {
	ARRAY,
	at,
	isContainer,
	NONE,
	subtreeEnd,
	type Tree,
} from "../../json/tree.ts";
import { equalAhead, type Position } from "../text/common-prefix.ts";
import { hasSameTag, type NodePair, type Trees } from "./equality.ts";
import { areComparable, identityOf } from "./key-matching.ts";

/** Two values to compare. */
export interface ComparisonTask {
	readonly pair: NodePair;
	/** The containers they are in; NONE for the roots. */
	readonly parents: NodePair;
}

/** Steps after which the rest is compared from the root. */
const MAX_STEPS = 8192;

/**
 * Walks both documents in parallel and returns what is left to compare, in document order. As long as only single values
 * differ, each is at the same place on both sides, and equal text is skipped without looking at its values. Everything
 * outside the tasks is equal, or a container with as many children in the same order, under the same keys or identities.
 */
export function walkInParallel(trees: Trees): readonly ComparisonTask[] {
	const different = findDifferentPairs(trees);
	const children = childrenByParent(trees, different);
	const found: ComparisonTask[] = [];
	const waiting: ComparisonTask[] = [];
	if (different.length > 0)
		waiting.push({ pair: [0, 0], parents: [NONE, NONE] });
	for (let task = waiting.pop(); task; task = waiting.pop()) {
		const { pair } = task;
		const inside = children.get(pair[0]);
		const isArray = at(trees.original.kind, pair[0]) === ARRAY;
		if (!inside || (isArray && !keepIdentity(trees, inside, children)))
			found.push(task);
		else
			for (const child of inside.toReversed())
				waiting.push({ pair: child, parents: pair });
	}
	return found;
}

/** Pairs of children that may differ, by the original container. */
type ChildrenByParent = ReadonlyMap<number, readonly NodePair[]>;

/** Whether elements at the same position are the same elements: their identity, if they have one, is not what differs. */
function keepIdentity(
	trees: Trees,
	elements: readonly NodePair[],
	children: ChildrenByParent,
): boolean {
	const { original } = trees;
	const identity = identityOf(
		original,
		elements.map(([element]) => element),
	);
	// Elements in parallel have the same annotations.
	if (identity === "annotation") return true;
	if (identity === undefined)
		return (
			elements.length === 1 &&
			elements.every((pair) => areComparable(trees, pair))
		);
	const token = `"${identity}"`;
	return elements.every(([element]) =>
		children
			.get(element)
			?.every(
				([child]) => !original.text.startsWith(token, at(original.key, child)),
			),
	);
}

/** Pairs that differ, in document order: values, or containers whose children are not in parallel. */
function findDifferentPairs(trees: Trees): readonly NodePair[] {
	const { original, modified } = trees;
	// The tag of the root is before the start of its value.
	if (!hasSameTag(trees, [0, 0])) return [[0, 0]];
	const texts = { original: original.text, modified: modified.text };
	const end: Position = [at(original.end, 0), at(modified.end, 0)];
	const different: NodePair[] = [];
	let next: NodePair = [0, 0];
	let from: Position = [at(original.start, 0), at(modified.start, 0)];
	for (let step = 0; step < MAX_STEPS; step += 1) {
		const limit = Math.min(end[0] - from[0], end[1] - from[1]);
		const length = equalAhead(texts, from, limit);
		const position: Position = [from[0] + length, from[1] + length];
		if (position[0] === end[0] && position[1] === end[1]) return different;
		const pair =
			valuesAt(trees, position, next) ??
			containersAround(trees, position, next, different.at(-1) ?? next);
		// Pairs inside a container that turned out not to be in parallel.
		while ((different.at(-1)?.[0] ?? NONE) > pair[0]) different.pop();
		different.push(pair);
		next = [subtreeEnd(original, pair[0]), subtreeEnd(modified, pair[1])];
		from = [at(original.end, pair[0]), at(modified.end, pair[1])];
	}
	return [[0, 0]];
}

/** The two values in which the texts differ at a position; `undefined` when one of them ends before it. */
function valuesAt(
	{ original, modified }: Trees,
	[p, q]: Position,
	next: NodePair,
): NodePair | undefined {
	const left = lastStartingAt(original, p);
	const right = left - next[0] + next[1];
	const start = at(original.start, left);
	if (left < next[0] || at(modified.start, right) - q !== start - p)
		return undefined;
	const isBefore = at(original.end, left) <= p && at(modified.end, right) <= q;
	// In a container that begins alike, something inside differs.
	const isAround = isContainer(original, left) && start < p;
	return isBefore || isAround ? undefined : [left, right];
}

/** The innermost containers around a position. */
function containersAround(
	{ original, modified }: Trees,
	[p]: Position,
	next: NodePair,
	previous: NodePair,
): NodePair {
	let open = lastStartingAt(original, p - 1);
	// The root of JSON Lines has no closing bracket: it ends with the text.
	while (open > 0 && at(original.end, open) <= p)
		open = at(original.parent, open);
	if (open >= next[0]) return [open, open - next[0] + next[1]];
	// The container was open at the previous pair too.
	let [left, right] = previous;
	while (left !== open)
		[left, right] = [at(original.parent, left), at(modified.parent, right)];
	return [left, right];
}

/** The last node that starts at an offset or before it. */
function lastStartingAt({ start, count }: Tree, offset: number): number {
	let low = 0;
	let high = count - 1;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if ((start[middle] ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** The pairs and all containers around them. */
function childrenByParent(
	{ original, modified }: Trees,
	pairs: readonly NodePair[],
): ChildrenByParent {
	const children = new Map<number, NodePair[]>();
	for (const pair of pairs) {
		let child = pair;
		for (;;) {
			const parent = at(original.parent, child[0]);
			if (parent === NONE) break;
			const known = children.get(parent);
			if (known?.at(-1)?.[0] !== child[0]) known?.push(child);
			if (known) break;
			children.set(parent, [child]);
			child = [parent, at(modified.parent, child[1])];
		}
	}
	return children;
}

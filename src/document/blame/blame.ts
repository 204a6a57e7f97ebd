import {
	diffStructure,
	type StructureDiff,
} from "../diff/json/structure-diff.ts";
import type { CooperativeTask } from "../diff/text/cooperative-task.ts";
import { childrenOf, keyOf } from "../json/children.ts";
import {
	ARRAY,
	at,
	NONE,
	OBJECT,
	subtreeEnd,
	type Tree,
} from "../json/tree.ts";

/**
 * The last change of each value of a tree. A value has changed in a version when it is another one than in the version
 * before, or was not there: so a container has the newest change inside it. Elements are followed when they move, as the
 * comparison follows them; the move changes the array and not the element.
 */
export interface Blame {
	/** By node of the newest tree: the position of the version that changed it last, 0 for the newest; NONE while unknown. */
	readonly changedIn: Int32Array;
	/** Values whose last change is not known yet. */
	readonly unknown: number;
	/** The versions that were read, with the newest. */
	readonly versions: number;
}

export interface BlameWalk {
	/** Reads the version before the last one. Its tree replaces the last one, which can be released. */
	add(older: Tree): CooperativeTask<Blame>;
	/** The version before is the same document. */
	addEqual(): Blame;
	/** There is no older version: what is unknown has been there since the oldest. */
	finish(): Blame;
}

/** Walks from the newest version to older ones. The trees are complete and have at least one node. */
export function startBlame(newest: Tree): BlameWalk {
	const changedIn = new Int32Array(newest.count).fill(NONE);
	/** The nodes whose change is unknown, and where they are in the last tree. */
	let nodes = Int32Array.from({ length: newest.count }, (_, node) => node);
	let places = nodes.slice();
	let last = newest;
	let position = 0;
	const result = (): Blame => ({
		changedIn,
		unknown: nodes.length,
		versions: position + 1,
	});
	const keep = (isKept: (place: number) => boolean) => {
		let kept = 0;
		// By index: there are as many as the document has values.
		for (let index = 0; index < nodes.length; index += 1) {
			const node = at(nodes, index);
			const place = at(places, index);
			if (isKept(place)) {
				nodes[kept] = node;
				places[kept] = place;
				kept += 1;
			} else changedIn[node] = position;
		}
		nodes = nodes.subarray(0, kept);
		places = places.subarray(0, kept);
	};
	return {
		*add(older) {
			const diff = yield* diffStructure(older, last);
			const partners = unchangedPartners(diff);
			keep((place) => at(partners, place) !== NONE);
			for (let index = 0; index < places.length; index += 1)
				places[index] = at(partners, at(places, index));
			last = older;
			position += 1;
			return result();
		},
		addEqual() {
			position += 1;
			return result();
		},
		finish() {
			keep(() => false);
			return result();
		},
	};
}

const UNCHANGED = 0;
/** Something inside the container differs. */
const DIFFERS_INSIDE = 1;
/** The value has no partner, and nothing inside it has. */
const REPLACED = 2;

/** By modified node: the original node with an equal value, or NONE. */
function unchangedPartners(diff: StructureDiff): Int32Array {
	const { original, modified } = diff;
	const states = new Uint8Array(modified.count);
	const removed = new Set<number>();
	const added = new Set<number>();
	const moved = new Map<number, number>();
	for (const difference of diff.differences) {
		let node = difference.modifiedParent;
		while (node !== NONE && at(states, node) === UNCHANGED) {
			states[node] = DIFFERS_INSIDE;
			node = at(modified.parent, node);
		}
		switch (difference.kind) {
			case "removed":
				removed.add(difference.original);
				break;
			case "added":
				added.add(difference.modified);
				break;
			case "moved":
				moved.set(difference.modified, difference.original);
				break;
			case "changed":
				states[difference.modified] = REPLACED;
		}
	}
	const movedFrom = new Set(moved.values());
	const partners = new Int32Array(modified.count).fill(NONE);
	const pairs: [number, number][] = [[0, 0]];
	for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
		const [left, right] = pair;
		const state = at(states, right);
		if (state === REPLACED) continue;
		if (state === UNCHANGED) {
			const end = subtreeEnd(modified, right);
			if (isSameSource(diff, pair)) {
				for (let node = right; node < end; node += 1)
					partners[node] = node - right + left;
				continue;
			}
			partners[right] = left;
		}
		const kind = at(modified.kind, right);
		if (kind !== OBJECT && kind !== ARRAY) continue;
		const from = [...childrenOf(original, left)].filter(
			(child) => !removed.has(child) && !movedFrom.has(child),
		);
		const to = [...childrenOf(modified, right)].filter(
			(child) => !added.has(child),
		);
		if (kind === OBJECT) pairByKey(diff, from, to, pairs);
		else {
			// Elements that have not been moved are in the same order on both sides.
			let next = 0;
			for (const child of to) {
				const partner = moved.get(child) ?? from[next++];
				if (partner !== undefined) pairs.push([partner, child]);
			}
		}
	}
	return partners;
}

function isSameSource(
	{ original, modified }: StructureDiff,
	[left, right]: readonly [number, number],
): boolean {
	const start = at(original.start, left);
	const otherStart = at(modified.start, right);
	const length = at(original.end, left) - start;
	return (
		length === at(modified.end, right) - otherStart &&
		original.text.slice(start, start + length) ===
			modified.text.slice(otherStart, otherStart + length)
	);
}

/** Pairs members that are there on both sides. Of equal keys, the last belongs to the last. */
function pairByKey(
	{ original, modified }: StructureDiff,
	from: readonly number[],
	to: readonly number[],
	pairs: [number, number][],
): void {
	const keys = from.map((child) => keyOf(original, child));
	const others = to.map((child) => keyOf(modified, child));
	if (
		keys.length === others.length &&
		keys.every((key, i) => key === others[i])
	) {
		for (const [index, child] of to.entries())
			pairs.push([itemAt(from, index), child]);
		return;
	}
	const waiting = new Map<string, number[]>();
	for (const [index, key] of keys.entries()) {
		const list = waiting.get(key);
		if (list) list.push(itemAt(from, index));
		else waiting.set(key, [itemAt(from, index)]);
	}
	for (let index = to.length - 1; index >= 0; index -= 1) {
		const partner = waiting.get(others[index] ?? "")?.pop();
		if (partner !== undefined) pairs.push([partner, itemAt(to, index)]);
	}
}

function itemAt(nodes: readonly number[], index: number): number {
	return nodes[index] ?? NONE;
}

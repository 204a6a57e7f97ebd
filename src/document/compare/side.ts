// One of the two documents that are compared: its tree with its fingerprints.
import { after, at, type Tree } from "../tree.ts";
import type { Fingerprints } from "./fingerprint.ts";

export interface Side {
	readonly tree: Tree;
	readonly prints: Fingerprints;
}

export interface Sides {
	readonly old: Side;
	readonly new: Side;
}

/** A node of the old document and one of the new. */
export type NodePair = readonly [old: number, fresh: number];

/** What became of the children of a pair of containers. */
export interface Pairing {
	readonly pairs: readonly NodePair[];
	readonly removed: readonly number[];
	readonly added: readonly number[];
	/** Those of `pairs` that stand elsewhere among the elements that stayed. */
	readonly moved: readonly NodePair[];
}

export function childrenOf(tree: Tree, node: number): Int32Array {
	const end = after(tree, node);
	const children: number[] = [];
	for (let child = node + 1; child < end; child = after(tree, child))
		children.push(child);
	return Int32Array.from(children);
}

/** Equal in value, but for white space, escapes and the order of keys. */
export function isEqual(sides: Sides, [old, fresh]: NodePair): boolean {
	const { old: left, new: right } = sides;
	return (
		at(left.prints.low, old) === at(right.prints.low, fresh) &&
		at(left.prints.high, old) === at(right.prints.high, fresh)
	);
}

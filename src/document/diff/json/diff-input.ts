// One of the two documents that are compared: its tree with its fingerprints.
import { subtreeEnd, type Tree } from "../../json/tree.ts";
import { createFingerprints, type Fingerprints } from "./fingerprint.ts";

export interface Side {
	readonly tree: Tree;
	readonly prints: Fingerprints;
}

export function createSide(tree: Tree): Side {
	let prints: Fingerprints | undefined;
	return {
		tree,
		// Many comparisons do without: their space is then not taken.
		get prints() {
			prints ??= createFingerprints(tree);
			return prints;
		},
	};
}

export interface Sides {
	readonly original: Side;
	readonly modified: Side;
}

/** A node of the old document and one of the new. */
export type NodePair = readonly [original: number, modified: number];

/** What became of the children of a pair of containers. */
export interface Pairing {
	readonly pairs: readonly NodePair[];
	readonly removed: readonly number[];
	readonly added: readonly number[];
	/** Those of `pairs` that stand elsewhere among the elements that stayed. */
	readonly moved: readonly NodePair[];
}

export function childListOf(tree: Tree, node: number): Int32Array {
	const end = subtreeEnd(tree, node);
	// Not by childCount, which climbs from the last node: that is far in deep documents.
	const children: number[] = [];
	for (let child = node + 1; child < end; child = subtreeEnd(tree, child))
		children.push(child);
	return new Int32Array(children);
}

// Keys that occur more than once in an object: the last one counts when a document is parsed, those before it are shadowed.
import { keyOf } from "../../json/children.ts";
import { at, NONE, type Tree } from "../../json/tree.ts";
import type { Fingerprints } from "./fingerprint.ts";

/** Member (+ 1) by hash of its object and key; the size is a power of two. */
export type KeyTable = Int32Array;

export function toKeyTable(members: number): KeyTable {
	let size = 16;
	while (size < members * 2) size *= 2;
	return new Int32Array(size);
}

/** Members are to be asked for from the last to the first. */
export function shadowOf(
	tree: Tree,
	[prints, table]: readonly [Pick<Fingerprints, "key" | "shadow">, KeyTable],
	node: number,
): number {
	if (at(tree.key, node) === NONE) return 0;
	const key = at(prints.key, node);
	const parent = at(tree.parent, node);
	const mask = table.length - 1;
	const hash = Math.imul(key ^ Math.imul(parent, 0x9e3779b1), 0x85ebca6b);
	for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
		const other = at(table, slot) - 1;
		if (other < 0) {
			table[slot] = node + 1;
			return 0;
		}
		if (at(tree.parent, other) !== parent || at(prints.key, other) !== key)
			continue;
		if (keyOf(tree, other) !== keyOf(tree, node)) continue;
		table[slot] = node + 1;
		return at(prints.shadow, other) + 1;
	}
}

// Pairs the members of two objects by key; where a key occurs more than once, from the last one on.
import { at } from "../tree.ts";
import {
	childrenOf,
	type NodePair,
	type Pairing,
	type Side,
	type Sides,
} from "./side.ts";
import { keyOf } from "./tokens.ts";

export function pairMembers(sides: Sides, [old, fresh]: NodePair): Pairing {
	const left = childrenOf(sides.old.tree, old);
	const right = childrenOf(sides.new.tree, fresh);
	const pairs: NodePair[] = [];
	let aligned = 0;
	// Keys mostly stay in order: a table is made for the rest only.
	for (; aligned < Math.min(left.length, right.length); aligned += 1) {
		const pair = [at(left, aligned), at(right, aligned)] as const;
		if (!isSameKey(sides, pair)) break;
		pairs.push(pair);
	}
	const rest = new Map<string, number>();
	for (const node of right.subarray(aligned))
		rest.set(nameOf(sides.new, node), node);
	const removed: number[] = [];
	for (const node of left.subarray(aligned)) {
		const name = nameOf(sides.old, node);
		const partner = rest.get(name);
		if (partner === undefined) removed.push(node);
		else pairs.push([node, partner]);
		rest.delete(name);
	}
	return { pairs, removed, added: [...rest.values()], moved: [] };
}

function isSameKey(sides: Sides, [old, fresh]: NodePair): boolean {
	const { old: left, new: right } = sides;
	return (
		at(left.prints.key, old) === at(right.prints.key, fresh) &&
		at(left.prints.shadow, old) === at(right.prints.shadow, fresh) &&
		keyOf(left.tree, old) === keyOf(right.tree, fresh)
	);
}

/** Unique in its object. */
function nameOf({ tree, prints }: Side, node: number): string {
	return `${at(prints.shadow, node)} ${keyOf(tree, node) ?? ""}`;
}

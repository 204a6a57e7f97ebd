// Pairs the members of two objects by key; where a key occurs more than once, from the last one on.
import { keyOf, keySource } from "../../json/children.ts";
import { at, type Tree } from "../../json/tree.ts";
import {
	childListOf,
	type NodePair,
	type Pairing,
	type Sides,
} from "./diff-input.ts";
import type { Equality } from "./equality.ts";

const FEW = 16;

export interface MemberPairing extends Pairing {
	/** Members that parsing drops, because their key follows again. */
	readonly shadowed: {
		readonly original: Shadowed;
		readonly modified: Shadowed;
	};
}

type Shadowed = ReadonlySet<number>;

export function pairMembers(
	sides: Sides,
	[original, modified]: NodePair,
	{ sameFrom }: Equality,
): MemberPairing {
	let left = toMembers(sides.original.tree, original);
	let right = toMembers(sides.modified.tree, modified);
	// The same keys, as they mostly are, are looked through once.
	if (
		hasDuplicates(left) ||
		(!hasSameNames(left, right) && hasDuplicates(right))
	)
		[left, right] = [numbered(left), numbered(right)];
	const pairs: NodePair[] = [];
	const removed: number[] = [];
	const length = Math.min(left.names.length, right.names.length);
	let aligned = 0;
	// Keys mostly stay in order: a table is made for the rest only.
	const values = { original: left.nodes, modified: right.nodes };
	let same = 0;
	while (aligned < length && left.names[aligned] === right.names[aligned]) {
		// Of what is the same nothing is told.
		if (same === 0) same = sameFrom(values, aligned);
		if (same === 0)
			pairs.push([at(left.nodes, aligned), at(right.nodes, aligned)]);
		else same -= 1;
		aligned += 1;
	}
	const rest = new Map<string, number>();
	for (let index = aligned; index < right.names.length; index += 1)
		rest.set(right.names[index] ?? "", at(right.nodes, index));
	for (let index = aligned; index < left.names.length; index += 1) {
		const name = left.names[index] ?? "";
		const node = at(left.nodes, index);
		const partner = rest.get(name);
		if (partner === undefined) removed.push(node);
		else pairs.push([node, partner]);
		rest.delete(name);
	}
	const shadowed = { original: left.shadowed, modified: right.shadowed };
	return { pairs, removed, added: [...rest.values()], moved: [], shadowed };
}

/** Of these members of the old object those that parsing drops; `undefined` when there are surely none. */
export function shadowsAmong(
	tree: Tree,
	object: number,
	members: readonly NodePair[],
): Shadowed | undefined {
	return members.every(([member]) => isSurelyLast(tree, member, object))
		? undefined
		: numbered(toMembers(tree, object)).shadowed;
}

export const NO_SHADOWS: MemberPairing["shadowed"] = {
	original: new Set(),
	modified: new Set(),
};

/** Further than this the keys themselves are looked through: once, not for each of them. */
const NEAR = 4096;

/** Whether its key does not follow again, seen without looking at what follows member by member. */
function isSurelyLast(tree: Tree, member: number, object: number): boolean {
	const behind = at(tree.end, member);
	const end = at(tree.end, object);
	if (end - behind > NEAR) return false;
	const rest = tree.text.slice(behind, end);
	return !rest.includes(keySource(tree, member)) && !rest.includes("\\");
}

interface Members {
	readonly nodes: Int32Array;
	readonly names: readonly string[];
	readonly shadowed: Shadowed;
}

function toMembers(tree: Tree, object: number): Members {
	const nodes = childListOf(tree, object);
	const names: string[] = [];
	for (const node of nodes) names.push(keyOf(tree, node));
	return { nodes, names, shadowed: new Set() };
}

function hasSameNames(left: Members, right: Members): boolean {
	return (
		left.names.length === right.names.length &&
		left.names.every((name, index) => name === right.names[index])
	);
}

function hasDuplicates({ names }: Members): boolean {
	// Most objects are small, and their keys are short.
	if (names.length > FEW) return new Set(names).size < names.length;
	for (let index = 1; index < names.length; index += 1)
		if (names.lastIndexOf(names[index] ?? "", index - 1) >= 0) return true;
	return false;
}

/** Every name with how often it follows again. */
function numbered({ nodes, names }: Members): Members {
	const followers = new Map<string, number>();
	const shadowed = new Set<number>();
	const unique = names.toReversed().map((name, index) => {
		const count = followers.get(name) ?? 0;
		followers.set(name, count + 1);
		if (count > 0) shadowed.add(at(nodes, nodes.length - 1 - index));
		return `${count} ${name}`;
	});
	return { nodes, names: unique.reverse(), shadowed };
}

import { keyOf, tagOf, valueSource } from "../../json/children.ts";
import {
	ARRAY,
	at,
	NUMBER,
	OBJECT,
	STRING,
	subtreeEnd,
	type Tree,
} from "../../json/tree.ts";
import { longestIncreasingSubsequence } from "../text/patience.ts";
import {
	childListOf,
	type Equality,
	type NodePair,
	type Siblings,
	type Trees,
} from "./equality.ts";

/** How the children of two containers belong together. Pairs of equal children may be left out. */
export interface Pairing {
	readonly pairs: readonly NodePair[];
	readonly removed: readonly number[];
	readonly added: readonly number[];
	/** Those of the pairs that changed their order among the others. */
	readonly moved: readonly NodePair[];
}

/** Pairs the members of two objects by key. */
export function pairMembers(
	{ original, modified }: Trees,
	[left, right]: NodePair,
	{ sameFrom }: Equality,
): Pairing {
	const nodes: Siblings = {
		original: childListOf(original, left),
		modified: childListOf(modified, right),
	};
	let keys = keysOf(original, nodes.original);
	let otherKeys = keysOf(modified, nodes.modified);
	if (
		hasDuplicates(keys) ||
		(!hasSameItems(keys, otherKeys) && hasDuplicates(otherKeys))
	)
		[keys, otherKeys] = [numberOccurrences(keys), numberOccurrences(otherKeys)];
	const pairs: NodePair[] = [];
	const removed: number[] = [];
	// Keys mostly are in the same order; the others are looked up in a map.
	const length = Math.min(keys.length, otherKeys.length);
	let index = 0;
	let same = 0;
	for (; index < length && keys[index] === otherKeys[index]; index += 1) {
		if (same === 0) same = sameFrom(nodes, index);
		if (same === 0)
			pairs.push([at(nodes.original, index), at(nodes.modified, index)]);
		else same -= 1;
	}
	const rest = new Map<string, number>();
	for (let other = index; other < otherKeys.length; other += 1)
		rest.set(otherKeys[other] ?? "", at(nodes.modified, other));
	for (; index < keys.length; index += 1) {
		const key = keys[index] ?? "";
		const node = at(nodes.original, index);
		const partner = rest.get(key);
		if (partner === undefined) removed.push(node);
		else pairs.push([node, partner]);
		rest.delete(key);
	}
	return { pairs, removed, added: [...rest.values()], moved: [] };
}

function keysOf(tree: Tree, members: Int32Array): readonly string[] {
	const keys: string[] = [];
	for (const member of members) keys.push(keyOf(tree, member));
	return keys;
}

/** More keys than this are compared through a set. */
const FEW_KEYS = 16;

function hasDuplicates(keys: readonly string[]): boolean {
	if (keys.length > FEW_KEYS) return new Set(keys).size < keys.length;
	for (let index = 1; index < keys.length; index += 1)
		if (keys.lastIndexOf(keys[index] ?? "", index - 1) >= 0) return true;
	return false;
}

function hasSameItems(
	keys: readonly string[],
	others: readonly string[],
): boolean {
	return (
		keys.length === others.length &&
		keys.every((key, index) => key === others[index])
	);
}

/** Makes keys unique by how often the same key follows: the last occurrence, which most parsers take, is paired with the last. */
function numberOccurrences(keys: readonly string[]): readonly string[] {
	const counts = new Map<string, number>();
	return keys
		.toReversed()
		.map((key) => {
			const count = counts.get(key) ?? 0;
			counts.set(key, count + 1);
			return `${count} ${key}`;
		})
		.reverse();
}

/** Members that identify an element, if every element has one with another value. */
export const IDENTITY_KEYS = ["id", "key", "name"];

/** Pairs the elements of two arrays by identity; `undefined` when they have none. */
export function pairByIdentity(
	trees: Trees,
	elements: Siblings,
	equality: Equality,
): Pairing | undefined {
	const isSame = equalInPlace(elements, equality);
	const pairing = pairIdentical(trees, {
		original: elements.original.filter((_, index) => isSame[index] !== 1),
		modified: elements.modified.filter((_, index) => isSame[index] !== 1),
	});
	return !pairing || isInPlace(trees, pairing)
		? pairing
		: { ...pairing, moved: movedOf(pairing.pairs, elements, isSame) };
}

/** Whether each element has an identity of its own: annotations, as Ion names flags and variants, or an identity key. */
export function identityOf(
	tree: Tree,
	elements: readonly number[],
): "annotation" | (typeof IDENTITY_KEYS)[number] | undefined {
	return identitiesByAnnotation(tree, elements)
		? "annotation"
		: IDENTITY_KEYS.find((key) => identitiesByKey(tree, elements, key));
}

/** Whether a value may be another one that changed: both are scalars, or the same kind of container. */
export function areComparable(
	{ original, modified }: Trees,
	[left, right]: NodePair,
): boolean {
	const kinds = [at(original.kind, left), at(modified.kind, right)] as const;
	return kinds[0] === kinds[1] || Math.min(...kinds) > ARRAY;
}

/** By position: 1 for elements that are equal where they are, which most are when nothing was added or removed. */
function equalInPlace(
	elements: Siblings,
	{ sameFrom, isSurelyEqual }: Equality,
): Uint8Array {
	const { original, modified } = elements;
	const isSame = new Uint8Array(original.length);
	if (original.length !== modified.length) return isSame;
	for (let index = 0; index < original.length; index += 1) {
		const same = sameFrom(elements, index);
		isSame.fill(1, index, index + same);
		index += same;
		if (
			index < original.length &&
			isSurelyEqual([at(original, index), at(modified, index)])
		)
			isSame[index] = 1;
	}
	return isSame;
}

function pairIdentical(
	{ original, modified }: Trees,
	elements: Siblings,
): Pairing | undefined {
	const annotated = identitiesByAnnotation(original, elements.original);
	const otherAnnotated =
		annotated && identitiesByAnnotation(modified, elements.modified);
	if (annotated && otherAnnotated)
		return pairIdentities(annotated, otherAnnotated);
	for (const key of IDENTITY_KEYS) {
		const keyed = identitiesByKey(original, elements.original, key);
		const otherKeyed =
			keyed && identitiesByKey(modified, elements.modified, key);
		if (keyed && otherKeyed) return pairIdentities(keyed, otherKeyed);
	}
	return undefined;
}

/** Elements by identity. */
export type Identities = ReadonlyMap<string, number>;

function pairIdentities(original: Identities, modified: Identities): Pairing {
	const pairs: NodePair[] = [];
	const removed: number[] = [];
	for (const [identity, element] of original) {
		const partner = modified.get(identity);
		if (partner === undefined) removed.push(element);
		else pairs.push([element, partner]);
	}
	const added = [...modified]
		.filter(([identity]) => !original.has(identity))
		.map(([, element]) => element);
	return { pairs, removed, added, moved: [] };
}

/** Elements by their annotations; `undefined` unless each has one of its own. */
export function identitiesByAnnotation(
	tree: Tree,
	elements: Iterable<number>,
): Identities | undefined {
	if (!tree.tag) return undefined;
	const identities = new Map<string, number>();
	for (const element of elements) {
		const tag = tagOf(tree, element);
		if (!tag.endsWith("::") || identities.has(tag)) return undefined;
		identities.set(tag, element);
	}
	return identities;
}

/** Elements by the value of a member; `undefined` unless each is an object that has another one. */
export function identitiesByKey(
	tree: Tree,
	elements: Iterable<number>,
	key: string,
): Identities | undefined {
	const identities = new Map<string, number>();
	// Identity keys are written without escapes.
	const token = `"${key}"`;
	for (const element of elements) {
		if (at(tree.kind, element) !== OBJECT) return undefined;
		const member = memberOf(tree, element, token);
		const identity =
			member === undefined ? undefined : identityFrom(tree, member);
		if (identity === undefined || identities.has(identity)) return undefined;
		identities.set(identity, element);
	}
	return identities;
}

function memberOf(
	tree: Tree,
	object: number,
	keyToken: string,
): number | undefined {
	const end = subtreeEnd(tree, object);
	for (let node = object + 1; node < end; node = subtreeEnd(tree, node))
		if (tree.text.startsWith(keyToken, at(tree.key, node))) return node;
	return undefined;
}

/** As written, without the escapes of strings: "1" and the number 1 are different. */
function identityFrom(tree: Tree, node: number): string | undefined {
	const kind = at(tree.kind, node);
	if (kind !== NUMBER && kind !== STRING) return undefined;
	const source = valueSource(tree, node);
	return source.includes("\\") ? JSON.stringify(JSON.parse(source)) : source;
}

/** Whether every pair is at the same position on both sides. */
function isInPlace({ original, modified }: Trees, { pairs }: Pairing): boolean {
	return pairs.every(
		([left, right]) => at(original.index, left) === at(modified.index, right),
	);
}

/** The fewest pairs without which the order is the same on both sides. Nodes are numbered in document order. */
function movedOf(
	pairs: readonly NodePair[],
	elements: Siblings,
	isSame: Uint8Array,
): readonly NodePair[] {
	const all = [...pairs];
	for (const [index, node] of elements.original.entries())
		if (isSame[index] === 1) all.push([node, at(elements.modified, index)]);
	all.sort((a, b) => a[0] - b[0]);
	if (all.every(([, node], index) => node > (all[index - 1]?.[1] ?? -1)))
		return [];
	const inOrder = new Set(
		longestIncreasingSubsequence(Int32Array.from(all, ([, node]) => node)),
	);
	return all.filter((_, index) => !inOrder.has(index));
}

// What makes an element of an array itself whatever else changes: a member called id, key or name that every element has, each another.
import { tagOf, valueSource } from "../../json/children.ts";
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
import type { NodePair, Pairing, Side, Sides } from "./diff-input.ts";
import type { Equality } from "./equality.ts";
import type { ChildrenApart } from "./parallel-walk.ts";

const IDENTITY_KEYS = ["id", "key", "name"];

export interface Elements {
	readonly original: Int32Array;
	readonly modified: Int32Array;
}

/** `undefined` when the elements have no identity; those that are equal where they stand are not asked for theirs. */
export function pairByIdentity(
	sides: Sides,
	elements: Elements,
	equality: Equality,
): Pairing | undefined {
	const isSame = sameInPlace(elements, equality);
	const rest: Elements = {
		original: elements.original.filter((_, index) => isSame[index] !== 1),
		modified: elements.modified.filter((_, index) => isSame[index] !== 1),
	};
	const pairing = pairIdentical(sides, rest);
	return !pairing || isInPlace(sides, pairing)
		? pairing
		: { ...pairing, moved: movedOf(pairing.pairs, elements, isSame) };
}

interface Nodes {
	readonly original: Iterable<number>;
	readonly modified: Iterable<number>;
}

/** Not yet told what moved. */
function pairIdentical(sides: Sides, elements: Nodes): Pairing | undefined {
	const tagged = annotatedOf(sides.original, elements.original);
	const retagged = tagged && annotatedOf(sides.modified, elements.modified);
	if (tagged && retagged) return pair([tagged, retagged]);
	for (const key of IDENTITY_KEYS) {
		const original = identitiesOf(sides.original, elements.original, key);
		const modified =
			original && identitiesOf(sides.modified, elements.modified, key);
		if (original && modified) return pair([original, modified]);
	}
	return undefined;
}

/** Of elements in step: whether each has an identity, and what differs in them is something else; or whether there is but one. */
export function areThemselves(
	sides: Sides,
	elements: readonly NodePair[],
	children: ChildrenApart,
): boolean {
	const { tree } = sides.original;
	const olds = elements.map(([original]) => original);
	// In step they stand under the same annotations.
	if (annotatedOf(sides.original, olds)) return true;
	const key = IDENTITY_KEYS.find((key) =>
		identitiesOf(sides.original, olds, key),
	);
	if (key === undefined)
		return (
			elements.length === 1 && elements.every((pair) => isOne(sides, pair))
		);
	const token = `"${key}"`;
	return elements.every(([original]) =>
		children
			.get(original)
			?.every(([child]) => !tree.text.startsWith(token, at(tree.key, child))),
	);
}

/** Of the only elements that differ: whether one became the other. Nothing else it could have been. */
export function isOne(
	{ original, modified }: Sides,
	[one, other]: NodePair,
): boolean {
	const kinds = [
		at(original.tree.kind, one),
		at(modified.tree.kind, other),
	] as const;
	return kinds[0] === kinds[1] || Math.min(...kinds) > ARRAY;
}

/** Where nothing was added or removed, most elements are where they were: 1 by position. */
function sameInPlace(
	elements: Elements,
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

/** Every pair where it was: then so is everything between them. */
function isInPlace(sides: Sides, { pairs }: Pairing): boolean {
	const { index: left } = sides.original.tree;
	const { index: right } = sides.modified.tree;
	return pairs.every(
		([original, modified]) => at(left, original) === at(right, modified),
	);
}

/** Nodes are numbered in the order of their document. */
function movedOf(
	pairs: readonly NodePair[],
	elements: Elements,
	isSame: Uint8Array,
): readonly NodePair[] {
	const all = [...pairs];
	for (const [index, original] of elements.original.entries())
		if (isSame[index] === 1) all.push([original, at(elements.modified, index)]);
	all.sort((a, b) => a[0] - b[0]);
	if (
		all.every(([, modified], index) => modified > (all[index - 1]?.[1] ?? -1))
	)
		return [];
	const rising = longestIncreasingSubsequence(
		Int32Array.from(all, ([, modified]) => modified),
	);
	const stayed = new Set(rising);
	return all.filter((_, index) => !stayed.has(index));
}

/** Element by identity. */
type Identities = ReadonlyMap<string, number>;

/** By annotations, as Ion names flags and their variants; `undefined` unless every element has one of its own. */
function annotatedOf(
	{ tree }: Side,
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

function identitiesOf(
	{ tree }: Side,
	elements: Iterable<number>,
	key: string,
): Identities | undefined {
	const identities = new Map<string, number>();
	// Written plainly, as identity keys are.
	const token = `"${key}"`;
	for (const element of elements) {
		if (at(tree.kind, element) !== OBJECT) return undefined;
		const member = memberOf(tree, element, token);
		const identity =
			member === undefined ? undefined : toIdentity(tree, member);
		if (identity === undefined || identities.has(identity)) return undefined;
		identities.set(identity, element);
	}
	return identities;
}

/** The last one, if there are several: that is the one which counts. */
function memberOf(
	tree: Tree,
	object: number,
	token: string,
): number | undefined {
	const end = subtreeEnd(tree, object);
	const edge = at(tree.end, object);
	let found: number | undefined;
	for (let node = object + 1; node < end; node = subtreeEnd(tree, node)) {
		if (!tree.text.startsWith(token, at(tree.key, node))) continue;
		found = node;
		// Mostly it is the first: what follows is looked through as text.
		if (!tree.text.slice(at(tree.end, node), edge).includes(token)) break;
	}
	return found;
}

/** As written, a string without escapes that it can do without: "1" and the number 1 are not the same. */
function toIdentity(tree: Tree, node: number): string | undefined {
	const kind = at(tree.kind, node);
	if (kind !== NUMBER && kind !== STRING) return undefined;
	const source = valueSource(tree, node);
	return source.includes("\\") ? JSON.stringify(JSON.parse(source)) : source;
}

function pair([original, modified]: readonly [
	Identities,
	Identities,
]): Pairing {
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

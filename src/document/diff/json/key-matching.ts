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
import { longestRising } from "../text/anchors.ts";
import type { NodePair, Pairing, Side, Sides } from "./diff-input.ts";
import type { Equality } from "./equality.ts";
import type { ChildrenApart } from "./parallel-walk.ts";

const IDENTITY_KEYS = ["id", "key", "name"];

export interface Elements {
	readonly old: Int32Array;
	readonly new: Int32Array;
}

/** `undefined` when the elements have no identity; those that are equal where they stand are not asked for theirs. */
export function pairByIdentity(
	sides: Sides,
	elements: Elements,
	equality: Equality,
): Pairing | undefined {
	const isSame = sameInPlace(elements, equality);
	const rest: Elements = {
		old: elements.old.filter((_, index) => isSame[index] !== 1),
		new: elements.new.filter((_, index) => isSame[index] !== 1),
	};
	const pairing = pairIdentical(sides, rest);
	return !pairing || isInPlace(sides, pairing)
		? pairing
		: { ...pairing, moved: movedOf(pairing.pairs, elements, isSame) };
}

interface Nodes {
	readonly old: Iterable<number>;
	readonly new: Iterable<number>;
}

/** Not yet told what moved. */
function pairIdentical(sides: Sides, elements: Nodes): Pairing | undefined {
	const tagged = annotatedOf(sides.old, elements.old);
	const retagged = tagged && annotatedOf(sides.new, elements.new);
	if (tagged && retagged) return pair([tagged, retagged]);
	for (const key of IDENTITY_KEYS) {
		const old = identitiesOf(sides.old, elements.old, key);
		const fresh = old && identitiesOf(sides.new, elements.new, key);
		if (old && fresh) return pair([old, fresh]);
	}
	return undefined;
}

/** Of elements in step: whether each has an identity, and what differs in them is something else; or whether there is but one. */
export function areThemselves(
	sides: Sides,
	elements: readonly NodePair[],
	children: ChildrenApart,
): boolean {
	const { tree } = sides.old;
	const olds = elements.map(([old]) => old);
	// In step they stand under the same annotations.
	if (annotatedOf(sides.old, olds)) return true;
	const key = IDENTITY_KEYS.find((key) => identitiesOf(sides.old, olds, key));
	if (key === undefined)
		return (
			elements.length === 1 && elements.every((pair) => isOne(sides, pair))
		);
	const token = `"${key}"`;
	return elements.every(([old]) =>
		children
			.get(old)
			?.every(([child]) => !tree.text.startsWith(token, at(tree.key, child))),
	);
}

/** Of the only elements that differ: whether one became the other. Nothing else it could have been. */
export function isOne(
	{ old, new: fresh }: Sides,
	[one, other]: NodePair,
): boolean {
	const kinds = [at(old.tree.kind, one), at(fresh.tree.kind, other)] as const;
	return kinds[0] === kinds[1] || Math.min(...kinds) > ARRAY;
}

/** Where nothing was added or removed, most elements are where they were: 1 by position. */
function sameInPlace(
	elements: Elements,
	{ sameFrom, isSurelyEqual }: Equality,
): Uint8Array {
	const { old, new: fresh } = elements;
	const isSame = new Uint8Array(old.length);
	if (old.length !== fresh.length) return isSame;
	for (let index = 0; index < old.length; index += 1) {
		const same = sameFrom(elements, index);
		isSame.fill(1, index, index + same);
		index += same;
		if (index < old.length && isSurelyEqual([at(old, index), at(fresh, index)]))
			isSame[index] = 1;
	}
	return isSame;
}

/** Every pair where it was: then so is everything between them. */
function isInPlace(sides: Sides, { pairs }: Pairing): boolean {
	const { index: left } = sides.old.tree;
	const { index: right } = sides.new.tree;
	return pairs.every(([old, fresh]) => at(left, old) === at(right, fresh));
}

/** Nodes are numbered in the order of their document. */
function movedOf(
	pairs: readonly NodePair[],
	elements: Elements,
	isSame: Uint8Array,
): readonly NodePair[] {
	const all = [...pairs];
	for (const [index, old] of elements.old.entries())
		if (isSame[index] === 1) all.push([old, at(elements.new, index)]);
	all.sort((a, b) => a[0] - b[0]);
	if (all.every(([, fresh], index) => fresh > (all[index - 1]?.[1] ?? -1)))
		return [];
	const rising = longestRising(Int32Array.from(all, ([, fresh]) => fresh));
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

function pair([old, fresh]: readonly [Identities, Identities]): Pairing {
	const pairs: NodePair[] = [];
	const removed: number[] = [];
	for (const [identity, element] of old) {
		const partner = fresh.get(identity);
		if (partner === undefined) removed.push(element);
		else pairs.push([element, partner]);
	}
	const added = [...fresh]
		.filter(([identity]) => !old.has(identity))
		.map(([, element]) => element);
	return { pairs, removed, added, moved: [] };
}

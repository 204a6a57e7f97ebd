// What makes an element of an array itself whatever else changes: a member called id, key or name that every element has, each another.
import { after, at, NUMBER, OBJECT, STRING, type Tree } from "../tree.ts";
import { longestRising } from "./anchors.ts";
import type { NodePair, Pairing, Side, Sides } from "./side.ts";
import { keyOf, meaningOf, sourceOf } from "./tokens.ts";

const IDENTITY_KEYS = ["id", "key", "name"];

export interface Elements {
	readonly old: Int32Array;
	readonly new: Int32Array;
}

/** `undefined` when the elements have no identity. */
export function pairByIdentity(
	sides: Sides,
	elements: Elements,
): Pairing | undefined {
	for (const key of IDENTITY_KEYS) {
		const old = identitiesOf(sides.old, elements.old, key);
		const fresh = old && identitiesOf(sides.new, elements.new, key);
		if (old && fresh) return pair([old, fresh], elements);
	}
	return undefined;
}

/** Position by identity. */
type Identities = ReadonlyMap<string, number>;

function identitiesOf(
	{ tree, prints }: Side,
	elements: Int32Array,
	key: string,
): Identities | undefined {
	const identities = new Map<string, number>();
	for (const [position, element] of elements.entries()) {
		if (at(tree.kind, element) !== OBJECT) return undefined;
		const member = memberOf(
			tree,
			element,
			(node) => at(prints.shadow, node) === 0 && keyOf(tree, node) === key,
		);
		const identity =
			member === undefined ? undefined : toIdentity(tree, member);
		if (identity === undefined || identities.has(identity)) return undefined;
		identities.set(identity, position);
	}
	return identities;
}

function memberOf(
	tree: Tree,
	object: number,
	isWanted: (node: number) => boolean,
): number | undefined {
	const end = after(tree, object);
	for (let node = object + 1; node < end; node = after(tree, node))
		if (isWanted(node)) return node;
	return undefined;
}

/** The string "1" and the number 1 are not the same. */
function toIdentity(tree: Tree, node: number): string | undefined {
	const kind = at(tree.kind, node);
	if (kind === NUMBER) return sourceOf(tree, node);
	if (kind === STRING) return `"${meaningOf(sourceOf(tree, node))}`;
	return undefined;
}

function pair(
	[old, fresh]: readonly [Identities, Identities],
	elements: Elements,
): Pairing {
	const positions: NodePair[] = [];
	const removed: number[] = [];
	for (const [identity, position] of old) {
		const partner = fresh.get(identity);
		if (partner === undefined) removed.push(at(elements.old, position));
		else positions.push([position, partner]);
	}
	const added = [...fresh]
		.filter(([identity]) => !old.has(identity))
		.map(([, position]) => at(elements.new, position));
	const stayed = new Set(longestRising(positions));
	const toNodes = ([left, right]: NodePair): NodePair => [
		at(elements.old, left),
		at(elements.new, right),
	];
	return {
		pairs: positions.map(toNodes),
		removed,
		added,
		moved: positions.filter((position) => !stayed.has(position)).map(toNodes),
	};
}

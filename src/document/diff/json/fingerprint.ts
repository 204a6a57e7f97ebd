// A number for every value of a tree, from its content: equal values have equal ones, whatever their white space and the order of their keys.
import { decodeString } from "../../json/children.ts";
import { scanString } from "../../json/json-scanner.ts";
import {
	ARRAY,
	at,
	NONE,
	OBJECT,
	STRING,
	subtreeEnd,
	type Tree,
} from "../../json/tree.ts";
import { tagKeyOf } from "../tags.ts";
import { type KeyTable, shadowOf, toKeyTable } from "./duplicate-keys.ts";

/** Two words of 32 bits: two different values have the same once in 2^64. Filled where `fingerprint` was called. */
export interface Fingerprints {
	readonly low: Int32Array;
	readonly high: Int32Array;
	/** Of the member's key; 0 for elements. */
	readonly key: Int32Array;
	/** How many members with the same key follow in the same object: only one with 0 counts when it is parsed. */
	readonly shadow: Int32Array;
	/** 1 where the rest is filled. */
	readonly known: Uint8Array;
	readonly table: KeyTable;
}

const LOW = 0x01000193;
const HIGH = 0x5bd1e995;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function createFingerprints({ count }: Tree): Fingerprints {
	return {
		low: new Int32Array(count),
		high: new Int32Array(count),
		key: new Int32Array(count),
		shadow: new Int32Array(count),
		known: new Uint8Array(count),
		table: toKeyTable(count),
	};
}

/** Fills them for the root or an element and all below it, bottom up: children come after their parents, so backwards every child is known before its parent. */
export function fingerprint(
	tree: Tree,
	prints: Fingerprints,
	top: number,
): void {
	const { known, shadow, table } = prints;
	if (known[top] === 1) return;
	const digest: Digest = { low: 0, high: 0 };
	for (let node = subtreeEnd(tree, top) - 1; node >= top; node -= 1) {
		if (known[node] !== 1) {
			addValue(tree, [prints, digest], node);
			addKey(tree, [prints, digest], node);
			shadow[node] = shadowOf(tree, [prints, table], node);
			known[node] = 1;
		}
		const parent = at(tree.parent, node);
		if (node !== top && known[parent] !== 1) addToParent(tree, prints, node);
	}
}

/** One for all tokens: there are hundreds of thousands. */
interface Digest {
	low: number;
	high: number;
}

function addValue(
	tree: Tree,
	[{ low, high }, digest]: readonly [Fingerprints, Digest],
	node: number,
): void {
	const kind = at(tree.kind, node);
	if (kind === OBJECT || kind === ARRAY) {
		// What the children have added up so far.
		low[node] = mix(at(low, node) ^ (kind + 1), LOW);
		high[node] = mix(at(high, node) ^ (kind + 1), HIGH);
	} else {
		const start = at(tree.start, node);
		if (kind === STRING) digestString(tree.text, start, digest);
		else digestRange(tree.text, [start, at(tree.end, node)], digest);
		low[node] = mix(digest.low ^ kind, LOW);
		high[node] = mix(digest.high ^ kind, HIGH);
	}
	if (tree.tag) addTag(tree, [{ low, high }, digest], node);
}

/** A value without one counts as it would in plain JSON: the other document may be that. */
function addTag(
	tree: Tree,
	[{ low, high }, digest]: readonly [
		Pick<Fingerprints, "low" | "high">,
		Digest,
	],
	node: number,
): void {
	const tag = tagKeyOf(tree, node);
	if (tag === "") return;
	digestRange(tag, [0, tag.length], digest);
	low[node] = mix(at(low, node) ^ digest.low, LOW);
	high[node] = mix(at(high, node) ^ digest.high, HIGH);
}

function addKey(
	tree: Tree,
	[{ key }, digest]: readonly [Fingerprints, Digest],
	node: number,
): void {
	const start = at(tree.key, node);
	if (start === NONE) return;
	digestString(tree.text, start, digest);
	key[node] = digest.low ^ digest.high;
}

/** Members add up in any order; elements count by their position. */
function addToParent(tree: Tree, prints: Fingerprints, node: number): void {
	const { low, high, key, shadow } = prints;
	const parent = at(tree.parent, node);
	const isMember = at(tree.kind, parent) === OBJECT;
	const place = isMember
		? at(key, node) + at(shadow, node)
		: at(tree.index, node) + 1;
	low[parent] = at(low, parent) + mix(at(low, node) ^ mix(place, LOW), LOW);
	high[parent] =
		at(high, parent) + mix(at(high, node) ^ mix(place + 1, HIGH), HIGH);
}

/** What a string token means: the same whether its characters are escaped or not. */
function digestString(text: string, quote: number, digest: Digest): void {
	let low = 0x811c9dc5;
	let high = 0x1b873593;
	for (let index = quote + 1; ; index += 1) {
		const code = text.charCodeAt(index);
		if (code === QUOTE) break;
		if (code === BACKSLASH) {
			const token = text.slice(quote, scanString(text, quote));
			const meaning = decodeString(token);
			digestRange(meaning, [0, meaning.length], digest);
			return;
		}
		low = Math.imul(low ^ code, LOW);
		high = Math.imul(high ^ code, HIGH);
	}
	digest.low = low;
	digest.high = high ^ (high >>> 15);
}

function digestRange(
	text: string,
	[from, to]: readonly [number, number],
	digest: Digest,
): void {
	let low = 0x811c9dc5;
	let high = 0x1b873593;
	for (let index = from; index < to; index += 1) {
		const code = text.charCodeAt(index);
		low = Math.imul(low ^ code, LOW);
		high = Math.imul(high ^ code, HIGH);
	}
	digest.low = low;
	digest.high = high ^ (high >>> 15);
}

function mix(value: number, factor: number): number {
	const mixed = Math.imul(value ^ (value >>> 16), factor);
	return Math.imul(mixed ^ (mixed >>> 13), 0x85ebca6b) ^ (mixed >>> 7);
}

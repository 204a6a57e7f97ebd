import {
	bracketsOf,
	decodeString,
	tagOf,
	valueSource,
} from "../../json/children.ts";
import { scanString } from "../../json/json-scanner.ts";
import {
	ARRAY,
	at,
	isContainer,
	NONE,
	OBJECT,
	STRING,
	subtreeEnd,
	type Tree,
} from "../../json/tree.ts";
import { equalAhead } from "../text/common-prefix.ts";

/** A node of the original document and one of the modified. */
export type NodePair = readonly [original: number, modified: number];

export interface Trees {
	readonly original: Tree;
	readonly modified: Tree;
}

export interface DiffInputs extends Trees {
	/** Allocated when they are used first, because many comparisons do not need them. */
	readonly fingerprints: {
		readonly original: Fingerprints;
		readonly modified: Fingerprints;
	};
}

export function createDiffInputs(original: Tree, modified: Tree): DiffInputs {
	let fingerprints: DiffInputs["fingerprints"] | undefined;
	return {
		original,
		modified,
		get fingerprints() {
			fingerprints ??= {
				original: createFingerprints(original),
				modified: createFingerprints(modified),
			};
			return fingerprints;
		},
	};
}

/** The children of a node. Not by childCount, which is slow in deep documents. */
export function childListOf(tree: Tree, node: number): Int32Array {
	const end = subtreeEnd(tree, node);
	const children: number[] = [];
	for (let child = node + 1; child < end; child = subtreeEnd(tree, child))
		children.push(child);
	return new Int32Array(children);
}

/** Whether two values have the same YAML tag or Ion annotations, and neither or both are an s-expression. */
export function hasSameTag(
	{ original, modified }: Trees,
	[left, right]: NodePair,
): boolean {
	if (!original.tag && !modified.tag) return true;
	return (
		tagOf(original, left) === tagOf(modified, right) &&
		openingOf(original, left) === openingOf(modified, right)
	);
}

/** What distinguishes a value besides its content, as text. Only for trees with tags. */
export function tagKeyOf(tree: Tree, node: number): string {
	return `${tagOf(tree, node)}${openingOf(tree, node) === "(" ? "(" : ""}`;
}

function openingOf(tree: Tree, node: number): string {
	return isContainer(tree, node) ? bracketsOf(tree, node)[0] : "";
}

/** Sibling nodes in a row, on either side. */
export interface Siblings {
	readonly original: Int32Array;
	readonly modified: Int32Array;
}

/** Compares values by their text where that decides, and by fingerprints otherwise. */
export interface Equality {
	/** True: equal. False: not known to be equal. */
	isSurelyEqual(pair: NodePair): boolean;
	/** How many values from a position on have the same text on both sides. */
	sameFrom(values: Siblings, position: number): number;
	/** Equal but for white space, escapes and the order of keys. Computes fingerprints. */
	isEqual(pair: NodePair): boolean;
}

/** Characters compared before fingerprints are faster: in deep documents the same text is in many values. */
const MAX_COMPARED = 32 * 1024 * 1024;

export function createEquality(inputs: DiffInputs): Equality {
	const { original, modified } = inputs;
	const texts = { original: original.text, modified: modified.text };
	const shortest = Math.min(original.text.length, modified.text.length);
	const prefix = equalAhead(texts, [0, 0], shortest);
	let budget = MAX_COMPARED;

	function isSurelyEqual(pair: NodePair): boolean {
		if (!hasSameTag(inputs, pair)) return false;
		const [left, right] = pair;
		const start = at(original.start, left);
		const length = at(original.end, left) - start;
		const otherStart = at(modified.start, right);
		if (at(modified.end, right) - otherStart !== length)
			return isSameString(inputs, pair);
		// A value that begins within the common prefix of both texts either ends within it or differs.
		if (start === otherStart && start < prefix) {
			if (start + length <= prefix) return true;
			if (isContainer(original, left)) return false;
		}
		if (budget < 0) return isEqual(pair);
		budget -= length;
		const isSame =
			original.text.substring(start, start + length) ===
			modified.text.substring(otherStart, otherStart + length);
		return isSame || isSameString(inputs, pair);
	}

	function isEqual(pair: NodePair): boolean {
		const [left, right] = budget < 0 ? [0, 0] : pair;
		const { fingerprints } = inputs;
		computeFingerprints(original, fingerprints.original, left);
		computeFingerprints(modified, fingerprints.modified, right);
		return (
			at(fingerprints.original.low, pair[0]) ===
				at(fingerprints.modified.low, pair[1]) &&
			at(fingerprints.original.high, pair[0]) ===
				at(fingerprints.modified.high, pair[1])
		);
	}

	function sameFrom(values: Siblings, position: number): number {
		const count = Math.min(values.original.length, values.modified.length);
		if (position >= count || budget < 0) return 0;
		const first: NodePair = [
			at(values.original, position),
			at(values.modified, position),
		];
		// The tags of the other values stand between the values, in the text that is compared.
		if (!hasSameTag(inputs, first)) return 0;
		const start = at(original.start, first[0]);
		const otherStart = at(modified.start, first[1]);
		const limit = Math.min(
			at(original.end, at(values.original, count - 1)) - start,
			at(modified.end, at(values.modified, count - 1)) - otherStart,
		);
		const firstLength = at(original.end, first[0]) - start;
		const length = equalAhead(texts, [start, otherStart], limit, firstLength);
		budget -= length;
		// Values that end on both sides within the same text are equal.
		let index = position;
		while (
			index < count &&
			at(original.end, at(values.original, index)) - start <= length &&
			at(modified.end, at(values.modified, index)) - otherStart <= length
		)
			index += 1;
		return index - position;
	}

	return { isSurelyEqual, sameFrom, isEqual };
}

/** Strings with the same characters, at least one of which is escaped. */
export function isSameString(trees: Trees, pair: NodePair): boolean {
	const { original, modified } = trees;
	const [left, right] = pair;
	if (at(original.kind, left) !== STRING || at(modified.kind, right) !== STRING)
		return false;
	if (!hasSameTag(trees, pair)) return false;
	const before = valueSource(original, left);
	const after = valueSource(modified, right);
	if (!before.includes("\\") && !after.includes("\\")) return false;
	return decodeString(before) === decodeString(after);
}

/** Whether two number tokens mean exactly the same number: 1.0 and 1, 1e2 and 100, but not 0.1 and 0.10000000000000001. */
export function isSameNumber(one: string, other: string): boolean {
	return one === other || normalizeNumber(one) === normalizeNumber(other);
}

/** The significant digits and a power of ten. Of spellings that JSON lacks, those that every YAML and Ion reader takes alike. */
function normalizeNumber(token: string): string {
	if (/^0(?:x[\da-f]+|o[0-7]+)$/i.test(token))
		return normalizeNumber(BigInt(token.toLowerCase()).toString());
	if (/^[-+]?\.(?:inf|nan)$/i.test(token))
		return token.toLowerCase().replace("+", "");
	// Numbers with a leading zero stay as they are: some readers take them for octal.
	const parts =
		/^([-+]?)(?=\.?\d)(0|[1-9]\d*|)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(
			token,
		);
	if (!parts) return token;
	const [, signs = "", whole = "", fraction = "", power = "0"] = parts;
	const sign = signs.replace("+", "");
	const digits = (whole + fraction).replace(/^0+/, "");
	const significant = digits.replace(/0+$/, "");
	if (significant === "") return "0";
	const exponent =
		BigInt(power) -
		BigInt(fraction.length) +
		BigInt(digits.length - significant.length);
	return `${sign}${significant}e${exponent}`;
}

/**
 * 64 bits for each value, in two arrays by node: equal values have equal fingerprints, whatever their white space and the
 * order of their keys. Two different values have the same once in 2^64.
 */
export interface Fingerprints {
	readonly low: Int32Array;
	readonly high: Int32Array;
	/** Of the member's key; 0 for elements. */
	readonly key: Int32Array;
	/** 1 where the other arrays are filled. */
	readonly known: Uint8Array;
}

const LOW = 0x01000193;
const HIGH = 0x5bd1e995;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function createFingerprints({ count }: Tree): Fingerprints {
	return {
		low: new Int32Array(count),
		high: new Int32Array(count),
		key: new Int32Array(count),
		known: new Uint8Array(count),
	};
}

/** Fills the fingerprints of `top` and all nodes below it. Backwards, because children come after their parents. */
export function computeFingerprints(
	tree: Tree,
	fingerprints: Fingerprints,
	top: number,
): void {
	const { known } = fingerprints;
	if (known[top] === 1) return;
	const digest: Digest = { low: 0, high: 0 };
	for (let node = subtreeEnd(tree, top) - 1; node >= top; node -= 1) {
		if (known[node] !== 1) {
			addValue(tree, fingerprints, digest, node);
			const start = at(tree.key, node);
			if (start !== NONE) {
				digestString(tree.text, start, digest);
				fingerprints.key[node] = digest.low ^ digest.high;
			}
			known[node] = 1;
		}
		const parent = at(tree.parent, node);
		if (node !== top && known[parent] !== 1)
			addToParent(tree, fingerprints, node, parent);
	}
}

/** Reused for all tokens, because there are hundreds of thousands. */
interface Digest {
	low: number;
	high: number;
}

function addValue(
	tree: Tree,
	fingerprints: Fingerprints,
	digest: Digest,
	node: number,
): void {
	const { low, high } = fingerprints;
	const kind = at(tree.kind, node);
	if (kind === OBJECT || kind === ARRAY) {
		if (kind === OBJECT && hasDuplicateKeys(tree, fingerprints, node))
			addMembersInOrder(tree, fingerprints, node);
		// The children have been added up in the node's entry.
		low[node] = mix(at(low, node) ^ (kind + 1), LOW);
		high[node] = mix(at(high, node) ^ (kind + 1), HIGH);
	} else {
		const start = at(tree.start, node);
		if (kind === STRING) digestString(tree.text, start, digest);
		else digestRange(tree.text, start, at(tree.end, node), digest);
		low[node] = mix(digest.low ^ kind, LOW);
		high[node] = mix(digest.high ^ kind, HIGH);
	}
	// A value without a tag has the same fingerprint as in plain JSON: the other document may be that.
	const tag = tree.tag ? tagKeyOf(tree, node) : "";
	if (tag === "") return;
	digestRange(tag, 0, tag.length, digest);
	low[node] = mix(at(low, node) ^ digest.low, LOW);
	high[node] = mix(at(high, node) ^ digest.high, HIGH);
}

/** Members are added up in any order, elements by their position. */
function addToParent(
	tree: Tree,
	{ low, high, key }: Fingerprints,
	node: number,
	parent: number,
): void {
	const isMember = at(tree.kind, parent) === OBJECT;
	const place = isMember ? at(key, node) : at(tree.index, node) + 1;
	low[parent] = at(low, parent) + mix(at(low, node) ^ mix(place, LOW), LOW);
	high[parent] =
		at(high, parent) + mix(at(high, node) ^ mix(place + 1, HIGH), HIGH);
}

/** More keys than this are compared through a set. */
const FEW_KEYS = 16;

function hasDuplicateKeys(
	tree: Tree,
	{ key }: Fingerprints,
	object: number,
): boolean {
	const end = subtreeEnd(tree, object);
	const keys: number[] = [];
	for (let child = object + 1; child < end; child = subtreeEnd(tree, child))
		keys.push(at(key, child));
	if (keys.length > FEW_KEYS) return new Set(keys).size < keys.length;
	for (let index = 1; index < keys.length; index += 1)
		if (keys.lastIndexOf(keys[index] ?? 0, index - 1) >= 0) return true;
	return false;
}

/** The order of members with the same key counts: parsers mostly take the last one. */
function addMembersInOrder(
	tree: Tree,
	{ low, high, key }: Fingerprints,
	object: number,
): void {
	const end = subtreeEnd(tree, object);
	for (let child = object + 1; child < end; child = subtreeEnd(tree, child)) {
		low[object] = mix(at(low, object) ^ at(low, child) ^ at(key, child), LOW);
		high[object] = mix(
			at(high, object) ^ at(high, child) ^ at(key, child),
			HIGH,
		);
	}
}

/** By what a string token means, whether its characters are escaped or not. */
function digestString(text: string, quote: number, digest: Digest): void {
	let low = 0x811c9dc5;
	let high = 0x1b873593;
	for (let index = quote + 1; ; index += 1) {
		const code = text.charCodeAt(index);
		if (code === QUOTE) break;
		if (code === BACKSLASH) {
			const token = text.slice(quote, scanString(text, quote));
			const decoded = decodeString(token);
			digestRange(decoded, 0, decoded.length, digest);
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
	from: number,
	to: number,
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

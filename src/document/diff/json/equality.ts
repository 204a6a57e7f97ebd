// Whether two values are equal, as cheaply as it can be told: by their text first, by fingerprints where that does not decide.
import { decodeString, valueSource } from "../../json/children.ts";
import { at, isContainer, NONE, STRING } from "../../json/tree.ts";
import { hasSameTag } from "../tags.ts";
import { equalAhead } from "../text/common-prefix.ts";
import type { NodePair, Sides } from "./diff-input.ts";
import { fingerprint } from "./fingerprint.ts";

export interface Equality {
	/** True means equal; false that it is not known to be. */
	isSurelyEqual(pair: NodePair): boolean;
	/** How many values from a position on have the same text on both sides; each side's are siblings in a row. */
	sameFrom(values: Values, position: number): number;
	/** Exact, but for white space, escapes and the order of keys; costs more the first time. */
	isEqual(pair: NodePair): boolean;
}

/** Nodes that follow each other, on either side. */
export interface Values {
	readonly original: Int32Array;
	readonly modified: Int32Array;
}

/** Characters compared before fingerprints are cheaper: in deep documents a value is within another within another. */
const BUDGET = 32 * 1024 * 1024;

export function createEquality(sides: Sides): Equality {
	const { tree: left } = sides.original;
	const { tree: right } = sides.modified;
	const shortest = Math.min(left.text.length, right.text.length);
	const prefix = equalAhead(
		{ original: left.text, modified: right.text },
		[0, 0],
		shortest,
	);
	let budget = BUDGET;

	function isSurelyEqual(pair: NodePair): boolean {
		if (!hasSameTag(left, right, pair)) return false;
		const [original, modified] = pair;
		const start = at(left.start, original);
		const length = at(left.end, original) - start;
		const other = at(right.start, modified);
		if (at(right.end, modified) - other !== length)
			return isSameString(sides, pair);
		// Both begin within what is the same from the start on: it ends behind them, or they differ.
		if (start === other && start < prefix && start + length <= prefix)
			return true;
		if (start === other && start < prefix && isContainer(left, original))
			return false;
		if (budget < 0) return isEqual(pair);
		budget -= length;
		const isSame =
			left.text.substring(start, start + length) ===
			right.text.substring(other, other + length);
		return isSame || isSameString(sides, pair);
	}

	function isEqual(pair: NodePair): boolean {
		// A member's fingerprint depends on those that follow it.
		const isMember = at(left.key, pair[0]) !== NONE;
		const top = budget < 0 || isMember ? ROOTS : pair;
		fingerprint(left, sides.original.prints, top[0]);
		fingerprint(right, sides.modified.prints, top[1]);
		return isSamePrint(sides, pair);
	}

	function sameFrom({ original, modified }: Values, position: number): number {
		const count = Math.min(original.length, modified.length);
		if (position >= count || budget < 0) return 0;
		// Those of the others stand between the values, in the text that is compared.
		const first: NodePair = [at(original, position), at(modified, position)];
		if (!hasSameTag(left, right, first)) return 0;
		const start = at(left.start, at(original, position));
		const other = at(right.start, at(modified, position));
		const limit = Math.min(
			at(left.end, at(original, count - 1)) - start,
			at(right.end, at(modified, count - 1)) - other,
		);
		const texts = { original: left.text, modified: right.text };
		const atLeast = at(left.end, at(original, position)) - start;
		const length = equalAhead(texts, [start, other], limit, atLeast);
		budget -= length;
		// What ends on both sides within text that is the same was read the same.
		let index = position;
		while (
			index < count &&
			at(left.end, at(original, index)) - start <= length &&
			at(right.end, at(modified, index)) - other <= length
		)
			index += 1;
		return index - position;
	}

	return { isSurelyEqual, sameFrom, isEqual };
}

const ROOTS: NodePair = [0, 0];

function isSamePrint(
	{ original: { prints: left }, modified: { prints: right } }: Sides,
	[original, modified]: NodePair,
): boolean {
	return (
		at(left.low, original) === at(right.low, modified) &&
		at(left.high, original) === at(right.high, modified)
	);
}

/** The same characters, one of them escaped. */
export function isSameString(
	sides: Sides,
	[original, modified]: NodePair,
): boolean {
	const { tree: left } = sides.original;
	const { tree: right } = sides.modified;
	if (at(left.kind, original) !== STRING || at(right.kind, modified) !== STRING)
		return false;
	if (!hasSameTag(left, right, [original, modified])) return false;
	const tokens = [
		valueSource(left, original),
		valueSource(right, modified),
	] as const;
	if (!tokens.some((token) => token.includes("\\"))) return false;
	return decodeString(tokens[0]) === decodeString(tokens[1]);
}

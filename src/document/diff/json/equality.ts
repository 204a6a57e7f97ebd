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
	readonly old: Int32Array;
	readonly new: Int32Array;
}

/** Characters compared before fingerprints are cheaper: in deep documents a value is within another within another. */
const BUDGET = 32 * 1024 * 1024;

export function createEquality(sides: Sides): Equality {
	const { tree: left } = sides.old;
	const { tree: right } = sides.new;
	const shortest = Math.min(left.text.length, right.text.length);
	const prefix = equalAhead(
		{ old: left.text, new: right.text },
		[0, 0],
		[shortest],
	);
	let budget = BUDGET;

	function isSurelyEqual(pair: NodePair): boolean {
		if (!hasSameTag(left, right, pair)) return false;
		const [old, fresh] = pair;
		const start = at(left.start, old);
		const length = at(left.end, old) - start;
		const other = at(right.start, fresh);
		if (at(right.end, fresh) - other !== length)
			return isSameString(sides, pair);
		// Both begin within what is the same from the start on: it ends behind them, or they differ.
		if (start === other && start < prefix && start + length <= prefix)
			return true;
		if (start === other && start < prefix && isContainer(left, old))
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
		fingerprint(left, sides.old.prints, top[0]);
		fingerprint(right, sides.new.prints, top[1]);
		return isSamePrint(sides, pair);
	}

	function sameFrom({ old, new: fresh }: Values, position: number): number {
		const count = Math.min(old.length, fresh.length);
		if (position >= count || budget < 0) return 0;
		// Those of the others stand between the values, in the text that is compared.
		const first: NodePair = [at(old, position), at(fresh, position)];
		if (!hasSameTag(left, right, first)) return 0;
		const start = at(left.start, at(old, position));
		const other = at(right.start, at(fresh, position));
		const limit = Math.min(
			at(left.end, at(old, count - 1)) - start,
			at(right.end, at(fresh, count - 1)) - other,
		);
		const texts = { old: left.text, new: right.text };
		const atLeast = at(left.end, at(old, position)) - start;
		const length = equalAhead(texts, [start, other], [limit, atLeast]);
		budget -= length;
		// What ends on both sides within text that is the same was read the same.
		let index = position;
		while (
			index < count &&
			at(left.end, at(old, index)) - start <= length &&
			at(right.end, at(fresh, index)) - other <= length
		)
			index += 1;
		return index - position;
	}

	return { isSurelyEqual, sameFrom, isEqual };
}

const ROOTS: NodePair = [0, 0];

function isSamePrint(
	{ old: { prints: left }, new: { prints: right } }: Sides,
	[old, fresh]: NodePair,
): boolean {
	return (
		at(left.low, old) === at(right.low, fresh) &&
		at(left.high, old) === at(right.high, fresh)
	);
}

/** The same characters, one of them escaped. */
export function isSameString(sides: Sides, [old, fresh]: NodePair): boolean {
	const { tree: left } = sides.old;
	const { tree: right } = sides.new;
	if (at(left.kind, old) !== STRING || at(right.kind, fresh) !== STRING)
		return false;
	if (!hasSameTag(left, right, [old, fresh])) return false;
	const tokens = [valueSource(left, old), valueSource(right, fresh)] as const;
	if (!tokens.some((token) => token.includes("\\"))) return false;
	return decodeString(tokens[0]) === decodeString(tokens[1]);
}

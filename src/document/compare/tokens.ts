// Keys and scalars of a tree as text: as written, as meant, and whether two numbers are the same number.

import { scanString } from "../scan.ts";
import { at, NONE, type Tree } from "../tree.ts";

/** The value as written. */
export function sourceOf(tree: Tree, node: number): string {
	return tree.text.slice(at(tree.start, node), at(tree.end, node));
}

/** The member's key, escapes resolved; `undefined` for elements and the root. */
export function keyOf(tree: Tree, node: number): string | undefined {
	const start = at(tree.key, node);
	if (start === NONE) return undefined;
	return meaningOf(tree.text.slice(start, scanString(tree.text, start)));
}

/** A string token's meaning. */
export function meaningOf(token: string): string {
	if (!token.includes("\\")) return token.slice(1, -1);
	const meaning: unknown = JSON.parse(token);
	return typeof meaning === "string" ? meaning : token;
}

/** The value on one line: white space outside strings is left out, everything else is as written. */
export function compactSourceOf(tree: Tree, node: number): string {
	return sourceOf(tree, node).replace(
		/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g,
		(_, token: string | undefined) => token ?? "",
	);
}

/** Whether two number tokens mean the same number, exactly: 1.0 and 1, 1e2 and 100, but not 0.1 and 0.10000000000000001. */
export function isSameNumber(one: string, other: string): boolean {
	return one === other || normalize(one) === normalize(other);
}

/** The digits that matter and a power of ten. */
function normalize(token: string): string {
	const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(token);
	if (!parts) return token;
	const [, sign = "", whole = "", fraction = "", power = "0"] = parts;
	const digits = (whole + fraction).replace(/^0+/, "");
	const significant = digits.replace(/0+$/, "");
	if (significant === "") return "0";
	const exponent =
		BigInt(power) -
		BigInt(fraction.length) +
		BigInt(digits.length - significant.length);
	return `${sign}${significant}e${exponent}`;
}

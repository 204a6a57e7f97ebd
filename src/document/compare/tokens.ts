// Values of a tree as text on one line, and whether two numbers are the same number.
import { valueSource } from "../members.ts";
import type { Tree } from "../tree.ts";

/** The value on one line: white space outside strings is left out, everything else is as written. */
export function compactSourceOf(tree: Tree, node: number): string {
	return valueSource(tree, node).replace(
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

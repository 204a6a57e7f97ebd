// Values of a tree as text on one line, and whether two numbers are the same number.
import { valueSource } from "../../json/children.ts";
import type { Tree } from "../../json/tree.ts";

/** The value on one line: white space outside strings is left out, everything else is as written. */
export function compactSource(
	tree: Tree,
	node: number,
	limit = Number.POSITIVE_INFINITY,
): string {
	const source = valueSource(tree, node).slice(0, limit);
	// Extended JSON is compact, and its tags are followed by a space that counts.
	if (tree.tag) return source;
	// The limit may leave a string without its end.
	return source.replace(
		/("[^"\\]*(?:\\.[^"\\]*)*"?)|\s+/g,
		(_, token: string | undefined) => token ?? "",
	);
}

/** Whether two number tokens mean the same number, exactly: 1.0 and 1, 1e2 and 100, but not 0.1 and 0.10000000000000001. */
export function isSameNumber(one: string, other: string): boolean {
	return one === other || normalize(one) === normalize(other);
}

/** The digits that matter and a power of ten; of spellings that JSON lacks only those that every reader of YAML and Ion takes alike. */
function normalize(token: string): string {
	if (/^0(?:x[\da-f]+|o[0-7]+)$/i.test(token))
		return normalize(BigInt(token.toLowerCase()).toString());
	if (/^[-+]?\.(?:inf|nan)$/i.test(token))
		return token.toLowerCase().replace("+", "");
	// With a leading zero some take it for an octal number.
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

// Extended JSON: the text that YAML and Ion become for the tree, so that every value keeps its type and its spelling.
//
// It is JSON, and besides:
// - a tag before a value, followed by a space: `!Ref "name"`, `!!binary "SGk="`, `!<tag:example.com,2000:x> {…}`
// - annotations before a value: `flag::[…]`, `'checkout v2'::"…"`
// - numbers in any spelling of YAML and Ion: `0x1F`, `.5`, `+12`, `1_000`, `.inf`, `1d2`, `nan`
// - words, which are values that JSON has no token for: symbols `eq` and `'a b'`, timestamps `2026-11-22T`, blobs
//   `{{SGk=}}`, clobs `{{"text"}}`, typed nulls `null.int`
// - s-expressions `(eq,"a")`, which are arrays in round brackets
//
// Only its writers make it, so that it needs no forgiving: no white space but the one behind a tag.

import { scanString } from "./json-scanner.ts";
import { FALSE, ION_SCALAR, NULL, NUMBER, TRUE } from "./tree.ts";

export interface ExtendedToken {
	readonly kind: number | "tag";
	/** The offset behind it, or ~offset of what is wrong. */
	readonly end: number;
}

const NUMBERS =
	/^(?:[-+]?(?:0[xX][\da-fA-F_]+|0o[0-7]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eEdD][-+]?\d+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)|nan|[-+]inf)$/;
const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;

/** A number, as YAML or Ion may write it. */
export function isNumber(source: string): boolean {
	return NUMBERS.test(source);
}

/** The token at an offset where a value may begin; of what is no string and no container. */
export function scanExtended(text: string, start: number): ExtendedToken {
	const first = text.charCodeAt(start);
	if (first === 0x21) return { kind: "tag", end: scanTag(text, start) };
	if (first === 0x7b) return { kind: ION_SCALAR, end: scanLob(text, start) };
	const end =
		first === SINGLE_QUOTE ? scanSymbol(text, start) : scanPlain(text, start);
	if (end < 0) return { kind: ION_SCALAR, end };
	if (text.startsWith("::", end)) return { kind: "tag", end: end + 2 };
	return { kind: kindOf(text.slice(start, end)), end };
}

function kindOf(word: string): number {
	if (word === "true") return TRUE;
	if (word === "false") return FALSE;
	if (word === "null" || word.startsWith("null.")) return NULL;
	return isNumber(word) ? NUMBER : ION_SCALAR;
}

function scanTag(text: string, start: number): number {
	const end = text.indexOf(" ", start);
	return end < 0 ? ~text.length : end;
}

function scanLob(text: string, start: number): number {
	const inside = start + 2;
	const from =
		text.charCodeAt(inside) === 0x22 ? scanString(text, inside) : inside;
	if (from < 0) return from;
	const end = text.indexOf("}}", from);
	return end < 0 ? ~text.length : end + 2;
}

/** In single quotes, escaped as in JSON. */
function scanSymbol(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === SINGLE_QUOTE) return at + 1;
		if (code === BACKSLASH) at += 1;
	}
	return ~text.length;
}

/** Up to a comma, a bracket, white space or the colons of an annotation. */
function scanPlain(text: string, start: number): number {
	let at = start;
	while (at < text.length && !isEnd(text, at)) at += 1;
	return at > start ? at : ~start;
}

function isEnd(text: string, at: number): boolean {
	switch (text.charCodeAt(at)) {
		case 0x20:
		case 0x0a:
		case 0x2c:
		case 0x28:
		case 0x29:
		case 0x5b:
		case 0x5d:
		case 0x7b:
		case 0x7d:
		case 0x22:
			return true;
		case 0x3a:
			return text.charCodeAt(at + 1) === 0x3a;
		default:
			return false;
	}
}

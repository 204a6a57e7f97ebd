// A reader of the part of Amazon Ion's text form that feature flags use: strings, numbers, symbols, lists,
// s-expressions and annotations. https://amazon-ion.github.io/ion-docs/docs/spec.html

import { toNanoseconds } from "./timestamp.ts";

export type Ion = IonValue & { readonly annotations: readonly string[] };

type IonValue =
	| { readonly kind: "string"; readonly text: string }
	| { readonly kind: "symbol"; readonly text: string }
	| { readonly kind: "integer"; readonly value: bigint }
	| { readonly kind: "float"; readonly value: number }
	| { readonly kind: "timestamp"; readonly value: bigint }
	| { readonly kind: "boolean"; readonly value: boolean }
	| { readonly kind: "list" | "sexp"; readonly items: readonly Ion[] };

export class IonError extends Error {}

interface Reader {
	readonly text: string;
	readonly comments: boolean;
	at: number;
}

const DEEPEST = 200;

/** All values of a document. Throws IonError with the place of the mistake. */
export function parseIon(
	text: string,
	{ comments }: { readonly comments: boolean } = { comments: true },
): Ion[] {
	const reader = { text, comments, at: 0 };
	const values: Ion[] = [];
	for (;;) {
		skipSpace(reader);
		if (reader.at >= text.length) return values;
		values.push(readValue(reader, 0, false));
	}
}

function readValue(reader: Reader, depth: number, inSexp: boolean): Ion {
	if (depth > DEEPEST) throw fail(reader, "is nested too deeply");
	const annotations: string[] = [];
	for (;;) {
		skipSpace(reader);
		const value = readPlain(reader, depth, inSexp);
		const at = reader.at;
		skipSpace(reader);
		if (value.kind !== "symbol" || !reader.text.startsWith("::", reader.at)) {
			reader.at = at;
			return { ...value, annotations };
		}
		reader.at += 2;
		annotations.push(value.text);
	}
}

function readPlain(reader: Reader, depth: number, inSexp: boolean): IonValue {
	const { text, at } = reader;
	const character = text[at];
	if (character === '"') return { kind: "string", text: readQuoted(reader) };
	if (text.startsWith("'''", at))
		return { kind: "string", text: readLong(reader) };
	if (character === "'") return { kind: "symbol", text: readQuoted(reader) };
	if (character === "[") return readItems(reader, depth, "list");
	if (character === "(") return readItems(reader, depth, "sexp");
	const word = match(reader, /[\w$][\w$.:+-]*/y);
	if (word !== undefined) return toWord(reader, word);
	const negative = match(reader, /-\d[\w.+-]*/y);
	if (negative !== undefined) return toWord(reader, negative);
	const operator = inSexp
		? match(reader, /[!#%&*+\-./;<=>?@^`|~]+/y)
		: undefined;
	if (operator !== undefined) return { kind: "symbol", text: operator };
	throw fail(reader, "has no value here");
}

function toWord(reader: Reader, taken: string): IonValue {
	// "name::value" is an annotation; a time such as 12:30 keeps its colon.
	const end = taken.indexOf("::");
	const word = (end === -1 ? taken : taken.slice(0, end)).replace(/:$/, "");
	reader.at -= taken.length - word.length;
	if (word === "true" || word === "false")
		return { kind: "boolean", value: word === "true" };
	if (/^[A-Za-z_$][\w$]*$/.test(word)) return { kind: "symbol", text: word };
	const number = toNumber(word);
	if (number) return number;
	const time = toNanoseconds(word);
	if (time !== undefined) return { kind: "timestamp", value: time };
	reader.at -= word.length;
	throw fail(reader, `has something strange here: ${word.slice(0, 20)}`);
}

function toNumber(word: string): IonValue | undefined {
	if (/^-?(0|[1-9]\d*)$/.test(word))
		return { kind: "integer", value: BigInt(word) };
	const [, sign, hex] = /^(-?)(0x[\da-f]+)$/i.exec(word) ?? [];
	if (hex !== undefined)
		return { kind: "integer", value: sign ? -BigInt(hex) : BigInt(hex) };
	if (!/^-?(0|[1-9]\d*)(\.\d*)?([eEdD][+-]?\d+)?$/.test(word)) return undefined;
	const value = Number(word.replace(/d/i, "e"));
	return Number.isFinite(value) ? { kind: "float", value } : undefined;
}

function readItems(
	reader: Reader,
	depth: number,
	kind: "list" | "sexp",
): IonValue {
	const end = kind === "list" ? "]" : ")";
	const items: Ion[] = [];
	reader.at += 1;
	for (;;) {
		skipSpace(reader);
		if (reader.text[reader.at] === end) break;
		items.push(readValue(reader, depth + 1, kind === "sexp"));
		skipSpace(reader);
		if (kind === "sexp" || reader.text[reader.at] === end) continue;
		if (reader.text[reader.at] !== ",") throw fail(reader, "lacks a comma");
		reader.at += 1;
	}
	reader.at += 1;
	return { kind, items };
}

const ESCAPES: Record<string, string> = {
	n: "\n",
	t: "\t",
	r: "\r",
	b: "\b",
	f: "\f",
	v: "\v",
	a: "\u0007",
	"0": "\0",
	"\n": "",
};

function readQuoted(reader: Reader): string {
	const quote = reader.text[reader.at];
	let value = "";
	for (reader.at += 1; reader.at < reader.text.length; reader.at += 1) {
		const character = reader.text[reader.at] ?? "";
		if (character === "\n" || character === "\r")
			throw fail(reader, "has a line break inside quotation marks");
		if (character === quote) {
			reader.at += 1;
			return value;
		}
		value += character === "\\" ? readEscape(reader) : character;
	}
	throw fail(reader, "has an open quotation");
}

function readEscape(reader: Reader): string {
	reader.at += 1;
	const code = match(reader, /x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}/iy);
	if (code !== undefined) {
		reader.at -= 1;
		const point = Number.parseInt(code.slice(1), 16);
		// Escaped surrogates come in pairs, one after the other.
		return point > 0xffff
			? String.fromCodePoint(Math.min(point, 0x10ffff))
			: String.fromCharCode(point);
	}
	const character = reader.text[reader.at] ?? "";
	return ESCAPES[character] ?? character;
}

function readLong(reader: Reader): string {
	const end = reader.text.indexOf("'''", reader.at + 3);
	if (end === -1) throw fail(reader, "has an open quotation");
	const value = reader.text.slice(reader.at + 3, end);
	reader.at = end + 3;
	return value;
}

function skipSpace(reader: Reader): void {
	for (;;) {
		match(reader, /\s*/y);
		if (!/^\/[/*]/.test(reader.text.slice(reader.at, reader.at + 2))) return;
		if (!reader.comments) throw fail(reader, "has a comment");
		if (match(reader, /\/\/[^\n]*|\/\*[\s\S]*?\*\//y) === undefined)
			throw fail(reader, "has an open comment");
	}
}

function match(reader: Reader, pattern: RegExp): string | undefined {
	pattern.lastIndex = reader.at;
	const found = pattern.exec(reader.text)?.[0];
	if (found !== undefined) reader.at += found.length;
	return found;
}

function fail({ text, at }: Reader, what: string): IonError {
	const line = text.slice(0, at).split("\n").length;
	return new IonError(`Line ${line}, character ${at + 1} ${what}`);
}

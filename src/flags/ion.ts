// A reader of the part of Amazon Ion's text form that feature flags use: strings, numbers, symbols, lists,
// s-expressions and annotations. https://amazon-ion.github.io/ion-docs/docs/spec.html

import { toNanoseconds } from "./rule-values.ts";

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
const NONE: readonly string[] = [];

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
	let annotations: string[] | undefined;
	for (;;) {
		skipSpace(reader);
		const value = readPlain(reader, depth, inSexp);
		const at = reader.at;
		skipSpace(reader);
		if (value.kind !== "symbol" || !reader.text.startsWith("::", reader.at)) {
			reader.at = at;
			return Object.assign(value, { annotations: annotations ?? NONE });
		}
		reader.at += 2;
		annotations ??= [];
		annotations.push(value.text);
	}
}

function readPlain(reader: Reader, depth: number, inSexp: boolean): IonValue {
	const { text, at } = reader;
	switch (text[at]) {
		case '"':
			return { kind: "string", text: readQuoted(reader) };
		case "'":
			return text.startsWith("'''", at)
				? { kind: "string", text: readLong(reader) }
				: { kind: "symbol", text: readQuoted(reader) };
		case "[":
			return readItems(reader, depth, "list");
		case "(":
			return readItems(reader, depth, "sexp");
	}
	const end = endOfWord(text, at);
	if (end > at) return readWord(reader, end);
	const operator = inSexp
		? match(reader, /[!#%&*+\-./;<=>?@^`|~]+/y)
		: undefined;
	if (operator !== undefined) return { kind: "symbol", text: operator };
	throw fail(reader, "has no value");
}

/** Codes of letters, digits, "_" and "$", with which words begin, and of "." "+" "-", which they may contain as well. */
const [WORD, INSIDE] = [1, 2];
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
	const character = String.fromCharCode(code);
	if (/[\w$]/.test(character)) return WORD;
	return /[.+-]/.test(character) ? INSIDE : 0;
});
const COLON = 0x3a;

/** "name::value" is an annotation; a time such as 12:30 keeps its colon. Numbers may begin with "-". */
function endOfWord(text: string, start: number): number {
	const first = text[start] === "-" ? start + 1 : start;
	if (CLASSES[text.charCodeAt(first)] !== WORD) return start;
	if (first > start && !isDigit(text.charCodeAt(first))) return start;
	for (let at = first + 1; ; at += 1) {
		const code = text.charCodeAt(at);
		if (CLASSES[code]) continue;
		if (code !== COLON || !isDigit(text.charCodeAt(at + 1))) return at;
	}
}

function isDigit(code: number): boolean {
	return code >= 0x30 && code <= 0x39;
}

function readWord(reader: Reader, end: number): IonValue {
	const word = reader.text.slice(reader.at, end);
	const value = toWord(word);
	if (!value) throw fail(reader, `has an unknown word ${word.slice(0, 20)}`);
	reader.at = end;
	return value;
}

function toWord(word: string): IonValue | undefined {
	if (word === "true" || word === "false")
		return { kind: "boolean", value: word === "true" };
	// "$10" is the tenth symbol of a table.
	if (/^[A-Za-z_$][\w$]*$/.test(word) && !/^\$\d+$/.test(word))
		return { kind: "symbol", text: word };
	const number = toNumber(word);
	if (number) return number;
	const time = toNanoseconds(word);
	return time === undefined ? undefined : { kind: "timestamp", value: time };
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
	'"': '"',
	"'": "'",
	"?": "?",
	"/": "/",
	"\\": "\\",
};
/** What strings cannot hold but as escapes. */
const CONTROL = /[^\P{Cc}\t\n\v\f\r\x7f-\x9f]/u;
const LONE_SURROGATE = /\p{Cs}/u;
const LAST_POINT = 0x10ffff;

function readQuoted(reader: Reader): string {
	const quote = reader.text[reader.at];
	let value = "";
	for (reader.at += 1; reader.at < reader.text.length; reader.at += 1) {
		const character = reader.text[reader.at] ?? "";
		if (character === "\n" || character === "\r")
			throw fail(reader, "has a line break inside quotation marks");
		if (CONTROL.test(character))
			throw fail(reader, "has a control character inside quotation marks");
		if (character === quote) {
			requireWhole(reader, value);
			reader.at += 1;
			return value;
		}
		value += character === "\\" ? readEscape(reader) : character;
	}
	throw fail(reader, "has an open quotation");
}

function requireWhole(reader: Reader, text: string): void {
	if (LONE_SURROGATE.test(text))
		throw fail(reader, "has half a surrogate pair");
}

function readEscape(reader: Reader): string {
	reader.at += 1;
	const code = match(reader, /x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}/y);
	if (code !== undefined) {
		reader.at -= 1;
		const point = Number.parseInt(code.slice(1), 16);
		if (point > LAST_POINT) throw fail(reader, "has an unknown character");
		// Escaped surrogates come in pairs, one after the other.
		return point > 0xffff
			? String.fromCodePoint(point)
			: String.fromCharCode(point);
	}
	if (reader.text.startsWith("\r\n", reader.at)) reader.at += 1;
	const character = reader.text[reader.at] ?? "";
	const value = ESCAPES[character];
	if (value === undefined)
		throw fail(reader, `has an unknown escape \\${character}`);
	return value;
}

/** Long strings that follow each other are one. */
function readLong(reader: Reader): string {
	let value = "";
	let end = reader.at;
	while (reader.text.startsWith("'''", reader.at)) {
		value += readLongPart(reader);
		end = reader.at;
		skipSpace(reader);
	}
	reader.at = end;
	return value;
}

function readLongPart(reader: Reader): string {
	const { text } = reader;
	let value = "";
	reader.at += 3;
	const start = reader.at;
	let close = -1;
	for (let from = reader.at; ; ) {
		// An escaped quotation mark is no part of the end.
		if (close < from) close = text.indexOf("'''", from);
		if (close === -1) throw fail(reader, "has an open quotation");
		const backslash = text.slice(from, close).indexOf("\\");
		if (backslash === -1) {
			value += text.slice(from, close);
			if (CONTROL.test(text.slice(start, close)))
				throw fail(reader, "has a control character inside quotation marks");
			requireWhole(reader, value);
			reader.at = close + 3;
			return value;
		}
		value += text.slice(from, from + backslash);
		reader.at = from + backslash;
		value += readEscape(reader);
		from = reader.at + 1;
	}
}

const SLASH = 0x2f;
const ASTERISK = 0x2a;

function skipSpace(reader: Reader): void {
	const { text } = reader;
	for (;;) {
		let code = text.charCodeAt(reader.at);
		while (isSpace(code)) {
			reader.at += 1;
			code = text.charCodeAt(reader.at);
		}
		if (code !== SLASH) return;
		const next = text.charCodeAt(reader.at + 1);
		if (next !== SLASH && next !== ASTERISK) return;
		if (!reader.comments) throw fail(reader, "has a comment");
		reader.at = endOfComment(reader, next === SLASH ? "\n" : "*/");
	}
}

function isSpace(code: number): boolean {
	return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function endOfComment(reader: Reader, end: string): number {
	const found = reader.text.indexOf(end, reader.at + 2);
	if (found !== -1) return found + end.length;
	if (end === "\n") return reader.text.length;
	throw fail(reader, "has an open comment");
}

function match(reader: Reader, pattern: RegExp): string | undefined {
	pattern.lastIndex = reader.at;
	const found = pattern.exec(reader.text)?.[0];
	if (found !== undefined) reader.at += found.length;
	return found;
}

function fail({ text, at }: Reader, what: string): IonError {
	const lines = text.slice(0, at).split("\n");
	const column = (lines.at(-1)?.length ?? 0) + 1;
	return new IonError(`${what} at line ${lines.length}, character ${column}`);
}

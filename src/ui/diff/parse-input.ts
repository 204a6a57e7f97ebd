import type { SourceVersion } from "../../document/diff/source-changes.ts";
import { type DocumentKind, KIND_NAMES } from "../../document/formats/kind.ts";
import {
	type ExtendedDocument,
	NO_PRESENTATION,
} from "../../document/formats/presentation.ts";
import { formatJson } from "../../document/json/format-json.ts";
import { parseTree } from "../../document/json/json-parser.ts";
import { at, type Tree } from "../../document/json/tree.ts";
import { type Content, openContent } from "../content/content.ts";
import type { CompareInput } from "./messages.ts";

export interface ParsedInput extends SourceVersion {
	readonly kind: DocumentKind;
	/** Why there is no tree, or no text. */
	readonly error?: string;
}

/** Characters of a formatted document. */
const MAX_FORMATTED = 32 * 1024 * 1024;
/** Characters. Texts with longer lines are formatted before they are compared. */
const LONG_LINE = 2000;

/** Parses JSON. YAML and Ion come converted. */
export function parseInput({
	body,
	contentType,
	extended,
}: CompareInput): ParsedInput {
	const input = decodeInput(openContent(body, contentType));
	const { kind, text } = input;
	if (kind === "binary")
		return {
			...input,
			error: "It is not text.",
		};
	if (extended) return withDocument(input, extended);
	if (kind !== "json" && kind !== "json-lines") return input;
	const dialect = kind === "json" ? "json" : "lines";
	return withTree(input, parseTree(text, undefined, dialect));
}

/** The text only, not parsed. */
export function decodeInput(content: Content): ParsedInput {
	const { kind, contentType, bytes } = content;
	return {
		...decodeLosslessly(content),
		kind,
		format: KIND_NAMES[kind],
		contentType,
		bytes,
		presentation: NO_PRESENTATION,
	};
}

export function withDocument(
	input: ParsedInput,
	{ json, presentation }: ExtendedDocument,
): ParsedInput {
	const tree = parseTree(json, undefined, "extended");
	return { ...withTree(input, tree), presentation };
}

function withTree(input: ParsedInput, tree: Tree): ParsedInput {
	const { problem } = tree;
	return problem ? { ...input, error: problem.message } : { ...input, tree };
}

export function canBeFormatted(one: ParsedInput, other: ParsedInput): boolean {
	return [one, other].every(({ tree }) => tree && fitsFormatted(tree));
}

/** Each level indents by two spaces, so a deep document could become very long. */
function fitsFormatted({ text, count, parent }: Tree): boolean {
	const depths = new Int32Array(count);
	let length = text.length;
	for (let node = 1; node < count; node += 1) {
		const depth = at(depths, at(parent, node)) + 1;
		depths[node] = depth;
		length += depth * 4;
		if (length > MAX_FORMATTED) return false;
	}
	return true;
}

/** With one value a line. */
export function toFormattedText({
	tree,
	text,
}: Pick<ParsedInput, "tree" | "text">): string {
	return tree ? `${formatJson(tree)}\n` : text;
}

/** Whether a text has a line that is too long to be read. */
export function hasLongLine(texts: readonly string[]): boolean {
	return texts.some(isLong);
}

function isLong(text: string): boolean {
	// Looks at every thousandth character: a line of 2,000 has one of them in its first half, and goes on for the other half.
	const half = LONG_LINE / 2;
	for (let at = 0; at < text.length; at += half) {
		const feed = text.indexOf("\n", at);
		const end = feed < 0 ? text.length : feed;
		if (end - at < half) continue;
		if (end - text.lastIndexOf("\n", at - 1) - 1 > LONG_LINE) return true;
	}
	return false;
}

export interface SourceText {
	/** Without a byte order mark. A byte that is invalid in the encoding is a lone surrogate: U+DC80 and up. */
	readonly text: string;
	/** The name that TextDecoder uses. */
	readonly encoding: string;
	readonly hasByteOrderMark: boolean;
	/** The invalid bytes, hexadecimal and in order, for Unicode encodings; `some` for others. Empty when all are valid. */
	readonly invalidBytes: string;
}

/** Decodes a body so that no two bodies become the same text because of what their encoding cannot express. */
export function decodeLosslessly(content: Content): SourceText {
	const { encoding, hasByteOrderMark } = content.encoding;
	const { text, isInvalid } = content.decode();
	return isInvalid
		? {
				...decodeBroken(content.bytes, encoding, hasByteOrderMark),
				encoding,
				hasByteOrderMark,
			}
		: { text, encoding, hasByteOrderMark, invalidBytes: "" };
}

function decodeBroken(
	bytes: Uint8Array,
	encoding: string,
	hasByteOrderMark: boolean,
): Pick<SourceText, "text" | "invalidBytes"> {
	if (encoding.startsWith("utf-16")) {
		const start = hasByteOrderMark ? 2 : 0;
		return decodeUtf16(bytes.subarray(start), encoding === "utf-16be");
	}
	if (encoding === "utf-8")
		return decodeUtf8(bytes.subarray(hasByteOrderMark ? 3 : 0));
	// In other encodings it is unknown where a character begins, and so which bytes are invalid.
	return {
		text: new TextDecoder(encoding).decode(bytes),
		invalidBytes: "some",
	};
}

/** Like Python's surrogateescape (PEP 383). */
function decodeUtf8(
	bytes: Uint8Array,
): Pick<SourceText, "text" | "invalidBytes"> {
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
	const parts: string[] = [];
	const invalid: string[] = [];
	let from = 0;
	for (let at = 0; at <= bytes.length; ) {
		const length = at < bytes.length ? validLength(bytes, at) : 0;
		if (length > 0) {
			at += length;
			continue;
		}
		parts.push(decoder.decode(bytes.subarray(from, at)));
		const byte = bytes[at];
		if (byte !== undefined) {
			parts.push(String.fromCharCode(0xdc00 + byte));
			invalid.push(byte.toString(16));
		}
		at += 1;
		from = at;
	}
	return { text: parts.join(""), invalidBytes: invalid.join(" ") };
}

/** The length of the UTF-8 character at `at`; 0 when there is none. https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506 */
function validLength(bytes: Uint8Array, at: number): number {
	const first = bytes[at] ?? 0;
	if (first < 0x80) return 1;
	const second = bytes[at + 1] ?? 0;
	const third = bytes[at + 2] ?? 0;
	const fourth = bytes[at + 3] ?? 0;
	if (first < 0xc2 || first > 0xf4 || !isTail(second)) return 0;
	if (first < 0xe0) return 2;
	if (first === 0xe0 && second < 0xa0) return 0;
	if (first === 0xed && second >= 0xa0) return 0;
	if (!isTail(third)) return 0;
	if (first < 0xf0) return 3;
	if (first === 0xf0 && second < 0x90) return 0;
	if (first === 0xf4 && second >= 0x90) return 0;
	return isTail(fourth) ? 4 : 0;
}

function isTail(byte: number): boolean {
	return byte >= 0x80 && byte < 0xc0;
}

/** Lone surrogates are kept. */
function decodeUtf16(
	bytes: Uint8Array,
	isBig: boolean,
): Pick<SourceText, "text" | "invalidBytes"> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const parts: string[] = [];
	for (let at = 0; at + 1 < bytes.length; at += 2)
		parts.push(String.fromCharCode(view.getUint16(at, !isBig)));
	const rest = bytes.length % 2 === 1 ? bytes.at(-1) : undefined;
	const text = parts.join("");
	const lone = text.match(/\p{Cs}/gu) ?? [];
	const invalid = lone.map((unit) => unit.charCodeAt(0).toString(16));
	if (rest === undefined) return { text, invalidBytes: invalid.join(" ") };
	return {
		text: `${text}${String.fromCharCode(0xdc00 + rest)}`,
		invalidBytes: [...invalid, `end ${rest.toString(16)}`].join(" "),
	};
}

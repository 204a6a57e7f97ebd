// A version as the worker reads it: its text, and its tree where it is a document.
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
import { decodeLosslessly } from "./source-text.ts";

export interface ParsedInput extends SourceVersion {
	readonly kind: DocumentKind;
	/** What stands in the way of a tree, or of a text. */
	readonly error?: string;
}

/** Characters of a text written out line by line. */
const MAX_FORMATTED = 32 * 1024 * 1024;
/** Longer lines are not read, only scrolled. */
const LONG_LINE = 2000;

/** JSON at once; YAML and Ion by what was read of them elsewhere. */
export function parseInput(input: CompareInput): ParsedInput {
	const { body, contentType, extended } = input;
	const reading = decodeInput(openContent(body, contentType));
	const { kind, text } = reading;
	if (kind === "binary")
		return {
			...reading,
			error: "It is not text.",
		};
	if (extended) return withDocument(reading, extended);
	if (kind !== "json" && kind !== "json-lines") return reading;
	const dialect = kind === "json" ? "json" : "lines";
	return withTree(reading, parseTree(text, undefined, dialect));
}

/** Its text, without a look at what it says. */
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
	reading: ParsedInput,
	{ json, presentation }: ExtendedDocument,
): ParsedInput {
	const tree = parseTree(json, undefined, "extended");
	return { ...withTree(reading, tree), presentation };
}

function withTree(reading: ParsedInput, tree: Tree): ParsedInput {
	const { problem } = tree;
	return problem
		? { ...reading, error: problem.message }
		: { ...reading, tree };
}

export function canBeFormatted(one: ParsedInput, other: ParsedInput): boolean {
	return [one, other].every(({ tree }) => tree && fitsFormatted(tree));
}

/** Every level indents by two spaces: what is deep enough would become as long as any limit. */
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

export function formatted({
	tree,
	text,
}: Pick<ParsedInput, "tree" | "text">): string {
	return tree ? `${formatJson(tree)}\n` : text;
}

/** Whether one of them has a line that nobody would read. */
export function hasLongLine(texts: readonly string[]): boolean {
	return texts.some(isLong);
}

function isLong(text: string): boolean {
	// Such a line has one of these places in its first half: it goes on from there for the other half.
	const half = LONG_LINE / 2;
	for (let at = 0; at < text.length; at += half) {
		const feed = text.indexOf("\n", at);
		const end = feed < 0 ? text.length : feed;
		if (end - at < half) continue;
		if (end - text.lastIndexOf("\n", at - 1) - 1 > LONG_LINE) return true;
	}
	return false;
}

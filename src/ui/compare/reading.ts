// A version as the worker reads it: its text, and its tree where it is JSON.
import { format } from "../../document/format.ts";
import type { DocumentKind } from "../../document/kind.ts";
import { read } from "../../document/reader.ts";
import { at, type Tree } from "../../document/tree.ts";
import { decode } from "../viewer/decode.ts";
import { openDocument } from "../viewer/open-document.ts";
import type { Subject } from "./messages.ts";

export interface Reading {
	readonly kind: DocumentKind;
	readonly text: string;
	/** Of a document that is whole and right. */
	readonly tree?: Tree;
	/** What stands in the way of a tree, or of a text. */
	readonly trouble?: string;
}

/** Characters of a text written out line by line. */
const MAX_FORMATTED = 32 * 1024 * 1024;
/** Longer lines are not read, only scrolled. */
const LONG_LINE = 2000;

export function readSubject({ body, contentType }: Subject): Reading {
	const { kind } = openDocument(body, contentType);
	const { text } = decode(body);
	if (kind === "binary")
		return {
			kind,
			text,
			trouble: "It is no text: it is compared as bytes are decoded.",
		};
	if (kind !== "json") return { kind, text };
	const tree = read(text);
	const { problem } = tree;
	return problem
		? { kind, text, trouble: problem.message }
		: { kind, text, tree };
}

export function canBeFormatted(one: Reading, other: Reading): boolean {
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

export function formatted({ tree, text }: Reading): string {
	return tree ? `${format(tree)}\n` : text;
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

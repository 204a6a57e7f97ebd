// What a configuration is, by its content type and by its bytes; and what to say when the two disagree.

import { isFlag } from "../../document/flags.ts";
import { type DocumentKind, kindOfContentType } from "../../document/kind.ts";
import { childrenOf } from "../../document/members.ts";
import { read } from "../../document/reader.ts";
import { isBinaryIon, kindOfText, looksBinary } from "../../document/sniff.ts";
import { at, OBJECT } from "../../document/tree.ts";
import { type Decoded, decode } from "./decode.ts";

export interface Opened {
	readonly kind: DocumentKind;
	/** What the user should know about it. */
	readonly notes: readonly string[];
}

/** Bytes that are looked at. */
const HEAD = 4096;
const BINARY_ION =
	"Amazon Ion in its binary form, which is shown as bytes. Ion in text form is shown as text and as a tree.";

export function openDocument(body: Uint8Array, contentType: string): Opened {
	if (isBinaryIon(body)) return { kind: "binary", notes: [BINARY_ION] };
	const head = decode(body, HEAD);
	const declared = kindOfContentType(contentType);
	const seen = kindOfBytes(body, head);
	const kind = choose(declared, seen);
	const notes = [
		declared && kind !== declared
			? `The content type is ${contentType}, but the content is ${NAMES[kind]}.`
			: "",
		kind === "binary" ? "" : encodingNote(head),
	];
	return { kind, notes: notes.filter((note) => note !== "") };
}

const NAMES: Readonly<Record<DocumentKind, string>> = {
	json: "JSON",
	yaml: "YAML",
	xml: "XML",
	ion: "Ion",
	text: "text",
	binary: "no text",
};

function kindOfBytes(
	body: Uint8Array,
	head: Decoded,
): DocumentKind | undefined {
	const isMarked = head.encoding !== "utf-8" || head.hasMark;
	if (!isMarked && looksBinary(body)) return "binary";
	const seen = kindOfText(head.text);
	if (seen !== "json") return seen;
	// The beginning of something that only looks like JSON breaks the reader early.
	const { problem } = read(head.text);
	const isCut = problem !== undefined && problem.at >= head.text.length;
	return !problem || isCut ? "json" : undefined;
}

/** JSON is YAML too, and text may be anything; apart from that the content has the last word. */
function choose(
	declared: DocumentKind | undefined,
	seen: DocumentKind | undefined,
): DocumentKind {
	if (!declared) return seen ?? "text";
	if (!seen || seen === declared) return declared;
	if (seen === "binary") return seen;
	if (seen === "json") return declared === "ion" ? declared : seen;
	return declared === "text" || seen === "yaml" ? declared : seen;
}

function encodingNote({ encoding, hasMark, isInvalid }: Decoded): string {
	const name = encoding.toUpperCase();
	const mark = hasMark ? ", with a byte order mark" : "";
	if (isInvalid)
		return `Some bytes are not ${name}: \ufffd stands in their place. Copying the whole configuration keeps them.`;
	return encoding === "utf-8" && !hasMark ? "" : `Encoded as ${name}${mark}.`;
}

/** By its beginning; the flags view reads the whole. */
export function looksLikeFlags(body: Uint8Array): boolean {
	const tree = read(decode(body, HEAD).text);
	const isCut = tree.problem && tree.problem.at >= tree.text.length;
	if (tree.problem && !isCut) return false;
	// The last member may be cut anywhere.
	const members = [...childrenOf(tree, 0)];
	if (isCut) members.pop();
	return (
		at(tree.kind, 0) === OBJECT &&
		members.length > 0 &&
		members.every((node) => isFlag(tree, node))
	);
}

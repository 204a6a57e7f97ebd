// What a configuration is, by its content type and by its bytes; and what to say when the two disagree.

import { isFlag } from "../../document/flags.ts";
import { type DocumentKind, kindOfContentType } from "../../document/kind.ts";
import { childrenOf } from "../../document/members.ts";
import { read } from "../../document/reader.ts";
import { isBinaryIon, kindOfText, looksBinary } from "../../document/sniff.ts";
import { at, OBJECT, type Tree } from "../../document/tree.ts";
import { type Decoded, decode } from "./decode.ts";

export interface Opened {
	readonly kind: DocumentKind;
	/** What the user should know about it; empty when there is nothing to say. */
	readonly note: string;
}

/** Bytes that are looked at. */
export const HEAD = 4096;
const BINARY_ION =
	"Amazon Ion in its binary form, which is shown as bytes. Ion in text form is shown as text and as a tree.";

export function openDocument(body: Uint8Array, contentType: string): Opened {
	if (isBinaryIon(body)) return { kind: "binary", note: BINARY_ION };
	const declared = kindOfContentType(contentType);
	const seen = kindOfBytes(body);
	const isBroken = !declared && !seen && beginsAsJson(body);
	const kind = isBroken ? "json" : choose(declared, seen);
	const note =
		declared && kind !== declared
			? `The content type is ${contentType}, but the content is ${NAMES[kind]}.`
			: "";
	return { kind, note };
}

const NAMES: Readonly<Record<DocumentKind, string>> = {
	json: "JSON",
	yaml: "YAML",
	xml: "XML",
	ion: "Ion",
	text: "text",
	binary: "no text",
};

interface Head {
	readonly decoded: Decoded;
	/** Read when it is asked for. */
	readonly tree: () => Tree;
}

const heads = new WeakMap<Uint8Array, Head>();

/** The beginning of a body, decoded and read once: the kind and the views of it both look at it before the first paint. */
function headOf(body: Uint8Array): Head {
	const known = heads.get(body);
	if (known) return known;
	const decoded = decode(body, HEAD);
	let tree: Tree | undefined;
	const head = {
		decoded,
		tree: () => {
			tree ??= read(decoded.text);
			return tree;
		},
	};
	heads.set(body, head);
	return head;
}

function kindOfBytes(body: Uint8Array): DocumentKind | undefined {
	const { decoded: head, tree } = headOf(body);
	const isMarked = head.encoding !== "utf-8" || head.hasMark;
	if (!isMarked && looksBinary(body)) return "binary";
	const seen = kindOfText(head.text);
	if (seen !== "json") return seen;
	// The beginning of something that only looks like JSON breaks the reader early.
	const { problem } = tree();
	const isCut = problem !== undefined && problem.at >= head.text.length;
	return !problem || isCut ? "json" : undefined;
}

/** An object that breaks behind its first member: who sees it wants to know where. */
function beginsAsJson(body: Uint8Array): boolean {
	const tree = headOf(body).tree();
	return at(tree.kind, 0) === OBJECT && tree.count > 1;
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

/** By its beginning; the flags view reads the whole. */
export function looksLikeFlags(body: Uint8Array): boolean {
	const tree = headOf(body).tree();
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

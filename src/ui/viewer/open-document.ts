// What a configuration is, by its content type and by its bytes; and what to say when the two disagree.

import { isFlag } from "../../document/flags.ts";
import { type DocumentKind, kindOfContentType } from "../../document/kind.ts";
import { childrenOf } from "../../document/members.ts";
import { isBinaryIon, kindOfText, looksBinary } from "../../document/sniff.ts";
import { at, NONE, OBJECT, type Tree } from "../../document/tree.ts";
import { HEAD, headOf } from "./head.ts";

export interface Opened {
	readonly kind: DocumentKind;
	/** What the user should know about it; empty when there is nothing to say. */
	readonly note: string;
}

const BINARY_ION =
	"Amazon Ion in its binary form, which is shown as bytes. Ion in text form is shown as text and as a tree.";

export function openDocument(body: Uint8Array, contentType: string): Opened {
	if (isBinaryIon(body)) return { kind: "binary", note: BINARY_ION };
	const declared = kindOfContentType(contentType);
	const seen = kindOfBytes(body);
	const isDamaged = !declared && !seen && beginsAsJson(body);
	const kind = isDamaged ? "json" : choose(declared, seen);
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

function kindOfBytes(body: Uint8Array): DocumentKind | undefined {
	const { decoded, reader } = headOf(body);
	const head = decoded.text.slice(0, HEAD);
	const isMarked = decoded.encoding !== "utf-8" || decoded.hasMark;
	if (!isMarked && looksBinary(head)) return "binary";
	const seen = kindOfText(head);
	if (seen !== "json") return seen;
	// The beginning of something that only looks like JSON breaks the reader early.
	return isBroken(reader().tree) ? undefined : "json";
}

/** Otherwise than by ending where more was to come. */
function isBroken({ text, problem }: Tree): boolean {
	return problem !== undefined && problem.at < text.length;
}

/** An object that breaks behind its first member: who sees it wants to know where. */
function beginsAsJson(body: Uint8Array): boolean {
	const { tree } = headOf(body).reader();
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
	const { tree } = headOf(body).reader();
	if (isBroken(tree) || at(tree.kind, 0) !== OBJECT) return false;
	// What is not closed yet is the last member.
	const members = [...childrenOf(tree, 0)].filter(
		(node) => at(tree.end, node) !== NONE,
	);
	return members.length > 0 && members.every((node) => isFlag(tree, node));
}

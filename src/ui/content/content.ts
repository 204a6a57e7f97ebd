// What a configuration is, by its content type and by its bytes; and what to say when the two disagree.

import { isDeliveredFlag } from "../../document/flags.ts";
import {
	detectTextKind,
	isBinaryIon,
	looksBinary,
} from "../../document/formats/detect-kind.ts";
import {
	type DocumentKind,
	KIND_NAMES,
	kindOfContentType,
} from "../../document/formats/kind.ts";
import { childrenOf } from "../../document/json/children.ts";
import { at, NONE, OBJECT, type Tree } from "../../document/json/tree.ts";
import { toUtf8 } from "./charset.ts";
import { HEAD, headOf } from "./content-preview.ts";

export interface Opened {
	readonly kind: DocumentKind;
	/** What the user should know about it; empty when there is nothing to say. */
	readonly note: string;
}

const BINARY_ION =
	"Amazon Ion in its binary form, which is shown as bytes. Ion in text form is shown as text and as a tree.";

export function openDocument(bytes: Uint8Array, contentType: string): Opened {
	if (isBinaryIon(bytes)) return { kind: "binary", note: BINARY_ION };
	const { body } = toUtf8(bytes, contentType);
	const declared = kindOfContentType(contentType);
	const seen = kindOfBytes(body);
	const isDamaged = !declared && !seen && beginsAsJson(body);
	const kind = isDamaged ? "json" : choose(declared, seen);
	const note =
		declared && kind !== declared
			? `The content type is ${contentType}, but the content is ${KIND_NAMES[kind]}.`
			: "";
	return { kind, note };
}

function kindOfBytes(body: Uint8Array): DocumentKind | undefined {
	const { decoded, reader } = headOf(body);
	const head = decoded.text.slice(0, HEAD);
	const isMarked = decoded.encoding !== "utf-8" || decoded.hasMark;
	if (!isMarked && looksBinary(head)) return "binary";
	const seen = detectTextKind(head);
	if (seen !== "json") return seen;
	const { tree } = reader();
	if (isBroken(tree)) {
		// Behind a whole value on its line comes another one, or something that only looks like JSON breaks the reader early.
		return beginsAsLines(tree) ? "json-lines" : undefined;
	}
	return isOneLine(head) && hasNextLine(body) ? "json-lines" : "json";
}

/** Otherwise than by ending where more was to come. */
function isBroken({ text, problem }: Tree): boolean {
	return problem !== undefined && problem.at < text.length;
}

function beginsAsLines({ text, end, problem }: Tree): boolean {
	const next = problem?.at ?? 0;
	const behind = text.slice(end[0], next);
	return (
		(end[0] ?? NONE) !== NONE &&
		/^[ \t\r]*\n\s*$/.test(behind) &&
		/^(?:\{\s*["}]|\[)/.test(text.slice(next, HEAD))
	);
}

/** The end of the first value may be further than what is looked at. */
function isOneLine(head: string): boolean {
	return !head.trim().includes("\n");
}

/** Of bytes that begin with a long line: whether that ends with a bracket, and the next one begins with one. */
function hasNextLine(body: Uint8Array): boolean {
	const start = body.findIndex((byte) => byte > 0x20);
	const feed = body.indexOf(0x0a, start);
	if (feed < 0) return false;
	const around = String.fromCharCode(
		...body.subarray(Math.max(0, feed - 3), feed + 3),
	);
	return /[}\]][ \t\r]{0,2}\n\s*[{[]/.test(around);
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
	if (seen === "json")
		return declared === "ion" || declared === "json-lines" ? declared : seen;
	if (seen === "json-lines") return declared === "ion" ? declared : seen;
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
	return (
		members.length > 0 && members.every((node) => isDeliveredFlag(tree, node))
	);
}

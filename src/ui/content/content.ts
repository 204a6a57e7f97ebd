import { isDeliveredFlag } from "../../document/formats/delivered-flags.ts";
import {
	type DocumentKind,
	detectTextKind,
	KIND_NAMES,
	kindOfContentType,
	looksBinary,
} from "../../document/formats/kind.ts";
import type { ExtendedDocument } from "../../document/formats/presentation.ts";
import { childrenOf } from "../../document/json/children.ts";
import {
	createParser,
	type JsonParser,
} from "../../document/json/json-parser.ts";
import { at, NONE, OBJECT, type Tree } from "../../document/json/tree.ts";
import { isBinaryIon } from "../../flags/ion.ts";
import {
	type DecodedText,
	decodeText,
	detectEncoding,
	type TextEncoding,
} from "./encoding.ts";
import { FIRST_UNITS, type JsonSource, openJson } from "./json-source.ts";

/**
 * One body with what is known about it. It is made once per body; whatever shows, searches, compares or copies the body
 * shares it, so that the bytes are decoded and parsed once.
 */
export interface Content {
	readonly bytes: Uint8Array;
	readonly contentType: string;
	readonly kind: DocumentKind;
	/** Why the kind is not the declared one; empty when there is nothing to say. */
	readonly note: string;
	readonly encoding: TextEncoding;
	/** How the text begins; more than any screen shows. */
	readonly preview: ContentPreview;
	/** Judged by the preview: all members are feature flags. */
	readonly looksLikeFlags: boolean;
	/** The whole text, decoded at the first call. */
	decode(): DecodedText;
	/** Of JSON and JSON Lines. */
	json(): JsonSource;
	/** Of YAML and Ion, once a worker has converted them (conversion.ts). */
	converted: ConvertedContent | undefined;
}

export interface ContentPreview extends DecodedText {
	/** Nothing follows it. */
	readonly isWhole: boolean;
}

/** A YAML or Ion document as extended JSON. */
export interface ConvertedContent {
	readonly document: ExtendedDocument;
	json(): JsonSource;
}

/** Bytes. */
const PREVIEW_LENGTH = 16 * 1024;

const BINARY_ION =
	"Amazon Ion in its binary form, which is shown as bytes. Ion in text form is shown as text and as a tree.";

export function openContent(bytes: Uint8Array, contentType: string): Content {
	const encoding = detectEncoding(bytes, contentType);
	const preview: ContentPreview = {
		...decodeText(bytes, encoding.encoding, PREVIEW_LENGTH),
		isWhole: bytes.length <= PREVIEW_LENGTH,
	};
	const parser = once(() => parsePreview(preview));
	const { kind, note } = detectKind(bytes, contentType, {
		encoding,
		preview,
		parser,
	});
	const decode = once(() =>
		preview.isWhole ? preview : decodeText(bytes, encoding.encoding),
	);
	const looksLikeFlags = kind === "json" && hasOnlyFlags(parser().tree);
	const json = once(() =>
		openJson(
			{
				beginning: preview.text,
				isWhole: preview.isWhole,
				size: bytes.length,
				text: () => decode().text,
				...(kind === "json" ? { parser: parser() } : {}),
			},
			kind === "json-lines" ? "lines" : "json",
		),
	);
	return {
		bytes,
		contentType,
		kind,
		note,
		encoding,
		preview,
		looksLikeFlags,
		decode,
		json,
		converted: undefined,
	};
}

export function once<Result>(create: () => Result): () => Result {
	let made: { readonly result: Result } | undefined;
	return () => {
		made ??= { result: create() };
		return made.result;
	};
}

/** Parses the first units; further only where they end within the first member, which then may still prove to be a flag. */
function parsePreview({ text, isWhole }: ContentPreview): JsonParser {
	const parser = createParser();
	parser.advance(text, FIRST_UNITS, isWhole);
	const { kind, end } = parser.tree;
	if (kind[1] === OBJECT && end[1] === NONE)
		parser.advance(text, PREVIEW_LENGTH, isWhole);
	return parser;
}

interface Beginning {
	readonly encoding: TextEncoding;
	readonly preview: ContentPreview;
	readonly parser: () => JsonParser;
}

function detectKind(
	bytes: Uint8Array,
	contentType: string,
	beginning: Beginning,
): Pick<Content, "kind" | "note"> {
	if (isBinaryIon(bytes)) return { kind: "binary", note: BINARY_ION };
	const declared = kindOfContentType(contentType);
	const detected = kindOfBeginning(bytes, beginning);
	const isDamagedJson =
		!declared && !detected && beginsAsObject(beginning.parser().tree);
	const kind = isDamagedJson ? "json" : chooseKind(declared, detected);
	const note =
		declared && kind !== declared
			? `The content type is ${contentType}, but the content is ${KIND_NAMES[kind]}.`
			: "";
	return { kind, note };
}

function kindOfBeginning(
	bytes: Uint8Array,
	{ encoding, preview, parser }: Beginning,
): DocumentKind | undefined {
	const text = preview.text.slice(0, FIRST_UNITS);
	// UTF-16 is full of zero bytes, but its text is not.
	const isCertainlyText =
		!encoding.isDeclared &&
		(encoding.encoding !== "utf-8" || encoding.hasByteOrderMark);
	if (!isCertainlyText && looksBinary(text)) return "binary";
	const kind = detectTextKind(text);
	if (kind !== "json") return kind;
	const { tree } = parser();
	if (isBroken(tree)) {
		// After a whole value on its own line another one begins; otherwise the text only looked like JSON.
		return beginsAsLines(tree) ? "json-lines" : undefined;
	}
	const isOneLine = !text.trim().includes("\n");
	return isOneLine && hasNextLine(bytes) ? "json-lines" : "json";
}

/** Otherwise than by ending too early, which every preview does. */
function isBroken({ text, problem }: Tree): boolean {
	return problem !== undefined && problem.at < text.length;
}

function beginsAsLines({ text, end, problem }: Tree): boolean {
	const next = problem?.at ?? 0;
	const between = text.slice(end[0], next);
	return (
		(end[0] ?? NONE) !== NONE &&
		/^[ \t\r]*\n\s*$/.test(between) &&
		/^(?:\{\s*["}]|\[)/.test(text.slice(next, FIRST_UNITS))
	);
}

/** For a first line longer than the preview: whether it ends with a bracket and the next line begins with one. */
function hasNextLine(bytes: Uint8Array): boolean {
	const start = bytes.findIndex((byte) => byte > 0x20);
	const feed = bytes.indexOf(0x0a, start);
	if (feed < 0) return false;
	const around = String.fromCharCode(
		...bytes.subarray(Math.max(0, feed - 3), feed + 3),
	);
	return /[}\]][ \t\r]{0,2}\n\s*[{[]/.test(around);
}

/** An object that is broken after its first member: the user wants to see where. */
function beginsAsObject(tree: Tree): boolean {
	return at(tree.kind, 0) === OBJECT && tree.count > 1;
}

/** JSON is YAML too, and text may be anything; apart from that the content overrules the content type. */
function chooseKind(
	declared: DocumentKind | undefined,
	detected: DocumentKind | undefined,
): DocumentKind {
	if (!declared) return detected ?? "text";
	if (!detected || detected === declared) return declared;
	if (detected === "binary") return detected;
	if (detected === "json")
		return declared === "ion" || declared === "json-lines"
			? declared
			: detected;
	if (detected === "json-lines")
		return declared === "ion" ? declared : detected;
	return declared === "text" || detected === "yaml" ? declared : detected;
}

function hasOnlyFlags(tree: Tree): boolean {
	if (isBroken(tree) || at(tree.kind, 0) !== OBJECT) return false;
	// The last member of a preview may not be closed yet.
	const members = [...childrenOf(tree, 0)].filter(
		(node) => at(tree.end, node) !== NONE,
	);
	return (
		members.length > 0 && members.every((node) => isDeliveredFlag(tree, node))
	);
}

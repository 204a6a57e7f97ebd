import type { Presentation } from "../formats/presentation.ts";
import { keyOf } from "../json/children.ts";
import { at, type Tree } from "../json/tree.ts";
import { normalizeLineEnds } from "./text/lines.ts";

/** A version as it was received. */
export interface SourceVersion {
	/** `JSON`, `YAML`, … */
	readonly format: string;
	readonly contentType: string;
	readonly bytes: Uint8Array;
	/** Decoded without loss: different bytes of one encoding are different texts. */
	readonly text: string;
	readonly encoding: string;
	readonly hasByteOrderMark: boolean;
	/** The bytes that are invalid in the encoding; empty when there are none. */
	readonly invalidBytes: string;
	readonly presentation: Presentation;
	/** Absent when the text is not a complete document. */
	readonly tree?: Tree;
}

/** A change that is not a change of values. */
export interface SourceChange {
	/** `encoding` */
	readonly name: string;
	/** `the encoding` */
	readonly noun: string;
	/** `The encoding changed from UTF-16LE to UTF-8.` */
	readonly sentence?: string;
	/** The values mean the same to every program. */
	readonly isFormatting: boolean;
}

/** Changes that no view of the text shows. */
export function byteChanges(
	original: SourceVersion,
	modified: SourceVersion,
): readonly SourceChange[] {
	return [
		...contentTypeChange(original, modified),
		...encodingChange(original, modified),
		...byteOrderMarkChange(original, modified),
		...invalidChange(original, modified),
	];
}

/** Changes that neither lines nor values show; they are reported in addition to those. */
export function hiddenChanges(
	original: SourceVersion,
	modified: SourceVersion,
): readonly SourceChange[] {
	return [
		...formatChange(original, modified),
		...presentationChanges(original, modified).filter(
			({ isFormatting }) => !isFormatting,
		),
		...byteChanges(original, modified),
	];
}

/** All changes between texts that differ at most in their line ends. */
export function textSourceChanges(
	original: SourceVersion,
	modified: SourceVersion,
): readonly SourceChange[] {
	return orOtherBytes(original, modified, [
		...byteChanges(original, modified),
		...lineEndChanges(original, modified),
	]);
}

/** All changes between documents with the same values. */
export function documentSourceChanges(
	original: SourceVersion,
	modified: SourceVersion,
): readonly SourceChange[] {
	const written = layoutChanges(original, modified);
	return orOtherBytes(original, modified, [
		...formatChange(original, modified),
		...written,
		...presentationChanges(original, modified),
		...byteChanges(original, modified),
	]);
}

/** `Nothing but formatting and the order of keys changed.` */
export function describeOnlyChanges(changes: readonly SourceChange[]): string {
	if (changes.length === 0) return "Nothing changed.";
	return `Nothing but ${joinWords(changes.map(({ noun }) => noun))} changed.`;
}

/** `formatting and key order only` */
export function summarizeOnlyChanges(changes: readonly SourceChange[]): string {
	return `${joinWords(changes.map(({ name }) => name))} only`;
}

export function joinWords(names: readonly string[]): string {
	const last = names.at(-1) ?? "";
	return names.length < 2
		? last
		: `${names.slice(0, -1).join(", ")} and ${last}`;
}

const PRESENTED: readonly (SourceChange & {
	readonly part: keyof Presentation;
})[] = [
	{
		part: "documents",
		name: "documents",
		noun: "the division into documents",
		isFormatting: false,
	},
	{
		part: "keyTypes",
		name: "key types",
		noun: "the types of keys",
		isFormatting: false,
	},
	{
		part: "words",
		name: "YAML 1.1 types",
		noun: "quotes around words that YAML 1.1 reads as another type",
		isFormatting: false,
	},
	{
		part: "merges",
		name: "merge keys",
		noun: "merge keys, which YAML 1.2 reads as any other key",
		isFormatting: false,
	},
	{
		part: "directives",
		name: "directives",
		noun: "directives",
		isFormatting: false,
	},
	{ part: "anchors", name: "anchors", noun: "anchors", isFormatting: true },
	{ part: "comments", name: "comments", noun: "comments", isFormatting: true },
];

function presentationChanges(
	original: SourceVersion,
	modified: SourceVersion,
): readonly SourceChange[] {
	return PRESENTED.filter(
		({ part }) => original.presentation[part] !== modified.presentation[part],
	);
}

function contentTypeChange(
	original: SourceVersion,
	modified: SourceVersion,
): SourceChange[] {
	if (original.contentType === modified.contentType) return [];
	const [before, after] = [original, modified].map(
		({ contentType }) => contentType || "none",
	);
	return [
		{
			name: "content type",
			noun: "the content type",
			sentence: `The content type changed from ${before} to ${after}.`,
			isFormatting: false,
		},
	];
}

function formatChange(
	original: SourceVersion,
	modified: SourceVersion,
): SourceChange[] {
	if (original.format === modified.format) return [];
	return [
		{
			name: "format",
			noun: "the format",
			sentence: `The format changed from ${original.format} to ${modified.format}.`,
			isFormatting: false,
		},
	];
}

function encodingChange(
	original: SourceVersion,
	modified: SourceVersion,
): SourceChange[] {
	if (original.encoding === modified.encoding) return [];
	const isWide = [original, modified].some(({ encoding }) =>
		/^utf-16/.test(encoding),
	);
	// ASCII text has the same bytes in all encodings but UTF-16.
	if (!isWide && isAscii(original.text) && isAscii(modified.text)) return [];
	const [before, after] = [original, modified].map(({ encoding }) =>
		encoding.toUpperCase(),
	);
	return [
		{
			name: "encoding",
			noun: "the encoding",
			sentence: `The encoding changed from ${before} to ${after}.`,
			isFormatting: false,
		},
	];
}

function byteOrderMarkChange(
	original: SourceVersion,
	modified: SourceVersion,
): SourceChange[] {
	if (original.hasByteOrderMark === modified.hasByteOrderMark) return [];
	return [
		{
			name: "byte order mark",
			noun: "the byte order mark",
			sentence: `The byte order mark was ${modified.hasByteOrderMark ? "added" : "removed"}.`,
			isFormatting: false,
		},
	];
}

function invalidChange(
	original: SourceVersion,
	modified: SourceVersion,
): SourceChange[] {
	if (original.invalidBytes === modified.invalidBytes) return [];
	const encoding = modified.invalidBytes
		? modified.encoding
		: original.encoding;
	const noun = `bytes that are not ${encoding.toUpperCase()}`;
	return [
		{
			name: "invalid bytes",
			noun,
			sentence: `The ${noun} changed.`,
			isFormatting: false,
		},
	];
}

/** Between texts that differ at most in their line ends. */
function lineEndChanges(
	original: SourceVersion,
	modified: SourceVersion,
): SourceChange[] {
	if (original.text === modified.text) return [];
	const isClosed = ({ text }: SourceVersion) => text.endsWith("\n");
	const isFinalFeed = isClosed(original) !== isClosed(modified);
	const [before, after] = [original, modified].map(({ text }) =>
		isFinalFeed ? withoutFinalFeed(text) : text,
	);
	const lineEndings = {
		name: "line endings",
		noun: "line endings",
		isFormatting: true,
	};
	const finalFeed = {
		name: "final line feed",
		noun: "the final line feed",
		isFormatting: true,
	};
	return [
		...(before === after ? [] : [lineEndings]),
		...(isFinalFeed ? [finalFeed] : []),
	];
}

/** Between documents with the same values. */
function layoutChanges(
	original: SourceVersion,
	modified: SourceVersion,
): SourceChange[] {
	if (original.text === modified.text) return [];
	const hasOtherOrder =
		original.tree && modified.tree && isReordered(original.tree, modified.tree);
	const order = {
		name: "key order",
		noun: "the order of keys",
		isFormatting: true,
	};
	const isSameButEnds =
		withoutFinalFeed(normalizeLineEnds(original.text)) ===
		withoutFinalFeed(normalizeLineEnds(modified.text));
	if (isSameButEnds) return lineEndChanges(original, modified);
	return [
		{ name: "formatting", noun: "formatting", isFormatting: true },
		...(hasOtherOrder ? [order] : []),
	];
}

/** Documents with the same values in the same order have the same nodes. */
function isReordered(original: Tree, modified: Tree): boolean {
	for (let node = 0; node < original.count; node += 1) {
		const isInPlace =
			at(original.kind, node) === at(modified.kind, node) &&
			at(original.parent, node) === at(modified.parent, node) &&
			keyOf(original, node) === keyOf(modified, node);
		if (!isInPlace) return true;
	}
	return false;
}

function withoutFinalFeed(text: string): string {
	return text.replace(/\r?\n$/, "");
}

/** Different bytes are never reported as unchanged, even if no other change explains the difference. */
function orOtherBytes(
	original: SourceVersion,
	modified: SourceVersion,
	changes: readonly SourceChange[],
): readonly SourceChange[] {
	if (changes.length > 0 || isSame(original.bytes, modified.bytes))
		return changes;
	return [
		{
			name: "bytes",
			noun: "bytes that are decoded alike",
			isFormatting: false,
		},
	];
}

function isSame(original: Uint8Array, modified: Uint8Array): boolean {
	return (
		original.length === modified.length &&
		original.every((byte, index) => byte === modified[index])
	);
}

function isAscii(text: string): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are ASCII too.
	return /^[\u0000-\u007f]*$/.test(text);
}

/** Sentences with details of the changes. */
export function sentencesOf(
	changes: readonly SourceChange[],
): readonly string[] {
	return changes.flatMap(({ sentence }) => sentence ?? []);
}

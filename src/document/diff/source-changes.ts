// What else than values changed between two versions: each a noun for "nothing but … changed", and a sentence where there is more to say.

import type { Presentation } from "../formats/presentation.ts";
import { keyOf } from "../json/children.ts";
import { at, type Tree } from "../json/tree.ts";
import { normalizeLineEnds } from "./text/line-ends.ts";

/** A version as it was received. */
export interface SourceVersion {
	/** `JSON`, `YAML`, … */
	readonly format: string;
	readonly contentType: string;
	readonly bytes: Uint8Array;
	/** Decoded so that no two different texts are the same. */
	readonly text: string;
	readonly encoding: string;
	readonly hasByteOrderMark: boolean;
	/** The bytes that are not of the encoding. */
	readonly invalidBytes: string;
	readonly presentation: Presentation;
	/** Of a document that is whole and right. */
	readonly tree?: Tree;
}

export interface SourceChange {
	/** `encoding` */
	readonly name: string;
	/** `the encoding` */
	readonly noun: string;
	/** `The encoding changed from UTF-16LE to UTF-8.` */
	readonly sentence?: string;
	/** The values mean the same to every reader. */
	readonly isFormatting: boolean;
}

/** Those that lines of text do not show, however it is shown. */
export function byteChanges(
	old: SourceVersion,
	fresh: SourceVersion,
): readonly SourceChange[] {
	return [
		...contentTypeChange(old, fresh),
		...encodingChange(old, fresh),
		...byteOrderMarkChange(old, fresh),
		...invalidChange(old, fresh),
	];
}

/** Those that neither lines nor values show: they are told beside what changed. */
export function hiddenChanges(
	old: SourceVersion,
	fresh: SourceVersion,
): readonly SourceChange[] {
	return [
		...formatChange(old, fresh),
		...presentationChanges(old, fresh).filter(
			({ isFormatting }) => !isFormatting,
		),
		...byteChanges(old, fresh),
	];
}

/** All, of two versions whose lines are the same but for their ends. */
export function textSourceChanges(
	old: SourceVersion,
	fresh: SourceVersion,
): readonly SourceChange[] {
	return orOtherBytes(old, fresh, [
		...byteChanges(old, fresh),
		...lineEndChanges(old, fresh),
	]);
}

/** All, of two documents without differences. */
export function documentSourceChanges(
	old: SourceVersion,
	fresh: SourceVersion,
): readonly SourceChange[] {
	const written = layoutChanges(old, fresh);
	return orOtherBytes(old, fresh, [
		...formatChange(old, fresh),
		...written,
		...presentationChanges(old, fresh),
		...byteChanges(old, fresh),
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
	old: SourceVersion,
	fresh: SourceVersion,
): readonly SourceChange[] {
	return PRESENTED.filter(
		({ part }) => old.presentation[part] !== fresh.presentation[part],
	);
}

function contentTypeChange(
	old: SourceVersion,
	fresh: SourceVersion,
): SourceChange[] {
	if (old.contentType === fresh.contentType) return [];
	const [before, after] = [old, fresh].map(
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
	old: SourceVersion,
	fresh: SourceVersion,
): SourceChange[] {
	if (old.format === fresh.format) return [];
	return [
		{
			name: "format",
			noun: "the format",
			sentence: `The format changed from ${old.format} to ${fresh.format}.`,
			isFormatting: false,
		},
	];
}

function encodingChange(
	old: SourceVersion,
	fresh: SourceVersion,
): SourceChange[] {
	if (old.encoding === fresh.encoding) return [];
	const isWide = [old, fresh].some(({ encoding }) => /^utf-16/.test(encoding));
	// ASCII is the same bytes in all the others.
	if (!isWide && isAscii(old.text) && isAscii(fresh.text)) return [];
	const [before, after] = [old, fresh].map(({ encoding }) =>
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
	old: SourceVersion,
	fresh: SourceVersion,
): SourceChange[] {
	if (old.hasByteOrderMark === fresh.hasByteOrderMark) return [];
	return [
		{
			name: "byte order mark",
			noun: "the byte order mark",
			sentence: `The byte order mark was ${fresh.hasByteOrderMark ? "added" : "removed"}.`,
			isFormatting: false,
		},
	];
}

function invalidChange(
	old: SourceVersion,
	fresh: SourceVersion,
): SourceChange[] {
	if (old.invalidBytes === fresh.invalidBytes) return [];
	const encoding = fresh.invalidBytes ? fresh.encoding : old.encoding;
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

/** Of texts that are the same but for the ends of their lines. */
function lineEndChanges(
	old: SourceVersion,
	fresh: SourceVersion,
): SourceChange[] {
	if (old.text === fresh.text) return [];
	const isClosed = ({ text }: SourceVersion) => text.endsWith("\n");
	const isFinalFeed = isClosed(old) !== isClosed(fresh);
	const [before, after] = [old, fresh].map(({ text }) =>
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

/** Of documents with the same values: how they are written. */
function layoutChanges(
	old: SourceVersion,
	fresh: SourceVersion,
): SourceChange[] {
	if (old.text === fresh.text) return [];
	const hasOtherOrder =
		old.tree && fresh.tree && isReordered(old.tree, fresh.tree);
	const order = {
		name: "key order",
		noun: "the order of keys",
		isFormatting: true,
	};
	const isSameButEnds =
		withoutFinalFeed(normalizeLineEnds(old.text)) ===
		withoutFinalFeed(normalizeLineEnds(fresh.text));
	if (isSameButEnds) return lineEndChanges(old, fresh);
	return [
		{ name: "formatting", noun: "formatting", isFormatting: true },
		...(hasOtherOrder ? [order] : []),
	];
}

/** With the same values in the same order, every node stands at the same place. */
function isReordered(old: Tree, fresh: Tree): boolean {
	for (let node = 0; node < old.count; node += 1) {
		const isInPlace =
			at(old.kind, node) === at(fresh.kind, node) &&
			at(old.parent, node) === at(fresh.parent, node) &&
			keyOf(old, node) === keyOf(fresh, node);
		if (!isInPlace) return true;
	}
	return false;
}

function withoutFinalFeed(text: string): string {
	return text.replace(/\r?\n$/, "");
}

/** Different bytes are never the same, even where nothing above tells in what they differ. */
function orOtherBytes(
	old: SourceVersion,
	fresh: SourceVersion,
	changes: readonly SourceChange[],
): readonly SourceChange[] {
	if (changes.length > 0 || isSame(old.bytes, fresh.bytes)) return changes;
	return [
		{
			name: "bytes",
			noun: "bytes that are decoded alike",
			isFormatting: false,
		},
	];
}

function isSame(old: Uint8Array, fresh: Uint8Array): boolean {
	return (
		old.length === fresh.length &&
		old.every((byte, index) => byte === fresh[index])
	);
}

function isAscii(text: string): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are ASCII.
	return /^[\u0000-\u007f]*$/.test(text);
}

/** Sentences that go with "nothing but …", or with what else changed. */
export function sentencesOf(
	changes: readonly SourceChange[],
): readonly string[] {
	return changes.flatMap(({ sentence }) => sentence ?? []);
}

// A structural diff in words: a sentence a difference, for a message, and all of it in one line.

import { formatNumber } from "../../format-number.ts";
import { startOfGrapheme, truncate } from "../../graphemes.ts";
import { decodeString, tagPrefix, valueSource } from "../../json/children.ts";
import { formatPath, pathOf } from "../../json/paths.ts";
import { at, STRING, type Tree } from "../../json/tree.ts";
import { flagPathOf } from "../flag-paths.ts";
import { commonPrefix } from "../text/common-prefix.ts";
import type { Difference, StructureDiff } from "./structure-diff.ts";
import { compactSource } from "./tokens.ts";

/** Longer values are cut in sentences. */
const MAX_VALUE = 80;
/** Before the first difference of two values that are cut. */
const SHOWN_BEFORE = 24;
/** At least so much of a difference is shown, or the beginning is left out. */
const SHOWN_OF_DIFFERENCE = 16;
/** Characters of a source whose beginning is shown; formatting may be most of it. */
const MAX_SHOWN = 20_000;
/** A message with more is read by no one. */
const MAX_SENTENCES = 500;

export function describeChanges(diff: StructureDiff): readonly string[] {
	const sentences = inDocumentOrder(diff)
		.slice(0, MAX_SENTENCES)
		.map((difference) => describeChange(diff, difference));
	const rest = diff.differences.length - sentences.length;
	return rest > 0 ? [...sentences, `… and ${rest} more`] : sentences;
}

/** From the top of the document to its end. */
export function inDocumentOrder({
	original,
	modified,
	differences,
}: StructureDiff): readonly Difference[] {
	const place = (one: Difference) =>
		"modified" in one
			? at(modified.start, one.modified)
			: at(original.start, one.original);
	return differences.toSorted((a, b) => place(a) - place(b));
}

/** `settings.checkout.timeoutSeconds changed from 30 to 45`. */
function describeChange(
	{ original, modified }: StructureDiff,
	difference: Difference,
): string {
	switch (difference.kind) {
		case "added":
			return `${pathIn(modified, difference.modified)} was added: ${previewValue(modified, difference.modified)}`;
		case "removed":
			return `${pathIn(original, difference.original)} was removed: ${previewValue(original, difference.original)}`;
		case "moved":
			return `${pathIn(original, difference.original)} moved to position ${at(modified.index, difference.modified)}: ${previewValue(modified, difference.modified)}`;
		case "changed": {
			const [before, after] = previewValues(original, modified, difference);
			const path = pathIn(modified, difference.modified);
			if (difference.coarse) return `${path} changed in many places`;
			const note = difference.sameValue
				? " (the same number, written differently)"
				: differsInNormalizationOnly(original, modified, difference)
					? " (the same characters, composed differently)"
					: "";
			return `${path} changed from ${before} to ${after}${note}`;
		}
	}
}

/**
 * Of a value that changed, from a little before the first difference where the beginning is too long to show it. In a flag,
 * whose name says where it is, without the annotation that stayed: `50` and `75`.
 */
export function previewValues(
	original: Tree,
	modified: Tree,
	pair: { readonly original: number; readonly modified: number },
	limit = MAX_VALUE,
): readonly [before: string, after: string] {
	const prefix = tagPrefix(original, pair.original);
	const isKept =
		prefix !== "" &&
		prefix === tagPrefix(modified, pair.modified) &&
		flagPathOf(modified, pair.modified) !== undefined;
	const skipped = isKept ? prefix.length : 0;
	const before = onOneLine(original, pair.original).slice(skipped);
	const after = onOneLine(modified, pair.modified).slice(skipped);
	const isCut = Math.max(before.length, after.length) > limit;
	const mayBeHidden = isCut && before !== after;
	const difference = mayBeHidden ? commonPrefix(before, after) : 0;
	if (difference < limit - SHOWN_OF_DIFFERENCE)
		return [
			truncateWithEllipsis(before, limit),
			truncateWithEllipsis(after, limit),
		];
	const from = startOfGrapheme(before, difference - SHOWN_BEFORE);
	return [
		`…${truncateWithEllipsis(before.slice(from), limit)}`,
		`…${truncateWithEllipsis(after.slice(from), limit)}`,
	];
}

/** Texts that look the same: `é` may be one code point or two. https://unicode.org/reports/tr15/ */
export function differsInNormalizationOnly(
	original: Tree,
	modified: Tree,
	pair: { readonly original: number; readonly modified: number },
): boolean {
	if (!isText(original, pair.original) || !isText(modified, pair.modified))
		return false;
	if (tagPrefix(original, pair.original) !== tagPrefix(modified, pair.modified))
		return false;
	const [before, after] = [
		decodeString(valueSource(original, pair.original)),
		decodeString(valueSource(modified, pair.modified)),
	];
	return before !== after && before.normalize() === after.normalize();
}

function isText(tree: Tree, node: number): boolean {
	return at(tree.kind, node) === STRING;
}

/** The value on one line, cut when it is long. */
export function previewValue(
	tree: Tree,
	node: number,
	limit = MAX_VALUE,
): string {
	return truncateWithEllipsis(onOneLine(tree, node), limit);
}

function truncateWithEllipsis(text: string, limit: number): string {
	return text.length <= limit ? text : `${truncate(text, limit)}…`;
}

/** A text as a whole, of anything else as much as may be shown. */
function onOneLine(tree: Tree, node: number): string {
	const limit = isText(tree, node) ? undefined : MAX_SHOWN;
	const source = compactSource(tree, node, limit);
	return tagPrefix(tree, node) + source;
}

/** In the version that has the value; in the new one if both have. */
export function pathOfDifference(
	{ original, modified }: StructureDiff,
	difference: Difference,
): string {
	return "modified" in difference
		? pathIn(modified, difference.modified)
		: pathIn(original, difference.original);
}

function pathIn(tree: Tree, node: number): string {
	const flagPath = flagPathOf(tree, node);
	if (flagPath !== undefined) return flagPath;
	return formatPath(pathOf(tree, node), "JavaScript") || "the document";
}

export interface DifferenceCounts {
	readonly changed: number;
	readonly added: number;
	readonly removed: number;
	readonly moved: number;
}

export function countDifferences(diff: StructureDiff): DifferenceCounts {
	const counts = { changed: 0, added: 0, removed: 0, moved: 0 };
	for (const { kind } of diff.differences) counts[kind] += 1;
	return counts;
}

/** `2 changed, 1 added`; with a plus where not everything was counted. */
export function summarizeCounts(
	counts: DifferenceCounts,
	coarse: boolean,
): string {
	const parts = (["changed", "added", "removed", "moved"] as const)
		.filter((kind) => counts[kind] > 0)
		.map((kind) => `${formatNumber(counts[kind])} ${kind}`);
	if (parts.length === 0) return "no changes";
	return coarse ? `at least ${parts.join(", ")}` : parts.join(", ");
}

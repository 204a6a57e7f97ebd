import {
	childrenOf,
	compactSource,
	decodeString,
	keyOf,
	tagPrefix,
	valueSource,
} from "../../json/children.ts";
import { formatPath, pathOf } from "../../json/paths.ts";
import { at, NONE, OBJECT, STRING, type Tree } from "../../json/tree.ts";
import { formatNumber } from "../../text/format-number.ts";
import { startOfGrapheme, truncate } from "../../text/graphemes.ts";
import { commonPrefix } from "../text/common-prefix.ts";
import type { Trees } from "./equality.ts";
import { flagPathOf } from "./flag-paths.ts";
import type { Difference, StructureDiff } from "./structure-diff.ts";

/** Characters of a value; longer ones are truncated. */
const MAX_VALUE = 80;
/** Characters shown before the first difference of two truncated values. */
const SHOWN_BEFORE_DIFFERENCE = 24;
/** When less of a difference would be shown, the beginning of the value is left out. */
const MIN_SHOWN_DIFFERENCE = 16;
/** Characters of the source that are read for a preview, which may be mostly white space. */
const MAX_SOURCE = 20_000;
const MAX_SENTENCES = 500;

/** One sentence for each difference. */
export function describeChanges(diff: StructureDiff): readonly string[] {
	const sentences = inDocumentOrder(diff)
		.slice(0, MAX_SENTENCES)
		.map((difference) => describeChange(diff, difference));
	const rest = diff.differences.length - sentences.length;
	return rest > 0 ? [...sentences, `… and ${rest} more`] : sentences;
}

/** Sorted by their place in the documents. */
export function inDocumentOrder({
	original,
	modified,
	differences,
}: StructureDiff): readonly Difference[] {
	const startOf = (one: Difference) =>
		"modified" in one
			? at(modified.start, one.modified)
			: at(original.start, one.original);
	return differences.toSorted((a, b) => startOf(a) - startOf(b));
}

/** `settings.checkout.timeoutSeconds changed from 30 to 45`. */
function describeChange(diff: StructureDiff, difference: Difference): string {
	const { original, modified } = diff;
	switch (difference.kind) {
		case "added":
			return `${pathIn(modified, difference.modified)} was added: ${previewValue(modified, difference.modified)}`;
		case "removed":
			return `${pathIn(original, difference.original)} was removed: ${previewValue(original, difference.original)}`;
		case "moved":
			return `${pathIn(original, difference.original)} moved to position ${at(modified.index, difference.modified)}: ${previewValue(modified, difference.modified)}`;
		case "changed": {
			const [before, after] = previewValues(diff, difference);
			const path = pathIn(modified, difference.modified);
			if (difference.coarse) return `${path} changed in many places`;
			const note = difference.sameValue
				? " (the same number, written differently)"
				: differsInNormalizationOnly(diff, difference)
					? " (the same characters, composed differently)"
					: "";
			return `${path} changed from ${before} to ${after}${note}`;
		}
	}
}

interface NodesOfBoth {
	readonly original: number;
	readonly modified: number;
}

/**
 * A value before and after it changed. Long values begin shortly before the first difference. The annotation of a value in a
 * flag is left out when it did not change, because the name of the flag says where the value is.
 */
export function previewValues(
	{ original, modified }: Trees,
	pair: NodesOfBoth,
	limit = MAX_VALUE,
): readonly [before: string, after: string] {
	const prefix = tagPrefix(original, pair.original);
	const isInFlag =
		prefix !== "" &&
		prefix === tagPrefix(modified, pair.modified) &&
		flagPathOf(modified, pair.modified) !== undefined;
	const skipped = isInFlag ? prefix.length : 0;
	const before = onOneLine(original, pair.original).slice(skipped);
	const after = onOneLine(modified, pair.modified).slice(skipped);
	const isTruncated = Math.max(before.length, after.length) > limit;
	const difference = isTruncated ? commonPrefix(before, after) : 0;
	const from =
		before === after || difference < limit - MIN_SHOWN_DIFFERENCE
			? 0
			: startOfGrapheme(before, difference - SHOWN_BEFORE_DIFFERENCE);
	const start = from > 0 ? "…" : "";
	return [
		start + truncateWithEllipsis(before.slice(from), limit),
		start + truncateWithEllipsis(after.slice(from), limit),
	];
}

/** Strings that look the same: `é` may be one code point or two. https://unicode.org/reports/tr15/ */
export function differsInNormalizationOnly(
	{ original, modified }: Trees,
	pair: NodesOfBoth,
): boolean {
	if (
		at(original.kind, pair.original) !== STRING ||
		at(modified.kind, pair.modified) !== STRING ||
		tagPrefix(original, pair.original) !== tagPrefix(modified, pair.modified)
	)
		return false;
	const before = decodeString(valueSource(original, pair.original));
	const after = decodeString(valueSource(modified, pair.modified));
	return before !== after && before.normalize() === after.normalize();
}

/** A value on one line; long values are truncated. */
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

/** Strings are complete, so that differences at their end are found. */
function onOneLine(tree: Tree, node: number): string {
	const limit = at(tree.kind, node) === STRING ? undefined : MAX_SOURCE;
	return tagPrefix(tree, node) + compactSource(tree, node, limit);
}

/** The path in the modified document, or in the original one for a value that was removed. */
export function pathOfDifference(
	{ original, modified }: Trees,
	difference: Difference,
): string {
	return "modified" in difference
		? pathIn(modified, difference.modified)
		: pathIn(original, difference.original);
}

/** `settings.checkout.timeoutSeconds`, or by the names of flag and variant. */
export function pathIn(tree: Tree, node: number): string {
	const flagPath = flagPathOf(tree, node);
	if (flagPath !== undefined) return flagPath;
	return formatPath(pathOf(tree, node), "JavaScript") || "the document";
}

/** What to know about differences in objects with duplicate keys; empty when there are none. */
export function notesOnDuplicateKeys(diff: StructureDiff): readonly string[] {
	return isUnderDuplicateKeys(diff)
		? [
				"Some keys occur more than once in an object. Each of their values is compared, but most programs read only the last one.",
			]
		: [];
}

/** Whether a value that differs is in an object with a key that occurs more than once, at any level. */
export function isUnderDuplicateKeys({
	original,
	modified,
	differences,
}: StructureDiff): boolean {
	const visited = { original: new Set<number>(), modified: new Set<number>() };
	return differences.some(
		({ originalParent, modifiedParent }) =>
			hasDuplicateKeysAbove(original, originalParent, visited.original) ||
			hasDuplicateKeysAbove(modified, modifiedParent, visited.modified),
	);
}

function hasDuplicateKeysAbove(
	tree: Tree,
	container: number,
	visited: Set<number>,
): boolean {
	for (
		let up = container;
		up !== NONE && !visited.has(up);
		up = at(tree.parent, up)
	) {
		visited.add(up);
		if (at(tree.kind, up) === OBJECT && hasDuplicateKeys(tree, up)) return true;
	}
	return false;
}

function hasDuplicateKeys(tree: Tree, object: number): boolean {
	const keys = Array.from(childrenOf(tree, object), (member) =>
		keyOf(tree, member),
	);
	return new Set(keys).size < keys.length;
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

/** `2 changed, 1 added`. `coarse`: not all differences were counted. */
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

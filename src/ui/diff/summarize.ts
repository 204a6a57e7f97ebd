import {
	type ChangedValue,
	firstChanges,
} from "../../document/diff/json/changed-values.ts";
import {
	countDifferences,
	inDocumentOrder,
	previewValue,
	previewValues,
	summarizeCounts,
} from "../../document/diff/json/describe-changes.ts";
import {
	diffStructure,
	type StructureDiff,
} from "../../document/diff/json/structure-diff.ts";
import {
	documentSourceChanges,
	hiddenChanges,
	joinWords,
	type SourceChange,
	summarizeOnlyChanges,
	textSourceChanges,
} from "../../document/diff/source-changes.ts";
import { runToEnd } from "../../document/diff/text/cooperative-task.ts";
import type {
	LineChange,
	LineDiff,
} from "../../document/diff/text/line-diff.ts";
import { type Lines, lineAt } from "../../document/diff/text/lines.ts";
import { keySource } from "../../document/json/children.ts";
import { at } from "../../document/json/tree.ts";
import { formatNumber } from "../../document/text/format-number.ts";
import { truncate } from "../../document/text/graphemes.ts";
import {
	type ChangedNode,
	type ChangeMarks,
	type ChangeSummary,
	MAX_MARKS,
	MAX_SUMMARY_ITEMS,
	type RemovedNode,
} from "./messages.ts";
import type { ParsedInput } from "./parse-input.ts";
import { compareTexts } from "./text-comparison.ts";

/** What changed, in a few words. */
export function summarizeChange(
	original: ParsedInput,
	modified: ParsedInput,
	{ withMarks = false } = {},
): ChangeSummary {
	if (!original.tree || !modified.tree)
		return summarizeLines(original, modified);
	const diff = runToEnd(diffStructure(original.tree, modified.tree));
	if (diff.differences.length === 0)
		return summarizeSourceChanges(documentSourceChanges(original, modified));
	const nodes = diff.differences.flatMap((one) =>
		one.kind === "removed" ? [] : [one.modified],
	);
	return {
		text: withSourceChanges(
			summarizeCounts(countDifferences(diff), diff.coarse),
			hiddenChanges(original, modified),
		),
		size: diff.differences.length,
		unit: "key",
		items: firstChanges(diff, { count: MAX_SUMMARY_ITEMS, limit: MAX_VALUE }),
		total: diff.differences.length,
		nodes: Int32Array.from(nodes),
		...(withMarks ? { marks: marksOf(diff) } : {}),
	};
}

/** Characters of a value in a summary, and beside the row that shows another value now. */
const MAX_VALUE = 48;

function marksOf(diff: StructureDiff): ChangeMarks {
	const { original } = diff;
	const changed: ChangedNode[] = [];
	const removed: RemovedNode[] = [];
	const shown = inDocumentOrder(diff).slice(0, MAX_MARKS);
	for (const one of shown) {
		if (one.kind === "removed")
			removed.push({
				parent: one.modifiedParent,
				key:
					keySource(original, one.original) ||
					`${at(original.index, one.original)}`,
				was: previewValue(original, one.original, MAX_VALUE),
			});
		else if (one.kind === "changed" && !one.coarse)
			changed.push({
				node: one.modified,
				kind: "changed",
				was: previewValues(diff, one, MAX_VALUE)[0],
			});
		else
			changed.push({
				node: one.modified,
				kind: one.kind === "added" ? "added" : "changed",
			});
	}
	return {
		changed,
		removed,
		omitted: diff.differences.length - shown.length,
	};
}

/** `byte order mark only`. Changes of formatting do not count for the size. */
function summarizeSourceChanges(
	changes: readonly SourceChange[],
): ChangeSummary {
	return {
		text: changes.length === 0 ? "no changes" : summarizeOnlyChanges(changes),
		size: changes.filter(({ isFormatting }) => !isFormatting).length,
		unit: "line",
		items: [],
		total: 0,
		nodes: new Int32Array(),
	};
}

/** `2 changed; encoding too` */
function withSourceChanges(
	text: string,
	changes: readonly SourceChange[],
): string {
	if (changes.length === 0) return text;
	return `${text}; ${joinWords(changes.map(({ name }) => name))} too`;
}

function summarizeLines(
	original: ParsedInput,
	modified: ParsedInput,
): ChangeSummary {
	const { diff } = runToEnd(compareTexts(original.text, modified.text));
	const { changes } = diff;
	if (changes.length === 0)
		return summarizeSourceChanges(textSourceChanges(original, modified));
	let [added, removed] = [0, 0];
	for (const one of changes) {
		added += one.modifiedEnd - one.modifiedStart;
		removed += one.originalEnd - one.originalStart;
	}
	const parts = [
		added > 0 ? `${formatNumber(added)} added` : "",
		removed > 0 ? `${formatNumber(removed)} removed` : "",
	].filter((part) => part !== "");
	return {
		text: withSourceChanges(
			`lines: ${parts.join(", ")}`,
			hiddenChanges(original, modified),
		),
		size: added + removed,
		unit: "line",
		items: changes
			.slice(0, MAX_SUMMARY_ITEMS)
			.map((change) => toChangedLine(diff, change)),
		total: changes.length,
		nodes: new Int32Array(),
	};
}

/** The first line of a group of changed ones. */
function toChangedLine(
	{ original, modified }: LineDiff,
	change: LineChange,
): ChangedValue {
	const line = (lines: Lines, index: number) => {
		const text = lineAt(lines, index).trim();
		return text.length > MAX_VALUE ? `${truncate(text, MAX_VALUE)}…` : text;
	};
	const isAdded = change.originalStart === change.originalEnd;
	const isRemoved = change.modifiedStart === change.modifiedEnd;
	return {
		kind: isAdded ? "added" : isRemoved ? "removed" : "changed",
		path: `line ${(isRemoved ? change.originalStart : change.modifiedStart) + 1}`,
		...(isAdded ? {} : { before: line(original, change.originalStart) }),
		...(isRemoved ? {} : { after: line(modified, change.modifiedStart) }),
	};
}

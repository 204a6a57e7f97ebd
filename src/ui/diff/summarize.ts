// What changed from one version to the next, in a few words.

import {
	countDifferences,
	summarizeCounts,
} from "../../document/diff/json/describe-changes.ts";
import { diffStructure } from "../../document/diff/json/structure-diff.ts";
import {
	documentSourceChanges,
	hiddenChanges,
	joinWords,
	type SourceChange,
	summarizeOnlyChanges,
	textSourceChanges,
} from "../../document/diff/source-changes.ts";
import { runToEnd } from "../../document/diff/text/cooperative-task.ts";
import { formatNumber } from "../../document/format-number.ts";
import type { ChangeSummary } from "./messages.ts";
import type { ParsedInput } from "./parse-input.ts";
import { NO_CHANGES } from "./summary-text.ts";
import { compareTexts } from "./text-comparison.ts";

export function summarizeReadings(
	original: ParsedInput,
	modified: ParsedInput,
): ChangeSummary {
	if (!original.tree || !modified.tree)
		return summarizeLines(original, modified);
	const diff = runToEnd(diffStructure(original.tree, modified.tree));
	if (diff.differences.length === 0)
		return nothingBut(documentSourceChanges(original, modified));
	const nodes = diff.differences.flatMap((one) =>
		one.kind === "removed" ? [] : [one.modified],
	);
	return {
		text: withHidden(
			summarizeCounts(countDifferences(diff), diff.coarse),
			hiddenChanges(original, modified),
		),
		size: diff.differences.length,
		nodes: Int32Array.from(nodes),
	};
}

/** `byte order mark only`. Its size is that of formatting, unless it is more than that. */
function nothingBut(changes: readonly SourceChange[]): ChangeSummary {
	return {
		text: changes.length === 0 ? NO_CHANGES : summarizeOnlyChanges(changes),
		size: changes.filter(({ isFormatting }) => !isFormatting).length,
		nodes: new Int32Array(),
	};
}

/** `2 changed; encoding too` */
function withHidden(text: string, changes: readonly SourceChange[]): string {
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
		return nothingBut(textSourceChanges(original, modified));
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
		text: withHidden(
			`lines: ${parts.join(", ")}`,
			hiddenChanges(original, modified),
		),
		size: added + removed,
		nodes: new Int32Array(),
	};
}

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
import { formatNumber } from "../../document/text/format-number.ts";
import type { ChangeSummary } from "./messages.ts";
import type { ParsedInput } from "./parse-input.ts";
import { compareTexts } from "./text-comparison.ts";

/** What changed, in a few words. */
export function summarizeChange(
	original: ParsedInput,
	modified: ParsedInput,
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
		nodes: Int32Array.from(nodes),
	};
}

/** `byte order mark only`. Changes of formatting do not count for the size. */
function summarizeSourceChanges(
	changes: readonly SourceChange[],
): ChangeSummary {
	return {
		text: changes.length === 0 ? "no changes" : summarizeOnlyChanges(changes),
		size: changes.filter(({ isFormatting }) => !isFormatting).length,
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
		nodes: new Int32Array(),
	};
}

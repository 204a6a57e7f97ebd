// What changed from one version to the next, in a few words.

import { finish } from "../../document/diff/cooperative-task.ts";
import {
	countDifferences,
	toSummary,
} from "../../document/diff/json/describe-changes.ts";
import { diffStructure } from "../../document/diff/json/structure-diff.ts";
import {
	documentChanges,
	hiddenChanges,
	inWords,
	lineChanges,
	type SourceChange,
	summarizeNothingBut,
} from "../../document/diff/source-changes.ts";
import { grouped } from "../../document/format-number.ts";
import type { ChangeSummary } from "./messages.ts";
import type { Reading } from "./parse-input.ts";
import { NO_CHANGES } from "./summary-text.ts";
import { compareTexts } from "./text-compared.ts";

export function summarizeReadings(old: Reading, fresh: Reading): ChangeSummary {
	if (!old.tree || !fresh.tree) return summarizeLines(old, fresh);
	const diff = finish(diffStructure(old.tree, fresh.tree));
	if (diff.differences.length === 0)
		return nothingBut(documentChanges(old, fresh));
	const nodes = diff.differences.flatMap((one) =>
		one.kind === "removed" ? [] : [one.new],
	);
	return {
		text: withHidden(
			toSummary(countDifferences(diff), diff.coarse),
			hiddenChanges(old, fresh),
		),
		size: diff.differences.length,
		nodes: Int32Array.from(nodes),
	};
}

/** `byte order mark only`. Its size is that of formatting, unless it is more than that. */
function nothingBut(changes: readonly SourceChange[]): ChangeSummary {
	return {
		text: changes.length === 0 ? NO_CHANGES : summarizeNothingBut(changes),
		size: changes.filter(({ isFormatting }) => !isFormatting).length,
		nodes: new Int32Array(),
	};
}

/** `2 changed; encoding too` */
function withHidden(text: string, changes: readonly SourceChange[]): string {
	if (changes.length === 0) return text;
	return `${text}; ${inWords(changes.map(({ name }) => name))} too`;
}

function summarizeLines(old: Reading, fresh: Reading): ChangeSummary {
	const { diff } = finish(compareTexts(old.text, fresh.text));
	const { changes } = diff;
	if (changes.length === 0) return nothingBut(lineChanges(old, fresh));
	let [added, removed] = [0, 0];
	for (const one of changes) {
		added += one.newEnd - one.newStart;
		removed += one.oldEnd - one.oldStart;
	}
	const parts = [
		added > 0 ? `${grouped(added)} added` : "",
		removed > 0 ? `${grouped(removed)} removed` : "",
	].filter((part) => part !== "");
	return {
		text: withHidden(`lines: ${parts.join(", ")}`, hiddenChanges(old, fresh)),
		size: added + removed,
		nodes: new Int32Array(),
	};
}

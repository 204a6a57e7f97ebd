// Two texts compared line by line, with what is to be said about what lines do not show.

import {
	byteChanges,
	describeOnlyChanges,
	type SourceVersion,
	sentencesOf,
	textSourceChanges,
} from "../../document/diff/source-changes.ts";
import type { CooperativeTask } from "../../document/diff/text/cooperative-task.ts";
import {
	diffLines,
	type LineDiff,
} from "../../document/diff/text/line-diff.ts";
import {
	describeLineEndChanges,
	normalizeLineEnds,
} from "../../document/diff/text/lines.ts";

export interface TextComparison {
	readonly diff: LineDiff;
	/** Both were written out line by line before. */
	readonly formatted: boolean;
	/** Sentences about what lines do not show. */
	readonly notes: readonly string[];
	/** Of two without a changed line: what changed all the same. */
	readonly unchanged: string;
}

/** Lines that differ in their ends only are told once, not line by line. */
export function* compareTexts(
	original: string,
	modified: string,
): CooperativeTask<Omit<TextComparison, "unchanged">> {
	const notes = describeLineEndChanges(original, modified);
	const diff = yield* diffLines(
		normalizeLineEnds(original),
		normalizeLineEnds(modified),
	);
	return { diff, formatted: false, notes };
}

/** With what their bytes say besides. */
export function* compareSources(
	original: SourceVersion,
	modified: SourceVersion,
): CooperativeTask<TextComparison> {
	const compared = yield* compareTexts(original.text, modified.text);
	const notes = sentencesOf(byteChanges(original, modified));
	return {
		...compared,
		notes: [...compared.notes, ...notes],
		unchanged:
			compared.diff.changes.length > 0
				? ""
				: describeOnlyChanges(textSourceChanges(original, modified)),
	};
}

/** Of two that were written out line by line: how they were written is no longer seen. */
export function* compareFormatted(
	original: SourceVersion,
	modified: SourceVersion,
	[originalText, modifiedText]: readonly [string, string],
): CooperativeTask<TextComparison> {
	return {
		diff: yield* diffLines(originalText, modifiedText),
		formatted: true,
		notes: sentencesOf(byteChanges(original, modified)),
		unchanged: "",
	};
}

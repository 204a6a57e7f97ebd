// Two texts compared line by line, with what is to be said about what lines do not show.

import type { CooperativeTask } from "../../document/diff/cooperative-task.ts";
import {
	byteChanges,
	describeOnlyChanges,
	type SourceVersion,
	sentencesOf,
	textSourceChanges,
} from "../../document/diff/source-changes.ts";
import {
	diffLines,
	type LineDiff,
} from "../../document/diff/text/line-diff.ts";
import {
	describeLineEndChanges,
	normalizeLineEnds,
} from "../../document/diff/text/line-ends.ts";

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
	old: string,
	fresh: string,
): CooperativeTask<Omit<TextComparison, "unchanged">> {
	const notes = describeLineEndChanges(old, fresh);
	const diff = yield* diffLines(
		normalizeLineEnds(old),
		normalizeLineEnds(fresh),
	);
	return { diff, formatted: false, notes };
}

/** With what their bytes say besides. */
export function* compareSources(
	old: SourceVersion,
	fresh: SourceVersion,
): CooperativeTask<TextComparison> {
	const compared = yield* compareTexts(old.text, fresh.text);
	const notes = sentencesOf(byteChanges(old, fresh));
	return {
		...compared,
		notes: [...compared.notes, ...notes],
		unchanged:
			compared.diff.changes.length > 0
				? ""
				: describeOnlyChanges(textSourceChanges(old, fresh)),
	};
}

/** Of two that were written out line by line: how they were written is no longer seen. */
export function* compareFormatted(
	old: SourceVersion,
	fresh: SourceVersion,
	[oldText, newText]: readonly [string, string],
): CooperativeTask<TextComparison> {
	return {
		diff: yield* diffLines(oldText, newText),
		formatted: true,
		notes: sentencesOf(byteChanges(old, fresh)),
		unchanged: "",
	};
}

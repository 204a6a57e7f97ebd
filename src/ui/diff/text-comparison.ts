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
import type { Content } from "../content/content.ts";
import { toClipboardText } from "../content/encoding.ts";

export interface TextComparison {
	readonly diff: LineDiff;
	/** The compared texts are the formatted documents. */
	readonly formatted: boolean;
	/** Sentences about changes that the lines do not show. */
	readonly notes: readonly string[];
	/** What changed although no line did; empty when lines changed. */
	readonly unchanged: string;
}

/** Lines that differ only in their ends are equal; a note says how the ends changed. */
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

/** Compares the texts of two versions, with notes on changes of their bytes. */
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

/** Compares two formatted documents. */
export function* compareFormatted(
	original: SourceVersion,
	modified: SourceVersion,
	originalText: string,
	modifiedText: string,
): CooperativeTask<TextComparison> {
	return {
		diff: yield* diffLines(originalText, modifiedText),
		formatted: true,
		notes: sentencesOf(byteChanges(original, modified)),
		unchanged: "",
	};
}

/** Why a unified patch cannot be copied: it could not be applied to bytes that are not UTF-8. */
export function unifiedPatchError(
	original: Pick<Content, "bytes">,
	modified: Pick<Content, "bytes">,
): string | undefined {
	const isOld = toClipboardText(original.bytes) === undefined;
	if (!isOld && toClipboardText(modified.bytes) !== undefined) return undefined;
	return `A patch is text in UTF-8, and the ${isOld ? "first" : "second"} version is not.`;
}

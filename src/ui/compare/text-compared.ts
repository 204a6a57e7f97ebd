// Two texts compared line by line, with what is to be said about what lines do not show.
import { diffLines, type LineDiff } from "../../document/compare/line-diff.ts";
import {
	tellLineEnds,
	withoutCarriageReturns,
} from "../../document/compare/line-ends.ts";
import type { Steps } from "../../document/compare/steps.ts";

export interface TextCompared {
	readonly diff: LineDiff;
	/** Both were written out line by line before. */
	readonly formatted: boolean;
	/** Sentences about what lines do not show. */
	readonly notes: readonly string[];
}

/** Lines that differ in their ends only are told once, not line by line. */
export function* compareTexts(old: string, fresh: string): Steps<TextCompared> {
	const notes = tellLineEnds(old, fresh);
	const diff = yield* diffLines(
		withoutCarriageReturns(old),
		withoutCarriageReturns(fresh),
	);
	return { diff, formatted: false, notes };
}

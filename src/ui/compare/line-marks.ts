// The marks within the lines on show, found when a line is shown for the first time.
import type { LineDiff } from "../../document/diff/text/line-diff.ts";
import { lineAt } from "../../document/diff/text/lines.ts";
import {
	diffWords,
	pairLines,
	type TextRange,
	type WordDiff,
} from "../../document/diff/text/word-diff.ts";

export interface LineMarks {
	/** `undefined` when the line as a whole is another one. */
	of(
		side: "original" | "modified",
		line: number,
		change: number,
	): readonly TextRange[] | undefined;
}

interface Pairs {
	/** By line of either side: the old line of its pair. */
	readonly original: ReadonlyMap<number, number>;
	readonly modified: ReadonlyMap<number, number>;
}

export function createLineMarks(diff: LineDiff): LineMarks {
	const pairs = new Map<number, Pairs>();
	const marked = new Map<number, WordDiff | undefined>();

	function pairsOf(index: number): Pairs {
		const known = pairs.get(index);
		if (known) return known;
		const change = diff.changes[index];
		const original = change
			? pairLines(diff.original, diff.modified, change)
			: new Map<number, number>();
		const found = {
			original,
			modified: new Map([...original].map(([line, other]) => [other, line])),
		};
		pairs.set(index, found);
		return found;
	}
	function markedOf(
		originalLine: number,
		modifiedLine: number,
	): WordDiff | undefined {
		if (!marked.has(originalLine))
			marked.set(
				originalLine,
				diffWords(
					lineAt(diff.original, originalLine),
					lineAt(diff.modified, modifiedLine),
				),
			);
		return marked.get(originalLine);
	}

	return {
		of(side, line, change) {
			const other = pairsOf(change)[side].get(line);
			if (other === undefined) return undefined;
			return side === "original"
				? markedOf(line, other)?.original
				: markedOf(other, line)?.modified;
		},
	};
}

// The marks within the lines on show, found when a line is shown for the first time.
import type { LineDiff } from "../../document/diff/text/line-diff.ts";
import { pairLines } from "../../document/diff/text/line-pairing.ts";
import { lineAt } from "../../document/diff/text/lines.ts";
import {
	diffWords,
	type WordChange,
	type WordDiff,
} from "../../document/diff/text/word-diff.ts";

export interface LineMarks {
	/** `undefined` when the line as a whole is another one. */
	of(
		side: "old" | "new",
		line: number,
		change: number,
	): readonly WordChange[] | undefined;
}

interface Pairs {
	/** By line of either side: the old line of its pair. */
	readonly old: ReadonlyMap<number, number>;
	readonly new: ReadonlyMap<number, number>;
}

export function createLineMarks(diff: LineDiff): LineMarks {
	const pairs = new Map<number, Pairs>();
	const marked = new Map<number, WordDiff | undefined>();

	function pairsOf(index: number): Pairs {
		const known = pairs.get(index);
		if (known) return known;
		const change = diff.changes[index];
		const old = change
			? pairLines(diff.old, diff.new, change)
			: new Map<number, number>();
		const found = {
			old,
			new: new Map([...old].map(([line, other]) => [other, line])),
		};
		pairs.set(index, found);
		return found;
	}
	function markedOf(oldLine: number, newLine: number): WordDiff | undefined {
		if (!marked.has(oldLine))
			marked.set(
				oldLine,
				diffWords(lineAt(diff.old, oldLine), lineAt(diff.new, newLine)),
			);
		return marked.get(oldLine);
	}

	return {
		of(side, line, change) {
			const other = pairsOf(change)[side].get(line);
			if (other === undefined) return undefined;
			return side === "old"
				? markedOf(line, other)?.old
				: markedOf(other, line)?.new;
		},
	};
}

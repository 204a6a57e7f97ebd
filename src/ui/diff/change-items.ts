import {
	toChangedValue,
	valuesOf,
} from "../../document/diff/json/changed-values.ts";
import type {
	Difference,
	StructureDiff,
} from "../../document/diff/json/structure-diff.ts";
import { type Lines, lineIndexAt } from "../../document/diff/text/lines.ts";
import { at } from "../../document/json/tree.ts";
import type { ChangeItem } from "./messages.ts";

/** Characters of a value in the tooltip. */
const MAX_LONG = 1_000;

export interface BothLines {
	readonly original: Lines;
	readonly modified: Lines;
}

/** A difference as a row of a comparison shows it. */
export function toItem(
	diff: StructureDiff,
	difference: Difference,
	lines: BothLines,
): ChangeItem {
	const item = toChangedValue(diff, difference);
	const long = valuesOf(diff, difference, MAX_LONG);
	const { original, modified } = diff;
	return {
		...item,
		...(long.before === item.before ? {} : { longBefore: long.before }),
		...(long.after === item.after ? {} : { longAfter: long.after }),
		line:
			difference.kind === "removed"
				? lineOf(lines.original, at(original.start, difference.original))
				: lineOf(lines.modified, at(modified.start, difference.modified)),
	};
}

function lineOf(lines: Lines, offset: number): number {
	return lineIndexAt(lines, offset + 1) - 1;
}

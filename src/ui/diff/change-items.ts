import {
	differsInNormalizationOnly,
	pathOfDifference,
	previewValue,
	previewValues,
} from "../../document/diff/json/describe-changes.ts";
import type {
	Difference,
	StructureDiff,
} from "../../document/diff/json/structure-diff.ts";
import { type Lines, lineIndexAt } from "../../document/diff/text/lines.ts";
import { at } from "../../document/json/tree.ts";
import { endOfGrapheme, truncate } from "../../document/text/graphemes.ts";
import type { ChangedValue, ChangeItem } from "./messages.ts";

/** Characters; longer paths are shortened in their middle. */
const MAX_PATH = 400;
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

/** A difference in short. `limit`: characters of each value. */
export function toChangedValue(
	diff: StructureDiff,
	difference: Difference,
	limit?: number,
): ChangedValue {
	return {
		kind: difference.kind,
		path: shorten(pathOfDifference(diff, difference)),
		...valuesOf(diff, difference, limit),
		...noteOf(diff, difference),
	};
}

function valuesOf(
	diff: StructureDiff,
	difference: Difference,
	limit?: number,
): Pick<ChangedValue, "before" | "after"> {
	switch (difference.kind) {
		case "added":
			return { after: previewValue(diff.modified, difference.modified, limit) };
		case "removed":
			return {
				before: previewValue(diff.original, difference.original, limit),
			};
		default: {
			const [before, after] = previewValues(diff, difference, limit);
			return { before, after };
		}
	}
}

function lineOf(lines: Lines, offset: number): number {
	return lineIndexAt(lines, offset + 1) - 1;
}

function noteOf(
	diff: StructureDiff,
	difference: Difference,
): { note?: string } {
	if (difference.kind === "added" || difference.kind === "removed") return {};
	if (difference.kind === "moved") {
		const from = at(diff.original.index, difference.original);
		const to = at(diff.modified.index, difference.modified);
		return { note: `from [${from}] to [${to}]` };
	}
	if (difference.coarse) return { note: "in many places" };
	if (difference.sameValue) return { note: "the same number" };
	return differsInNormalizationOnly(diff, difference)
		? { note: "the same characters, composed differently" }
		: {};
}

function shorten(path: string): string {
	if (path.length <= MAX_PATH) return path;
	const half = MAX_PATH / 2;
	const end = path.length - half;
	return `${truncate(path, half)}…${path.slice(endOfGrapheme(path, end))}`;
}

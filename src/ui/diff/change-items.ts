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
import type { ChangeItem } from "./messages.ts";

/** Characters; longer paths are shortened in their middle. */
const MAX_PATH = 400;
/** Characters of a value in the tooltip. */
const MAX_LONG = 1_000;

export interface BothLines {
	readonly original: Lines;
	readonly modified: Lines;
}

/** A difference as a row shows it. */
export function toItem(
	diff: StructureDiff,
	difference: Difference,
	lines: BothLines,
): ChangeItem {
	const { longBefore, longAfter, ...item } = describe(diff, difference, lines);
	return {
		...item,
		...(longBefore === item.before ? {} : { longBefore }),
		...(longAfter === item.after ? {} : { longAfter }),
	};
}

function describe(
	diff: StructureDiff,
	difference: Difference,
	lines: BothLines,
): ChangeItem {
	const { original, modified } = diff;
	const common = {
		kind: difference.kind,
		path: shorten(pathOfDifference(diff, difference)),
	};
	switch (difference.kind) {
		case "added":
			return {
				...common,
				after: previewValue(modified, difference.modified),
				longAfter: previewValue(modified, difference.modified, MAX_LONG),
				line: lineOf(lines.modified, at(modified.start, difference.modified)),
			};
		case "removed":
			return {
				...common,
				before: previewValue(original, difference.original),
				longBefore: previewValue(original, difference.original, MAX_LONG),
				line: lineOf(lines.original, at(original.start, difference.original)),
			};
		default: {
			const [before, after] = previewValues(diff, difference);
			const [longBefore, longAfter] = previewValues(diff, difference, MAX_LONG);
			return {
				...common,
				before,
				after,
				longBefore,
				longAfter,
				line: lineOf(lines.modified, at(modified.start, difference.modified)),
				...noteOf(diff, difference),
			};
		}
	}
}

function lineOf(lines: Lines, offset: number): number {
	return lineIndexAt(lines, offset + 1) - 1;
}

function noteOf(
	diff: StructureDiff,
	difference: Extract<Difference, { kind: "moved" | "changed" }>,
): { note?: string } {
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

import { readDeliveredFlags, readFlag } from "../../formats/delivered-flags.ts";
import { keyOf } from "../../json/children.ts";
import { at } from "../../json/tree.ts";
import { endOfGrapheme, truncate } from "../../text/graphemes.ts";
import {
	differsInNormalizationOnly,
	inDocumentOrder,
	pathOfDifference,
	previewValue,
	previewValues,
} from "./describe-changes.ts";
import type { Difference, StructureDiff } from "./structure-diff.ts";

/** A value that differs. Of text without structure, a line. */
export interface ChangedValue {
	readonly kind: "added" | "removed" | "changed" | "moved";
	/** `checkout.timeoutSeconds`, the name of a flag, or `line 12`. */
	readonly path: string;
	/** Absent for an added value. */
	readonly before?: string;
	/** Absent for a removed value. */
	readonly after?: string;
	readonly note?: string;
}

/** Characters; longer paths are shortened in their middle. */
const MAX_PATH = 400;

export interface ChangedValuesOptions {
	/** How many are described. */
	readonly count: number;
	/** Characters of each value. */
	readonly limit: number;
	/** Only differences for which this holds. */
	readonly filter?: (difference: Difference) => boolean;
}

/** The first differences in document order. Feature flags are switched `on` and `off`, by their names. */
export function firstChanges(
	diff: StructureDiff,
	{ count, limit, filter = () => true }: ChangedValuesOptions,
): readonly ChangedValue[] {
	const describe = areFlags(diff) ? toFlagChange : toChangedValue;
	return inDocumentOrder(diff)
		.filter(filter)
		.slice(0, count)
		.map((difference) => describe(diff, difference, limit));
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

/** The values of a difference, truncated. */
export function valuesOf(
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

function areFlags({ original, modified }: StructureDiff): boolean {
	return [original, modified].every((tree) => readDeliveredFlags(tree));
}

/** The state of a flag is `on` or `off`, and its path is its name. */
function toFlagChange(
	diff: StructureDiff,
	difference: Difference,
	limit: number | undefined,
): ChangedValue {
	const item = toChangedValue(diff, difference, limit);
	if (difference.kind === "added" || difference.kind === "removed") {
		const [tree, node, side] =
			difference.kind === "added"
				? ([diff.modified, difference.modified, "after"] as const)
				: ([diff.original, difference.original, "before"] as const);
		const flag = at(tree.parent, node) === 0 && readFlag(tree, node);
		return flag
			? { ...item, path: flag.name, [side]: stateName(flag.isEnabled) }
			: item;
	}
	const { modified } = diff;
	const parent = at(modified.parent, difference.modified);
	if (
		at(modified.parent, parent) !== 0 ||
		keyOf(modified, difference.modified) !== "enabled"
	)
		return item;
	return {
		...item,
		path: keyOf(modified, parent),
		before: stateName(item.before === "true"),
		after: stateName(item.after === "true"),
	};
}

function stateName(isEnabled: boolean): string {
	return isEnabled ? "on" : "off";
}

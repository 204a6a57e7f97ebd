import {
	toChangedValue,
	valuesOf,
} from "../../document/diff/json/changed-values.ts";
import { inDocumentOrder } from "../../document/diff/json/describe-changes.ts";
import {
	areAuthoredFlags,
	compareFlags,
} from "../../document/diff/json/flag-changes.ts";
import type {
	Difference,
	StructureDiff,
} from "../../document/diff/json/structure-diff.ts";
import {
	type Lines,
	lineIndexAt,
	splitLines,
} from "../../document/diff/text/lines.ts";
import { keyOf } from "../../document/json/children.ts";
import { at, type Tree } from "../../document/json/tree.ts";
import type { ChangeItem } from "./messages.ts";

/** Characters of a value in the tooltip. */
const MAX_LONG = 1_000;

export interface BothLines {
	readonly original: Lines;
	readonly modified: Lines;
}

export function linesOf({ original, modified }: StructureDiff): BothLines {
	return {
		original: splitLines(original.text),
		modified: splitLines(modified.text),
	};
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

export interface FlagItems {
	readonly items: readonly ChangeItem[];
	/** Sentences about what the items leave out. */
	readonly notes: readonly string[];
}

/**
 * The differences of two documents with feature flags, flag by flag; then those of authored documents outside of the flags.
 * `undefined` for other documents, and where flags do not express what differs.
 */
export function flagItems(diff: StructureDiff): FlagItems | undefined {
	const { original, modified, differences } = diff;
	if (differences.length === 0) return undefined;
	const flags = compareFlags(original, modified);
	if (!flags) return undefined;
	const lines = linesOf(diff);
	const items = flags.changes.map(({ node, ...change }) => ({
		...change,
		line:
			change.kind === "removed"
				? lineOf(lines.original, at(original.start, node))
				: lineOf(lines.modified, at(modified.start, node)),
	}));
	const others = inDocumentOrder(diff)
		.filter(isBesideFlags(diff))
		.map((difference) => toItem(diff, difference, lines));
	if (items.length + others.length === 0 && !flags.hasOtherTimes)
		return undefined;
	return {
		items: [...items, ...others],
		notes: flags.hasOtherTimes
			? ["Times at which flags were created or updated are not compared."]
			: [],
	};
}

/** Of authored documents, what is not among the values of the flags. */
function isBesideFlags({ original, modified }: StructureDiff) {
	const areAuthored = [original, modified].some(areAuthoredFlags);
	const isBeside = (tree: Tree, node: number) => {
		let member = node;
		while (at(tree.parent, member) > 0) member = at(tree.parent, member);
		return member > 0 && keyOf(tree, member) !== "values";
	};
	return (difference: Difference) =>
		areAuthored &&
		("modified" in difference
			? isBeside(modified, difference.modified)
			: isBeside(original, difference.original));
}

function lineOf(lines: Lines, offset: number): number {
	return lineIndexAt(lines, offset + 1) - 1;
}

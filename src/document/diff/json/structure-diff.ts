import { valueSource } from "../../json/children.ts";
import { ARRAY, at, NUMBER, OBJECT, type Tree } from "../../json/tree.ts";
import type { CooperativeTask } from "../text/cooperative-task.ts";
import { MAX_DIFFERENCES, pairElements } from "./array-diff.ts";
import {
	createDiffInputs,
	createEquality,
	type DiffInputs,
	hasSameTag,
	isSameNumber,
	isSameString,
	type NodePair,
	type Trees,
} from "./equality.ts";
import { type Pairing, pairMembers } from "./key-matching.ts";
import { type ComparisonTask, walkInParallel } from "./parallel-walk.ts";

/** Nodes of the trees. The parents are a pair themselves, NONE at the root. */
export type Difference = {
	readonly originalParent: number;
	readonly modifiedParent: number;
} & (
	| { readonly kind: "added"; readonly modified: number }
	| { readonly kind: "removed"; readonly original: number }
	| {
			readonly kind: "moved";
			readonly original: number;
			readonly modified: number;
	  }
	| {
			readonly kind: "changed";
			readonly original: number;
			readonly modified: number;
			/** Two numbers that are written differently and mean the same. */
			readonly sameValue: boolean;
			/** The differences inside the value were not searched. */
			readonly coarse: boolean;
	  }
);

export interface StructureDiff extends Trees {
	/** Differences of a container come before those of its contents. */
	readonly differences: readonly Difference[];
	/** There were too many differences to report each: some are reported for a whole container. */
	readonly coarse: boolean;
}

const PAIRS_PER_STEP = 512;

/**
 * Which values of two complete trees differ. Without recursion, so that any depth can be compared. Comparing the other way
 * round gives the inverse differences.
 */
export function* diffStructure(
	original: Tree,
	modified: Tree,
): CooperativeTask<StructureDiff> {
	// Ties are decided by what comes first, so two documents are always compared in the same direction.
	const isInverted = isOrderedAfter(original.text, modified.text);
	const found = yield* findDifferences(
		isInverted
			? createDiffInputs(modified, original)
			: createDiffInputs(original, modified),
	);
	return {
		original,
		modified,
		differences: isInverted ? invertAll(found) : found,
		coarse: found.some((one) => one.kind === "changed" && one.coarse),
	};
}

function isOrderedAfter(text: string, other: string): boolean {
	return text.length === other.length
		? text > other
		: text.length > other.length;
}

function* findDifferences(inputs: DiffInputs): CooperativeTask<Difference[]> {
	const found: Difference[] = [];
	const equality = createEquality(inputs);
	const tasks = walkInParallel(inputs)
		.filter(({ pair }) => !isSameString(inputs, pair))
		.reverse();
	let done = 0;
	for (let task = tasks.pop(); task; task = tasks.pop()) {
		if (done >= PAIRS_PER_STEP) yield;
		done %= PAIRS_PER_STEP;
		done += 1;
		const { pair } = task;
		const kind = containerKindOf(inputs, pair);
		const isFull = found.length >= MAX_DIFFERENCES;
		if (kind === undefined || isFull) {
			if (kind !== undefined && equality.isEqual(pair)) continue;
			found.push(toChanged(inputs, task, kind !== undefined));
			continue;
		}
		const pairing =
			kind === OBJECT
				? pairMembers(inputs, pair, equality)
				: yield* pairElements(inputs, pair, equality);
		const { pairs, removed, added, moved } = pairing;
		if (removed.length + added.length + moved.length > MAX_DIFFERENCES) {
			if (!equality.isEqual(pair)) found.push(toChanged(inputs, task, true));
			continue;
		}
		addDifferences(pair, pairing, found);
		// The first pair is compared first.
		for (let index = pairs.length - 1; index >= 0; index -= 1) {
			const child = pairs[index];
			if (child && !equality.isSurelyEqual(child))
				tasks.push({ pair: child, parents: pair });
		}
		done += pairs.length;
	}
	return found;
}

/** OBJECT or ARRAY when both values are that and have the same tag. */
function containerKindOf(
	trees: Trees,
	pair: NodePair,
): typeof OBJECT | typeof ARRAY | undefined {
	const kind = at(trees.original.kind, pair[0]);
	if (kind !== at(trees.modified.kind, pair[1])) return undefined;
	if (!hasSameTag(trees, pair)) return undefined;
	return kind === OBJECT || kind === ARRAY ? kind : undefined;
}

function toChanged(
	trees: Trees,
	{ pair, parents }: ComparisonTask,
	coarse: boolean,
): Difference {
	const { original, modified } = trees;
	const [left, right] = pair;
	const areNumbers =
		at(original.kind, left) === NUMBER && at(modified.kind, right) === NUMBER;
	return {
		kind: "changed",
		originalParent: parents[0],
		modifiedParent: parents[1],
		original: left,
		modified: right,
		sameValue:
			areNumbers &&
			hasSameTag(trees, pair) &&
			isSameNumber(valueSource(original, left), valueSource(modified, right)),
		coarse,
	};
}

function addDifferences(
	[originalParent, modifiedParent]: NodePair,
	{ removed, added, moved }: Pairing,
	found: Difference[],
): void {
	const parents = { originalParent, modifiedParent };
	for (const original of removed)
		found.push({ ...parents, kind: "removed", original });
	for (const [original, modified] of moved)
		found.push({ ...parents, kind: "moved", original, modified });
	for (const modified of added)
		found.push({ ...parents, kind: "added", modified });
}

/** Differences in the other direction. Within a container, what was removed comes before what was added there too. */
function invertAll(differences: readonly Difference[]): Difference[] {
	const inverted: Difference[] = [];
	let added: Difference[] = [];
	for (const [index, difference] of differences.entries()) {
		const before = differences[index - 1];
		if (difference.originalParent !== before?.originalParent) {
			for (const one of added) inverted.push(one);
			added = [];
		}
		const inverse = invert(difference);
		if (inverse.kind === "added") added.push(inverse);
		else inverted.push(inverse);
	}
	for (const one of added) inverted.push(one);
	return inverted;
}

function invert(difference: Difference): Difference {
	const parents = {
		originalParent: difference.modifiedParent,
		modifiedParent: difference.originalParent,
	};
	switch (difference.kind) {
		case "added":
			return { ...parents, kind: "removed", original: difference.modified };
		case "removed":
			return { ...parents, kind: "added", modified: difference.original };
		default:
			return {
				...difference,
				...parents,
				original: difference.modified,
				modified: difference.original,
			};
	}
}

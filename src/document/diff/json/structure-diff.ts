// Which values of two documents differ: added, removed, changed or moved, by where they stand; without recursion, at any depth.
import { valueSource } from "../../json/children.ts";
import { ARRAY, at, NUMBER, OBJECT, type Tree } from "../../json/tree.ts";
import { hasSameTag } from "../tags.ts";
import type { CooperativeTask } from "../text/cooperative-task.ts";
import { MAX_DIFFERENCES, pairElements } from "./array-diff.ts";
import {
	createSide,
	type NodePair,
	type Pairing,
	type Sides,
} from "./diff-input.ts";
import { createEquality, type Equality, isSameString } from "./equality.ts";
import { turnAll } from "./invert.ts";
import {
	type MemberPairing,
	NO_SHADOWS,
	pairMembers,
} from "./member-pairing.ts";
import { readInStep, type Task } from "./parallel-walk.ts";
import { isSameNumber } from "./tokens.ts";

/** Nodes of the trees; the parents are a pair themselves, NONE at the root. */
export type Difference = {
	readonly originalParent: number;
	readonly modifiedParent: number;
	/** A member that is not what parsing the document gives: the same key follows, here or further up. */
	readonly shadowed: boolean;
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
			/** The values hold differences that were not looked for. */
			readonly coarse: boolean;
	  }
);

export interface StructureDiff {
	readonly original: Tree;
	readonly modified: Tree;
	/** What is told of a container comes before what is told of its contents. */
	readonly differences: readonly Difference[];
	/** There were too many differences to tell each: some are told of a whole container. */
	readonly coarse: boolean;
}

const PAIRS_PER_STEP = 512;

/** Both trees are complete. Comparing the other way round gives the same differences, the other way round. */
export function* diffStructure(
	original: Tree,
	modified: Tree,
): CooperativeTask<StructureDiff> {
	const isTurned = isBehind(original, modified);
	const sides = isTurned
		? { original: createSide(modified), modified: createSide(original) }
		: { original: createSide(original), modified: createSide(modified) };
	const found = yield* search(sides);
	return {
		original,
		modified,
		differences: isTurned ? turnAll(found) : found,
		coarse: found.some((one) => one.kind === "changed" && one.coarse),
	};
}

/** Ties are decided by what comes first: so two documents are always compared in the same direction. */
function isBehind(original: Tree, modified: Tree): boolean {
	const difference = original.text.length - modified.text.length;
	return difference === 0 ? original.text > modified.text : difference > 0;
}

function* search(sides: Sides): CooperativeTask<Difference[]> {
	const found: Difference[] = [];
	const equality = createEquality(sides);
	const tasks = readInStep(sides)
		.filter(({ pair }) => !isSameString(sides, pair))
		.reverse();
	let done = 0;
	for (let task = tasks.pop(); task; task = tasks.pop()) {
		if (done >= PAIRS_PER_STEP) yield;
		done %= PAIRS_PER_STEP;
		done += 1;
		const kind = containerKindOf(sides, task.pair);
		const isFull = found.length >= MAX_DIFFERENCES;
		if (kind === undefined || isFull) {
			if (kind !== undefined && equality.isEqual(task.pair)) continue;
			found.push(toChanged(sides, task, kind !== undefined));
			continue;
		}
		const pairing =
			kind === OBJECT
				? pairMembers(sides, task.pair, equality)
				: yield* pairElements(sides, task.pair, equality);
		if (isTooMuch(pairing)) {
			if (!equality.isEqual(task.pair))
				found.push(toChanged(sides, task, true));
			continue;
		}
		addDifferences(task, pairing, found);
		pushTasks(task, pairing, { tasks, equality });
		done += pairing.pairs.length;
	}
	return found;
}

function isTooMuch({ removed, added, moved }: Pairing): boolean {
	return removed.length + added.length + moved.length > MAX_DIFFERENCES;
}

/** OBJECT or ARRAY when both are that, under the same tag. */
function containerKindOf(
	sides: Sides,
	[original, modified]: NodePair,
): typeof OBJECT | typeof ARRAY | undefined {
	const kind = at(sides.original.tree.kind, original);
	if (kind !== at(sides.modified.tree.kind, modified)) return undefined;
	if (
		!hasSameTag(sides.original.tree, sides.modified.tree, [original, modified])
	)
		return undefined;
	return kind === OBJECT || kind === ARRAY ? kind : undefined;
}

function toChanged(sides: Sides, task: Task, coarse: boolean): Difference {
	const [original, modified] = task.pair;
	const { tree: left } = sides.original;
	const { tree: right } = sides.modified;
	const areNumbers =
		at(left.kind, original) === NUMBER && at(right.kind, modified) === NUMBER;
	return {
		kind: "changed",
		originalParent: task.parents[0],
		modifiedParent: task.parents[1],
		shadowed: task.shadowed,
		original,
		modified,
		sameValue:
			areNumbers &&
			hasSameTag(left, right, [original, modified]) &&
			isSameNumber(valueSource(left, original), valueSource(right, modified)),
		coarse,
	};
}

function addDifferences(
	{ pair: [originalParent, modifiedParent], shadowed }: Task,
	pairing: Pairing | MemberPairing,
	found: Difference[],
): void {
	const parents = { originalParent, modifiedParent };
	const hidden = shadowsOf(pairing);
	for (const original of pairing.removed)
		found.push({
			...parents,
			kind: "removed",
			original,
			shadowed: shadowed || hidden.original.has(original),
		});
	for (const [original, modified] of pairing.moved)
		found.push({ ...parents, kind: "moved", original, modified, shadowed });
	for (const modified of pairing.added)
		found.push({
			...parents,
			kind: "added",
			modified,
			shadowed: shadowed || hidden.modified.has(modified),
		});
}

interface Work {
	readonly tasks: Task[];
	readonly equality: Equality;
}

/** The first pair is to be done first; of those that are equal there is nothing to do. */
function pushTasks(
	{ pair, shadowed }: Task,
	pairing: Pairing | MemberPairing,
	{ tasks, equality }: Work,
): void {
	const hidden = shadowsOf(pairing);
	for (let index = pairing.pairs.length - 1; index >= 0; index -= 1) {
		const child = pairing.pairs[index];
		if (child && !equality.isSurelyEqual(child))
			tasks.push({
				pair: child,
				parents: pair,
				shadowed: shadowed || hidden.original.has(child[0]),
			});
	}
}

function shadowsOf(
	pairing: Pairing | MemberPairing,
): MemberPairing["shadowed"] {
	return "shadowed" in pairing ? pairing.shadowed : NO_SHADOWS;
}

// Which values of two documents differ: added, removed, changed or moved, by where they stand; without recursion, at any depth.
import { valueSource } from "../../json/children.ts";
import { ARRAY, at, NUMBER, OBJECT, type Tree } from "../../json/tree.ts";
import type { CooperativeTask } from "../cooperative-task.ts";
import { hasSameTag } from "../tags.ts";
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
	readonly oldParent: number;
	readonly newParent: number;
	/** A member that is not what parsing the document gives: the same key follows, here or further up. */
	readonly shadowed: boolean;
} & (
	| { readonly kind: "added"; readonly new: number }
	| { readonly kind: "removed"; readonly old: number }
	| { readonly kind: "moved"; readonly old: number; readonly new: number }
	| {
			readonly kind: "changed";
			readonly old: number;
			readonly new: number;
			/** Two numbers that are written differently and mean the same. */
			readonly sameValue: boolean;
			/** The values hold differences that were not looked for. */
			readonly coarse: boolean;
	  }
);

export interface StructureDiff {
	readonly old: Tree;
	readonly new: Tree;
	/** What is told of a container comes before what is told of its contents. */
	readonly differences: readonly Difference[];
	/** There were too many differences to tell each: some are told of a whole container. */
	readonly coarse: boolean;
}

const PAIRS_PER_STEP = 512;

/** Both trees are complete. Comparing the other way round gives the same differences, the other way round. */
export function* diffStructure(
	old: Tree,
	fresh: Tree,
): CooperativeTask<StructureDiff> {
	const isTurned = isBehind(old, fresh);
	const sides = isTurned
		? { old: createSide(fresh), new: createSide(old) }
		: { old: createSide(old), new: createSide(fresh) };
	const found = yield* search(sides);
	return {
		old,
		new: fresh,
		differences: isTurned ? turnAll(found) : found,
		coarse: found.some((one) => one.kind === "changed" && one.coarse),
	};
}

/** Ties are decided by what comes first: so two documents are always compared in the same direction. */
function isBehind(old: Tree, fresh: Tree): boolean {
	const difference = old.text.length - fresh.text.length;
	return difference === 0 ? old.text > fresh.text : difference > 0;
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
	[old, fresh]: NodePair,
): typeof OBJECT | typeof ARRAY | undefined {
	const kind = at(sides.old.tree.kind, old);
	if (kind !== at(sides.new.tree.kind, fresh)) return undefined;
	if (!hasSameTag(sides.old.tree, sides.new.tree, [old, fresh]))
		return undefined;
	return kind === OBJECT || kind === ARRAY ? kind : undefined;
}

function toChanged(sides: Sides, task: Task, coarse: boolean): Difference {
	const [old, fresh] = task.pair;
	const { tree: left } = sides.old;
	const { tree: right } = sides.new;
	const areNumbers =
		at(left.kind, old) === NUMBER && at(right.kind, fresh) === NUMBER;
	return {
		kind: "changed",
		oldParent: task.parents[0],
		newParent: task.parents[1],
		shadowed: task.shadowed,
		old,
		new: fresh,
		sameValue:
			areNumbers &&
			hasSameTag(left, right, [old, fresh]) &&
			isSameNumber(valueSource(left, old), valueSource(right, fresh)),
		coarse,
	};
}

function addDifferences(
	{ pair: [oldParent, newParent], shadowed }: Task,
	pairing: Pairing | MemberPairing,
	found: Difference[],
): void {
	const parents = { oldParent, newParent };
	const hidden = shadowsOf(pairing);
	for (const old of pairing.removed)
		found.push({
			...parents,
			kind: "removed",
			old,
			shadowed: shadowed || hidden.old.has(old),
		});
	for (const [old, fresh] of pairing.moved)
		found.push({ ...parents, kind: "moved", old, new: fresh, shadowed });
	for (const fresh of pairing.added)
		found.push({
			...parents,
			kind: "added",
			new: fresh,
			shadowed: shadowed || hidden.new.has(fresh),
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
				shadowed: shadowed || hidden.old.has(child[0]),
			});
	}
}

function shadowsOf(
	pairing: Pairing | MemberPairing,
): MemberPairing["shadowed"] {
	return "shadowed" in pairing ? pairing.shadowed : NO_SHADOWS;
}

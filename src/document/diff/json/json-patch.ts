import { compactSource, keyOf } from "../../json/children.ts";
import { formatPath, pathOf } from "../../json/paths.ts";
import { ARRAY, at, NONE, type Tree } from "../../json/tree.ts";
import type { Difference, StructureDiff } from "./structure-diff.ts";

/** Characters of the longest patch. When it would be longer, the patch replaces the document. */
const MAX_LENGTH = 32 * 1024 * 1024;

/**
 * A structural diff as JSON Patch (RFC 6902) from the original to the modified document, with one operation a line. Values
 * are written as in the modified document, so numbers keep all digits. Paths name the last of members with the same key.
 */
export function toJsonPatch(diff: StructureDiff): string {
	const operations: string[] = [];
	let length = 0;
	for (const operation of operationsOf(diff)) {
		operations.push(operation);
		length += operation.length;
		if (length > MAX_LENGTH) {
			const document = compactSource(diff.modified, 0);
			return inBrackets([toOperation("replace", "", document)]);
		}
	}
	return inBrackets(operations);
}

function inBrackets(operations: readonly string[]): string {
	if (operations.length === 0) return "[]\n";
	return `[\n  ${operations.join(",\n  ")}\n]\n`;
}

/** Containers come before their contents, so every path is one in the modified document. */
function* operationsOf(diff: StructureDiff): Generator<string> {
	let group: Difference[] = [];
	for (const difference of diff.differences) {
		const last = group.at(-1);
		if (last && last.modifiedParent !== difference.modifiedParent) {
			yield* operationsWithin(diff, group);
			group = [];
		}
		group.push(difference);
	}
	yield* operationsWithin(diff, group);
}

/** The operations for the children of one container. */
function* operationsWithin(
	{ original, modified }: StructureDiff,
	group: readonly Difference[],
): Generator<string> {
	const parent = group[0]?.modifiedParent ?? NONE;
	const base =
		parent === NONE ? "" : formatPath(pathOf(modified, parent), "JSON Pointer");
	if (parent !== NONE && at(modified.kind, parent) === ARRAY)
		yield* elementOperations(original, modified, group, base);
	else
		for (const difference of group)
			if (difference.kind === "removed")
				yield toOperation(
					"remove",
					pointerTo(original, difference.original, base),
				);
			else if (difference.kind === "added")
				yield toValueOperation("add", modified, difference.modified, base);
	for (const difference of group)
		if (difference.kind === "changed")
			yield toValueOperation("replace", modified, difference.modified, base);
}

/** Removes elements from the last to the first, reorders those that stay, then adds from the first to the last. */
function* elementOperations(
	original: Tree,
	modified: Tree,
	group: readonly Difference[],
	base: string,
): Generator<string> {
	const removed = group
		.filter((one) => one.kind === "removed")
		.map((one) => at(original.index, one.original))
		.sort((a, b) => b - a);
	for (const index of removed) yield toOperation("remove", `${base}/${index}`);
	const added = group
		.filter((one) => one.kind === "added")
		.sort((a, b) => a.modified - b.modified);
	const moves = toMoves({
		removed: removed.toReversed(),
		added: added.map((one) => at(modified.index, one.modified)),
		moved: group
			.filter((one) => one.kind === "moved")
			.map((one) => [
				at(original.index, one.original),
				at(modified.index, one.modified),
			]),
	});
	for (const [from, to] of moves)
		yield `{"op":"move","from":${JSON.stringify(`${base}/${from}`)},"path":${JSON.stringify(`${base}/${to}`)}}`;
	for (const one of added)
		yield toValueOperation("add", modified, one.modified, base);
}

/** The pointer to a child, by the pointer to its parent. */
function pointerTo(tree: Tree, node: number, base: string): string {
	if (at(tree.parent, node) === NONE) return "";
	const isElement = at(tree.key, node) === NONE;
	const step = isElement ? at(tree.index, node) : keyOf(tree, node);
	return base + formatPath([step], "JSON Pointer");
}

function toValueOperation(
	name: "add" | "replace",
	tree: Tree,
	node: number,
	base: string,
): string {
	const path = pointerTo(tree, node, base);
	return toOperation(name, path, compactSource(tree, node));
}

function toOperation(name: string, path: string, value?: string): string {
	const operation = `{"op":"${name}","path":${JSON.stringify(path)}`;
	return value === undefined
		? `${operation}}`
		: `${operation},"value":${value}}`;
}

interface Reorder {
	/** Indices in the original array, ascending. */
	readonly removed: readonly number[];
	/** Indices in the modified array, ascending. They are added after the moves. */
	readonly added: readonly number[];
	/** Indices in both arrays of the elements that change their order among those that stay. */
	readonly moved: readonly (readonly [original: number, modified: number])[];
}

/** Moves one after the other, with the indices of their time; `to` counts without the element. */
function* toMoves(
	reorder: Reorder,
): Generator<readonly [from: number, to: number]> {
	const moved = reorder.moved
		.map(([original, modified]) => ({
			original: original - countBelow(reorder.removed, original),
			modified: modified - countBelow(reorder.added, modified),
		}))
		.sort((a, b) => a.modified - b.modified);
	const originalPlaces = moved.map((one) => one.original).sort((a, b) => a - b);
	// Between two elements that stay are first those that were moved there, then those that are still to be moved.
	const staysBeforeOriginal = originalPlaces.map((place, rank) => place - rank);
	const staysBeforeModified = moved.map((one, rank) => one.modified - rank);
	const waiting = createPrefixSums(moved.length);
	for (const rank of moved.keys()) waiting.add(rank, 1);
	for (const [placed, { original }] of moved.entries()) {
		const rank = countBelow(originalPlaces, original);
		const leaves = staysBeforeOriginal[rank] ?? 0;
		const enters = staysBeforeModified[placed] ?? 0;
		const placedBefore = Math.min(
			placed,
			countBelow(staysBeforeModified, leaves + 1),
		);
		const from = leaves + placedBefore + waiting.before(rank);
		waiting.add(rank, -1);
		const to =
			enters + placed + waiting.before(countBelow(staysBeforeOriginal, enters));
		if (from !== to) yield [from, to];
	}
}

/** How many numbers of an ascending list are below a limit. */
function countBelow(list: readonly number[], limit: number): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((list[middle] ?? 0) < limit) low = middle + 1;
		else high = middle;
	}
	return low;
}

interface PrefixSums {
	add(position: number, by: number): void;
	/** The sum of all positions below this one. */
	before(position: number): number;
}

/** A Fenwick tree: https://doi.org/10.1002/spe.4380240306 */
function createPrefixSums(size: number): PrefixSums {
	const sums = new Int32Array(size + 1);
	return {
		add(position, by) {
			for (let at = position + 1; at <= size; at += at & -at)
				sums[at] = (sums[at] ?? 0) + by;
		},
		before(position) {
			let sum = 0;
			for (let at = position; at > 0; at -= at & -at) sum += sums[at] ?? 0;
			return sum;
		},
	};
}

// A structural diff as JSON Patch (RFC 6902): applied to the old document in order, it gives the new one.
import { keyOf } from "../../json/children.ts";
import { formatPath, pathOf } from "../../json/paths.ts";
import { ARRAY, at, NONE, type Tree } from "../../json/tree.ts";
import { toMoves } from "./longest-increasing-subsequence.ts";
import type { Difference, StructureDiff } from "./structure-diff.ts";
import { compactSource } from "./tokens.ts";

/** The longest patch that is written, in characters; a longer one replaces the document. */
const MAX_LENGTH = 32 * 1024 * 1024;

/** One operation a line; values as they are written in the new document, so no number loses a digit. */
export function toJsonPatch(diff: StructureDiff): string {
	const operations: string[] = [];
	let length = 0;
	for (const operation of operationsOf(diff)) {
		operations.push(operation);
		length += operation.length;
		if (length > MAX_LENGTH) return inBrackets([replaceDocument(diff)]);
	}
	return inBrackets(operations);
}

function inBrackets(operations: readonly string[]): string {
	if (operations.length === 0) return "[]\n";
	return `[\n  ${operations.join(",\n  ")}\n]\n`;
}

function replaceDocument({ modified: tree }: StructureDiff): string {
	return toOperation("replace", "", compactSource(tree, 0));
}

/** Containers come before their contents, so every path is one in the new document. */
function* operationsOf(diff: StructureDiff): Generator<string> {
	let group: Difference[] = [];
	for (const difference of diff.differences) {
		// Parsing the document drops what is shadowed: a patch cannot see it.
		if (difference.shadowed) continue;
		const last = group.at(-1);
		if (last && last.modifiedParent !== difference.modifiedParent) {
			yield* operationsWithin(diff, group);
			group = [];
		}
		group.push(difference);
	}
	yield* operationsWithin(diff, group);
}

/** What became of the children of one container. */
function* operationsWithin(
	diff: StructureDiff,
	group: readonly Difference[],
): Generator<string> {
	const parent = group[0]?.modifiedParent ?? NONE;
	const base = parent === NONE ? "" : pointerTo(diff.modified, parent);
	if (parent !== NONE && at(diff.modified.kind, parent) === ARRAY)
		yield* elementOperations(diff, group, base);
	else
		for (const difference of group)
			if (difference.kind === "removed")
				yield toOperation(
					"remove",
					pointTo(diff.original, difference.original, base),
				);
			else if (difference.kind === "added")
				yield toValueOperation("add", diff.modified, [
					difference.modified,
					base,
				]);
	for (const difference of group)
		if (difference.kind === "changed")
			yield toValueOperation("replace", diff.modified, [
				difference.modified,
				base,
			]);
}

/** Elements go from the last to the first, then those that stay take their order, then the new ones come from the first to the last. */
function* elementOperations(
	diff: StructureDiff,
	group: readonly Difference[],
	base: string,
): Generator<string> {
	const removed = group
		.filter((one) => one.kind === "removed")
		.map((one) => at(diff.original.index, one.original))
		.sort((a, b) => b - a);
	for (const index of removed) yield toOperation("remove", `${base}/${index}`);
	const added = group
		.filter((one) => one.kind === "added")
		.sort((a, b) => a.modified - b.modified);
	const moved = group.filter((one) => one.kind === "moved");
	const moves = toMoves({
		removed: removed.toReversed(),
		added: added.map((one) => at(diff.modified.index, one.modified)),
		moved: moved.map((one) => [
			at(diff.original.index, one.original),
			at(diff.modified.index, one.modified),
		]),
	});
	for (const [from, to] of moves)
		yield `{"op":"move","from":${JSON.stringify(`${base}/${from}`)},"path":${JSON.stringify(`${base}/${to}`)}}`;
	for (const one of added)
		yield toValueOperation("add", diff.modified, [one.modified, base]);
}

function pointerTo(tree: Tree, node: number): string {
	return formatPath(pathOf(tree, node), "JSON Pointer");
}

/** A child, by the pointer to its parent. */
function pointTo(tree: Tree, node: number, base: string): string {
	if (at(tree.parent, node) === NONE) return "";
	const isElement = at(tree.key, node) === NONE;
	const step = isElement ? at(tree.index, node) : keyOf(tree, node);
	return base + formatPath([step], "JSON Pointer");
}

function toValueOperation(
	name: "add" | "replace",
	tree: Tree,
	[node, base]: readonly [number, string],
): string {
	return toOperation(
		name,
		pointTo(tree, node, base),
		compactSource(tree, node),
	);
}

function toOperation(name: string, path: string, value?: string): string {
	const operation = `{"op":"${name}","path":${JSON.stringify(path)}`;
	return value === undefined
		? `${operation}}`
		: `${operation},"value":${value}}`;
}

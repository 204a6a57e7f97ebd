// Finds the values of a tree whose key, value or path holds what is looked for; a slice at a time.

import { keySource, valueSource } from "./members.ts";
import { pathOf, writePath } from "./paths.ts";
import type { Query } from "./query.ts";
import { scanString } from "./scan.ts";
import { at, isContainer, NONE, type Tree } from "./tree.ts";

export interface Finding {
	/** In document order, each once. */
	readonly nodes: number[];
	/** Looks on; true when all has been looked at. */
	work(): boolean;
}

/** Nodes, or matches, between two looks at the clock. */
const STEP = 2_000;

/** For text typed as such: runs over the source once, and asks of every match which node it stands in. */
export function findText(tree: Tree, query: Query): Finding {
	if (query.scope === "path") return findEach(tree, query);
	const pattern = new RegExp(query.pattern);
	const nodes: number[] = [];
	let node = 0;
	let from = 0;
	const work = () => {
		for (let left = STEP; left > 0; left--) {
			pattern.lastIndex = from;
			const start = matchAt(pattern, tree.text, query.length);
			if (start === NONE) return true;
			from = pattern.lastIndex;
			node = nodeAt(tree, start, node);
			const part = partAt(tree, node, { start, end: from });
			// One that begins before a value's end may hide one that begins in the next.
			if (!part) from = start + 1;
			if (!part || (query.scope !== "all" && query.scope !== part)) continue;
			if (nodes.at(-1) !== node) nodes.push(node);
		}
		return false;
	};
	return { nodes, work };
}

/** Where the next match begins, or NONE. Of a known length, it needs no match to be made of it. */
function matchAt(pattern: RegExp, text: string, length?: number): number {
	if (length === undefined) return pattern.exec(text)?.index ?? NONE;
	return pattern.test(text) ? pattern.lastIndex - length : NONE;
}

/** For regular expressions, whose anchors mean the key or the value: asks every node. */
export function findEach(tree: Tree, query: Query): Finding {
	const pattern = new RegExp(
		query.pattern,
		query.pattern.flags.replace("g", ""),
	);
	const nodes: number[] = [];
	let next = 0;
	const work = () => {
		const end = Math.min(next + STEP, tree.count);
		for (; next < end; next++)
			if (texts(tree, next, query).some((text) => pattern.test(text)))
				nodes.push(next);
		return next >= tree.count;
	};
	return { nodes, work };
}

function texts(tree: Tree, node: number, { scope }: Query): readonly string[] {
	if (scope === "path") return [writePath(pathOf(tree, node), "JSONPath")];
	const found: string[] = [];
	if (scope !== "value" && at(tree.key, node) !== NONE)
		found.push(keySource(tree, node).slice(1, -1));
	if (scope !== "key" && !isContainer(tree, node)) {
		const source = valueSource(tree, node);
		found.push(source.startsWith('"') ? source.slice(1, -1) : source);
	}
	return found;
}

/** The last node that begins, with its key, at or before an offset; looked for from an earlier one on. */
function nodeAt(tree: Tree, offset: number, from: number): number {
	let node = from;
	while (node + 1 < tree.count && beginning(tree, node + 1) <= offset)
		node += 1;
	return node;
}

function beginning(tree: Tree, node: number): number {
	const key = at(tree.key, node);
	return key === NONE ? at(tree.start, node) : key;
}

/** Whether a match lies inside the key or inside the value; one that goes over the end of either counts for neither. */
function partAt(
	tree: Tree,
	node: number,
	{ start: from, end }: { readonly start: number; readonly end: number },
): "key" | "value" | undefined {
	const key = at(tree.key, node);
	if (key !== NONE && from < at(tree.start, node))
		return from > key && end < scanString(tree.text, key) ? "key" : undefined;
	if (isContainer(tree, node)) return undefined;
	const start = at(tree.start, node);
	const inset = tree.text.charCodeAt(start) === 0x22 ? 1 : 0;
	return from >= start + inset && end <= at(tree.end, node) - inset
		? "value"
		: undefined;
}

// The children of a node, the key that a node has, and what stands in the source for both.

import { scanString } from "./scan.ts";
import { after, at, NONE, type Tree } from "./tree.ts";

export function* childrenOf(tree: Tree, node: number): Generator<number> {
	const end = after(tree, node);
	for (let child = node + 1; child < end; child = after(tree, child))
		yield child;
}

/** The key as it stands in the source, quotes and all; empty where there is none. */
export function keySource(tree: Tree, node: number): string {
	const start = at(tree.key, node);
	return start === NONE
		? ""
		: tree.text.slice(start, scanString(tree.text, start));
}

/** The key as JSON.parse reads it. */
export function keyOf(tree: Tree, node: number): string {
	return decodeString(keySource(tree, node));
}

/** The value as it stands in the source; of a container still being read, as far as it goes. */
export function valueSource(tree: Tree, node: number): string {
	const end = at(tree.end, node);
	return tree.text.slice(
		at(tree.start, node),
		end === NONE ? tree.text.length : end,
	);
}

/** Of a JSON string with its quotes, what it says. */
export function decodeString(source: string): string {
	if (!source.includes("\\")) return source.slice(1, -1);
	const value: unknown = JSON.parse(source);
	return typeof value === "string" ? value : "";
}

// Which nodes stay in sight when only what was found is shown: those, and all above them.

import { at, NONE, type Tree } from "./tree.ts";

export function markWithAncestors(
	tree: Tree,
	nodes: Iterable<number>,
): Uint8Array {
	const kept = new Uint8Array(tree.count);
	for (const node of nodes)
		for (let up = node; up !== NONE && !kept[up]; up = at(tree.parent, up))
			kept[up] = 1;
	return kept;
}

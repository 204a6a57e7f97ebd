// Finds the nodes of one version in the next by their keys and positions.
import { childrenOf, keySource } from "./children.ts";
import { at, NONE, OBJECT, type Tree } from "./tree.ts";

/** Nodes that are gone are absent. Costs the children of containers on the way, each once. */
export function mapNodes(
	from: Tree,
	to: Tree,
	nodes: Iterable<number>,
): ReadonlyMap<number, number> {
	const wanted = withAncestors(from, nodes);
	const found = new Map<number, number>();
	if (from.count === 0 || to.count === 0) return found;
	found.set(0, 0);
	for (const node of wanted) {
		const counterpart = found.get(node);
		if (counterpart !== undefined)
			matchChildren(from, to, { node, counterpart, wanted, found });
	}
	return found;
}

/** In document order, so that parents come first. */
function withAncestors(tree: Tree, nodes: Iterable<number>): Set<number> {
	const all = new Set<number>();
	for (const node of nodes)
		for (let up = node; up !== NONE && !all.has(up); up = at(tree.parent, up))
			all.add(up);
	return new Set([...all].sort((a, b) => a - b));
}

interface Pair {
	readonly node: number;
	readonly counterpart: number;
	readonly wanted: ReadonlySet<number>;
	readonly found: Map<number, number>;
}

function matchChildren(
	from: Tree,
	to: Tree,
	{ node, counterpart, ...rest }: Pair,
) {
	const children = [...childrenOf(from, node)].filter((child) =>
		rest.wanted.has(child),
	);
	if (children.length === 0 || at(from.kind, node) !== at(to.kind, counterpart))
		return;
	const name = (tree: Tree, child: number) =>
		at(from.kind, node) === OBJECT
			? keySource(tree, child)
			: at(tree.index, child);
	const names = new Map<string | number, number>();
	for (const child of childrenOf(to, counterpart))
		names.set(name(to, child), child);
	for (const child of children) {
		const same = names.get(name(from, child));
		if (same !== undefined) rest.found.set(child, same);
	}
}

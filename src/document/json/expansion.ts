import {
	at,
	isContainer,
	isEmpty,
	NONE,
	subtreeEnd,
	type Tree,
} from "./tree.ts";

export interface Expansion {
	/** Containers above this depth are open: 0 none, 1 the root, Infinity all. */
	readonly level: number;
	/** Those that are the other way round. */
	readonly exceptions: ReadonlySet<number>;
}

export function expandToLevel(level: number): Expansion {
	return { level, exceptions: new Set() };
}

/** Nodes in sight, in document order. `kept`: only nodes marked in it, all of them open. */
export function visibleRows(
	tree: Tree,
	expansion: Expansion,
	filter?: Uint8Array,
): Int32Array {
	const rows = new Int32Array(tree.count);
	let count = 0;
	let depth = 0;
	let parent: number = NONE;
	for (let node = 0; node < tree.count; ) {
		while (parent !== NONE && node >= subtreeEnd(tree, parent)) {
			parent = at(tree.parent, parent);
			depth -= 1;
		}
		if (filter && !filter[node]) {
			node = subtreeEnd(tree, node);
			continue;
		}
		rows[count] = node;
		count += 1;
		const hasInside = isContainer(tree, node) && !isEmpty(tree, node);
		if (hasInside && (filter || isExpanded(expansion, node, depth))) {
			parent = node;
			depth += 1;
			node += 1;
		} else node = subtreeEnd(tree, node);
	}
	return rows.slice(0, count);
}

export function isExpanded(
	expansion: Expansion,
	node: number,
	depth: number,
): boolean {
	return depth < expansion.level !== expansion.exceptions.has(node);
}

/** With some containers opened or closed; each comes with its depth. */
export function setExpanded(
	tree: Tree,
	expansion: Expansion,
	turned: { readonly nodes: Iterable<number>; readonly open: boolean },
): Expansion {
	const exceptions = new Set(expansion.exceptions);
	for (const node of turned.nodes) {
		const isOpenByLevel = isAbove(tree, node, expansion.level);
		if (isOpenByLevel === turned.open) exceptions.delete(node);
		else exceptions.add(node);
	}
	return { level: expansion.level, exceptions };
}

/** With every ancestor of a node open, so that it is in sight. */
export function reveal(
	tree: Tree,
	expansion: Expansion,
	node: number,
): Expansion {
	const closed: number[] = [];
	let depth = 0;
	for (let up = at(tree.parent, node); up !== NONE; up = at(tree.parent, up))
		depth += 1;
	for (let up = at(tree.parent, node); up !== NONE; up = at(tree.parent, up)) {
		depth -= 1;
		if (!isExpanded(expansion, up, depth)) closed.push(up);
	}
	if (closed.length === 0) return expansion;
	return setExpanded(tree, expansion, { nodes: closed, open: true });
}

/** The first row of a node, or of the nearest before it. */
export function rowOf(rows: Int32Array, node: number): number {
	let low = 0;
	let high = rows.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (at(rows, middle) <= node) low = middle;
		else high = middle - 1;
	}
	while (low > 0 && at(rows, low - 1) === at(rows, low)) low -= 1;
	return low;
}

function isAbove(tree: Tree, node: number, level: number): boolean {
	let depth = 0;
	for (let up = node; depth < level; depth += 1) {
		up = at(tree.parent, up);
		if (up === NONE) return true;
	}
	return false;
}

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

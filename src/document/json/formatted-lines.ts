// The lines of formatted JSON: one per value and one per closing bracket. A collapsed container is one line.
import {
	at,
	depthOf,
	isContainer,
	isEmpty,
	NONE,
	subtreeEnd,
	type Tree,
} from "./tree.ts";

export interface FormattedLines {
	readonly count: number;
	/** A node's own line as the node; its closing bracket's as ~node. */
	readonly nodes: Int32Array;
	/** Line numbers of the unfolded text, from 1. */
	readonly numbers: Int32Array;
}

/** `depth`: counted along, since climbing from each of many deep nodes would take long. */
export type IsCollapsed = (node: number, depth: number) => boolean;

export function formattedLines(
	tree: Tree,
	isFolded?: IsCollapsed,
): FormattedLines {
	const nodes = new Int32Array(2 * tree.count);
	const numbers = new Int32Array(2 * tree.count);
	let count = 0;
	let line = 1;
	const put = (row: number) => {
		nodes[count] = row;
		numbers[count] = line;
		count += 1;
		line += 1;
	};
	let open: number = NONE;
	let depth = 0;
	for (let node = 0; node < tree.count; ) {
		while (open !== NONE && node >= subtreeEnd(tree, open)) {
			put(~open);
			open = at(tree.parent, open);
			depth -= 1;
		}
		put(node);
		if (!isContainer(tree, node) || isEmpty(tree, node)) node += 1;
		else if (isFolded?.(node, depth)) {
			line += linesInside(tree, node);
			node = subtreeEnd(tree, node);
		} else {
			open = node;
			node += 1;
			depth += 1;
		}
	}
	for (; open !== NONE; open = at(tree.parent, open))
		if (at(tree.next, open) !== NONE) put(~open);
	return {
		count,
		nodes: nodes.slice(0, count),
		numbers: numbers.slice(0, count),
	};
}

/** Lines of a container behind its first one. */
function linesInside(tree: Tree, container: number): number {
	const end = subtreeEnd(tree, container);
	let lines = end - container;
	for (let node = container + 1; node < end; node++)
		if (isContainer(tree, node) && !isEmpty(tree, node)) lines += 1;
	return lines;
}

/** How deep each row of a window stands: the first by climbing, the others from the one before. */
export function depthsOf(tree: Tree, rows: Int32Array): readonly number[] {
	const depths: number[] = [];
	let from: number = NONE;
	let depth = 0;
	for (const row of rows) {
		const node = row < 0 ? ~row : row;
		if (from === NONE) depth = depthOf(tree, node);
		else depth += difference(tree, from, node);
		from = node;
		depths.push(depth);
	}
	return depths;
}

/** From one row's node to the next row's: a level down, or some levels up. */
function difference(tree: Tree, from: number, to: number): number {
	const parent = at(tree.parent, to);
	let levels = 0;
	for (let node = from; ; node = at(tree.parent, node)) {
		if (node === to) return levels;
		if (node === parent) return levels + 1;
		if (node === NONE) return levels;
		levels -= 1;
	}
}

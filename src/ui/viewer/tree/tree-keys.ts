// The keyboard interaction of a treeview. https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
import { childrenOf, keyOf } from "../../../document/json/children.ts";
import {
	type Expansion,
	isExpanded,
	rowOf,
	setExpanded,
} from "../../../document/json/expansion.ts";
import {
	at,
	depthOf,
	isContainer,
	isEmpty,
	NONE,
	type Tree,
} from "../../../document/json/tree.ts";

export interface TreeKeyContext {
	readonly tree: Tree;
	readonly rows: Int32Array;
	readonly expansion: Expansion;
	readonly selected: number;
	/** Rows that a page holds. */
	readonly pageRows: number;
}

export interface TreeStateChange {
	readonly selected?: number;
	readonly expansion?: Expansion;
}

/** `undefined`: the key means nothing here. */
export function changeForKey(
	key: string,
	stand: TreeKeyContext,
): TreeStateChange | undefined {
	const { rows, selected } = stand;
	const row = selected === NONE ? -1 : rowOf(rows, selected);
	const to = (wanted: number): TreeStateChange => ({
		selected: at(rows, Math.max(0, Math.min(rows.length - 1, wanted))),
	});
	switch (key) {
		case "ArrowDown": {
			let next = row + 1;
			// Rows of removed values have the node of their container, and are passed over.
			while (row >= 0 && at(rows, next) === selected) next += 1;
			return to(next);
		}
		case "ArrowUp":
			return to(row - 1);
		case "PageDown":
			return to(row + stand.pageRows);
		case "PageUp":
			return to(row - stand.pageRows);
		case "Home":
			return to(0);
		case "End":
			return to(rows.length - 1);
		default:
			return selected === NONE ? undefined : expansionForKey(key, stand);
	}
}

function expansionForKey(
	key: string,
	stand: TreeKeyContext,
): TreeStateChange | undefined {
	const { tree, expansion, selected: node } = stand;
	const hasInside = isContainer(tree, node) && !isEmpty(tree, node);
	const isOpen = hasInside && isExpanded(expansion, node, depthOf(tree, node));
	const turned = (open: boolean): TreeStateChange => ({
		expansion: setExpanded(tree, expansion, { nodes: [node], open }),
	});
	const parent = at(tree.parent, node);
	switch (key) {
		case "ArrowRight":
			if (!hasInside) return {};
			return isOpen ? { selected: node + 1 } : turned(true);
		case "ArrowLeft":
			if (isOpen) return turned(false);
			return parent === NONE ? {} : { selected: parent };
		case "Enter":
		case " ":
			return hasInside ? turned(!isOpen) : undefined;
		case "*":
			return { expansion: expandSiblings(stand) };
		default:
			return undefined;
	}
}

function expandSiblings({
	tree,
	expansion,
	selected,
}: TreeKeyContext): Expansion {
	const parent = at(tree.parent, selected);
	const siblings = parent === NONE ? [selected] : childrenOf(tree, parent);
	const nodes = [...siblings].filter((node) => isContainer(tree, node));
	return setExpanded(tree, expansion, { nodes, open: true });
}

/** The next row whose key begins with what was typed, from the selected one on and round. */
export function typeAhead(
	typed: string,
	stand: TreeKeyContext,
): number | undefined {
	const { tree, rows, selected } = stand;
	const start = selected === NONE ? 0 : rowOf(rows, selected);
	// A letter moves on from the selected row; more letters may still fit it.
	const from = typed.length > 1 ? start : start + 1;
	for (let step = 0; step < rows.length; step++) {
		const node = at(rows, (from + step) % rows.length);
		if (at(tree.key, node) === NONE || node === selected) continue;
		if (keyOf(tree, node).toLowerCase().startsWith(typed.toLowerCase()))
			return node;
	}
	return undefined;
}

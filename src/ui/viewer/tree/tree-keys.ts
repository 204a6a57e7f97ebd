// What a key does in a tree, as the WAI-ARIA authoring practices have it for a treeview.
// https://www.w3.org/WAI/ARIA/apg/patterns/treeview/

import { childrenOf, keyOf } from "../../../document/json/children.ts";
import {
	type Expansion,
	isOpenAt,
	rowOf,
	turn,
} from "../../../document/json/expansion.ts";
import {
	at,
	depthOf,
	isContainer,
	isEmpty,
	NONE,
	type Tree,
} from "../../../document/json/tree.ts";

export interface TreeStand {
	readonly tree: Tree;
	readonly rows: Int32Array;
	readonly expansion: Expansion;
	readonly selected: number;
	/** Rows that a page holds. */
	readonly page: number;
}

export interface TreeMove {
	readonly selected?: number;
	readonly expansion?: Expansion;
}

/** `undefined`: the key means nothing here. */
export function moveFor(key: string, stand: TreeStand): TreeMove | undefined {
	const { rows, selected } = stand;
	const row = selected === NONE ? -1 : rowOf(rows, selected);
	const to = (wanted: number): TreeMove => ({
		selected: at(rows, Math.max(0, Math.min(rows.length - 1, wanted))),
	});
	switch (key) {
		case "ArrowDown":
			return to(row + 1);
		case "ArrowUp":
			return to(row - 1);
		case "PageDown":
			return to(row + stand.page);
		case "PageUp":
			return to(row - stand.page);
		case "Home":
			return to(0);
		case "End":
			return to(rows.length - 1);
		default:
			return selected === NONE ? undefined : turnFor(key, stand);
	}
}

function turnFor(key: string, stand: TreeStand): TreeMove | undefined {
	const { tree, expansion, selected: node } = stand;
	const hasInside = isContainer(tree, node) && !isEmpty(tree, node);
	const isOpen = hasInside && isOpenAt(expansion, node, depthOf(tree, node));
	const turned = (open: boolean): TreeMove => ({
		expansion: turn(tree, expansion, { nodes: [node], open }),
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
			return { expansion: openSiblings(stand) };
		default:
			return undefined;
	}
}

function openSiblings({ tree, expansion, selected }: TreeStand): Expansion {
	const parent = at(tree.parent, selected);
	const siblings = parent === NONE ? [selected] : childrenOf(tree, parent);
	const nodes = [...siblings].filter((node) => isContainer(tree, node));
	return turn(tree, expansion, { nodes, open: true });
}

/** The next row whose key begins with what was typed, from the selected one on and round. */
export function typeAhead(typed: string, stand: TreeStand): number | undefined {
	const { tree, rows, selected } = stand;
	const start = selected === NONE ? 0 : rowOf(rows, selected);
	// A letter moves on from the selected row; more letters may still fit it.
	const from = typed.length > 1 ? start : start + 1;
	for (let step = 0; step < rows.length; step++) {
		const node = at(rows, (from + step) % rows.length);
		if (at(tree.key, node) === NONE) continue;
		if (keyOf(tree, node).toLowerCase().startsWith(typed.toLowerCase()))
			return node;
	}
	return undefined;
}

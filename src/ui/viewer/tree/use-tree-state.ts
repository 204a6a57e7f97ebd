// What is open, selected and at the top of a tree, as a hook; it lives on in the next version of the document.
import { useRef, useState } from "preact/hooks";
import {
	type Expansion,
	expandToLevel,
} from "../../../document/json/expansion.ts";
import { mapNodes } from "../../../document/json/map-nodes.ts";
import { NONE, type Tree } from "../../../document/json/tree.ts";

export interface TreeState {
	readonly tree: Tree;
	readonly expansion: Expansion;
	/** A node, or NONE. */
	readonly selected: number;
	/** The node of the first row in sight. */
	readonly topNode: number;
}

export interface TreeStateControl {
	readonly state: TreeState;
	/** Drawn anew, but for a change of `top` alone. */
	change(change: Partial<Omit<TreeState, "tree">>): void;
}

export function useTreeState(tree: Tree, level: number): TreeStateControl {
	const [, redraw] = useState(0);
	const state = useRef<TreeState>({
		tree,
		expansion: expandToLevel(level),
		selected: NONE,
		topNode: 0,
	});
	if (state.current.tree !== tree)
		state.current = mapTreeState(state.current, tree);
	return {
		state: state.current,
		change(change) {
			state.current = { ...state.current, ...change };
			if (Object.keys(change).join() !== "top") redraw((count) => count + 1);
		},
	};
}

function mapTreeState(old: TreeState, tree: Tree): TreeState {
	const { expansion, selected, topNode } = old;
	const nodes = [selected, topNode, ...expansion.exceptions].filter(
		(node) => node !== NONE,
	);
	const found = mapNodes(old.tree, tree, nodes);
	const changed = [...expansion.exceptions].flatMap(
		(node) => found.get(node) ?? [],
	);
	return {
		tree,
		expansion: { level: expansion.level, exceptions: new Set(changed) },
		selected: found.get(selected) ?? NONE,
		topNode: found.get(topNode) ?? NONE,
	};
}

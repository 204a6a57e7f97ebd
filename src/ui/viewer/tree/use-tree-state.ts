// What is open, selected and at the top of a tree, as a hook; it lives on in the next version of the document.
import { useRef, useState } from "preact/hooks";
import { type Expansion, expandTo } from "../../../document/json/expansion.ts";
import { carry } from "../../../document/json/map-nodes.ts";
import { NONE, type Tree } from "../../../document/json/tree.ts";

export interface Outline {
	readonly tree: Tree;
	readonly expansion: Expansion;
	/** A node, or NONE. */
	readonly selected: number;
	/** The node of the first row in sight. */
	readonly top: number;
}

export interface OutlineControl {
	readonly outline: Outline;
	/** Drawn anew, but for a change of `top` alone. */
	change(change: Partial<Omit<Outline, "tree">>): void;
}

export function useOutline(tree: Tree, level: number): OutlineControl {
	const [, redraw] = useState(0);
	const state = useRef<Outline>({
		tree,
		expansion: expandTo(level),
		selected: NONE,
		top: 0,
	});
	if (state.current.tree !== tree)
		state.current = carryOver(state.current, tree);
	return {
		outline: state.current,
		change(change) {
			state.current = { ...state.current, ...change };
			if (Object.keys(change).join() !== "top") redraw((count) => count + 1);
		},
	};
}

function carryOver(old: Outline, tree: Tree): Outline {
	const { expansion, selected, top } = old;
	const nodes = [selected, top, ...expansion.changed].filter(
		(node) => node !== NONE,
	);
	const found = carry(old.tree, tree, nodes);
	const changed = [...expansion.changed].flatMap(
		(node) => found.get(node) ?? [],
	);
	return {
		tree,
		expansion: { level: expansion.level, changed: new Set(changed) },
		selected: found.get(selected) ?? NONE,
		top: found.get(top) ?? NONE,
	};
}

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import {
	type Expansion,
	expandToLevel,
} from "../../../document/json/expansion.ts";
import { mapNodes } from "../../../document/json/map-nodes.ts";
import { depthOf, NONE, type Tree } from "../../../document/json/tree.ts";
import {
	scrollRowToTop,
	scrollToMark,
	scrollToRow,
} from "../../virtual-list/VirtualList.tsx";
import { nodeAt } from "./node-map.ts";

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

/** Another object: another answer. */
export interface ScrollTarget {
	readonly node: number;
}

export interface ScrollToRowOptions {
	readonly outline: TreeState;
	readonly count: number;
	readonly rowOf: (node: number) => number;
	/** Rows that ancestors may cover at the top. */
	readonly covered: number;
	/** Another one: other rows are shown. */
	readonly shown: unknown;
	/** The match to show of an answer that has just come. */
	readonly sought: ScrollTarget | undefined;
}

export function useScrollToRow(
	scroller: RefObject<HTMLDivElement | null>,
	{ outline, count, rowOf, covered, shown, sought }: ScrollToRowOptions,
): void {
	const { tree, expansion, selected, topNode } = outline;
	// A new version, or another view before: what was at the top is there again.
	useLayoutEffect(() => {
		if (scroller.current && topNode !== NONE && topNode !== 0)
			scrollRowToTop(scroller.current, { row: rowOf(topNode), count });
	}, [tree]);
	const show = (node: number) => {
		if (!scroller.current) return;
		scrollToRow(scroller.current, {
			row: rowOf(node),
			count,
			covered: Math.min(covered, depthOf(tree, node)),
		});
		scrollToMark(scroller.current, (mark) => nodeAt(mark) === node);
	};
	useLayoutEffect(() => {
		if (selected !== NONE) show(selected);
	}, [selected, expansion, shown]);
	useScrollToTarget(sought, show);
}

/** Apart, so that the effect, which runs for an answer alone, does not keep the document of the render it ran in. */
function useScrollToTarget(
	sought: ScrollTarget | undefined,
	show: (node: number) => void,
): void {
	const latest = useRef(show);
	latest.current = show;
	useLayoutEffect(() => {
		if (sought) latest.current(sought.node);
	}, [sought]);
}

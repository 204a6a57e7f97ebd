// Scrolls to what an outline says, as a hook: to the selected row when it changes, to the old top when a version comes.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { depthOf, NONE } from "../../../document/json/tree.ts";
import {
	scrollRowToTop,
	scrollToMark,
	scrollToRow,
} from "../../virtual-list/VirtualList.tsx";
import { nodeAt } from "./node-map.ts";
import type { TreeState } from "./use-tree-state.ts";

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

// Scrolls to what an outline says, as a hook: to the selected row when it changes, to the old top when a version comes.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { depthOf, NONE } from "../../../document/json/tree.ts";
import {
	putOnTop,
	showMark,
	showRow,
} from "../../virtual-list/VirtualList.tsx";
import { nodeAt } from "./node-map.ts";
import type { Outline } from "./use-tree-state.ts";

/** Another object: another answer. */
export interface Sought {
	readonly node: number;
}

export interface RowsInSight {
	readonly outline: Outline;
	readonly count: number;
	readonly rowOf: (node: number) => number;
	/** Rows that ancestors may cover at the top. */
	readonly covered: number;
	/** Another one: other rows are shown. */
	readonly shown: unknown;
	/** The match to show of an answer that has just come. */
	readonly sought: Sought | undefined;
}

export function useRowInSight(
	scroller: RefObject<HTMLDivElement | null>,
	{ outline, count, rowOf, covered, shown, sought }: RowsInSight,
): void {
	const { tree, expansion, selected, top } = outline;
	// A new version, or another view before: what was at the top is there again.
	useLayoutEffect(() => {
		if (scroller.current && top !== NONE && top !== 0)
			putOnTop(scroller.current, { row: rowOf(top), count });
	}, [tree]);
	const show = (node: number) => {
		if (!scroller.current) return;
		showRow(scroller.current, {
			row: rowOf(node),
			count,
			covered: Math.min(covered, depthOf(tree, node)),
		});
		showMark(scroller.current, (mark) => nodeAt(mark) === node);
	};
	useLayoutEffect(() => {
		if (selected !== NONE) show(selected);
	}, [selected, expansion, shown]);
	useSought(sought, show);
}

/** Apart, so that the effect, which runs for an answer alone, does not keep the document of the render it ran in. */
function useSought(
	sought: Sought | undefined,
	show: (node: number) => void,
): void {
	const latest = useRef(show);
	latest.current = show;
	useLayoutEffect(() => {
		if (sought) latest.current(sought.node);
	}, [sought]);
}

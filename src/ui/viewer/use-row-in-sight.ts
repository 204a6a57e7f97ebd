// Scrolls to what an outline says, as a hook: to the selected row when it changes, to the old top when a version comes.
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { depthOf, NONE } from "../../document/tree.ts";
import type { Outline } from "./use-outline.ts";
import { putOnTop, showRow } from "./Windowed.tsx";

export interface RowsInSight {
	readonly outline: Outline;
	readonly count: number;
	readonly rowOf: (node: number) => number;
	/** Rows that ancestors may cover at the top. */
	readonly covered: number;
	/** Another one: other rows are shown. */
	readonly shown: unknown;
}

export function useRowInSight(
	scroller: RefObject<HTMLDivElement | null>,
	{ outline, count, rowOf, covered, shown }: RowsInSight,
): void {
	const { tree, expansion, selected, top } = outline;
	// A new version, or another view before: what was at the top is there again.
	useLayoutEffect(() => {
		if (scroller.current && top !== NONE && top !== 0)
			putOnTop(scroller.current, { row: rowOf(top), count });
	}, [tree]);
	useLayoutEffect(() => {
		if (!scroller.current || selected === NONE) return;
		showRow(scroller.current, {
			row: rowOf(selected),
			count,
			covered: Math.min(covered, depthOf(tree, selected)),
		});
	}, [selected, expansion, shown]);
}

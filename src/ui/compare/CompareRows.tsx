import {
	type RowTarget,
	scrollToRow,
	VirtualList,
	type VirtualListProps,
} from "../virtual-list/VirtualList.tsx";
import { ROW_HEIGHT } from "../virtual-list/virtual-range.ts";

/** More rows are not wrapped: only rows of one height can be left out of the page while they are out of sight. */
export const MAX_WRAPPED = 300;

export interface CompareRowsProps
	extends Pick<
		VirtualListProps,
		"count" | "renderRows" | "scroller" | "attributes"
	> {
	/** Whether to break long lines, if the rows are few enough. */
	readonly wrap: boolean;
}

export function isWrapped(wrap: boolean, count: number): boolean {
	return wrap && count <= MAX_WRAPPED;
}

/** Rows of a comparison: as high as their text, or of one height and only the visible ones in the page. */
export function CompareRows({ wrap, ...list }: CompareRowsProps) {
	const { count, renderRows, scroller, attributes } = list;
	if (!isWrapped(wrap, count))
		return (
			<VirtualList
				count={count}
				renderRows={renderRows}
				scroller={scroller}
				attributes={attributes}
			/>
		);
	return (
		<div
			{...attributes}
			class="scroller wrapped"
			style={{ "--row-height": `${ROW_HEIGHT}px` }}
			ref={scroller}
		>
			{renderRows({ first: 0, end: count })}
		</div>
	);
}

export function scrollToCompareRow(
	scroller: HTMLDivElement,
	target: RowTarget,
): void {
	if (scroller.classList.contains("wrapped"))
		scroller.children[target.row]?.scrollIntoView({ block: "nearest" });
	else scrollToRow(scroller, target);
}

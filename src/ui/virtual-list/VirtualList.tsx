import type { ComponentChild, HTMLAttributes, RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import {
	areDisjoint,
	contentHeight,
	EMPTY_RANGE,
	nextRange,
	offsetOf,
	ROW_HEIGHT,
	type RowRange,
	scrollScale,
	topRow,
	type Viewport,
} from "./virtual-range.ts";

export interface ActiveRow {
	readonly row: number;
	readonly id: string;
}

export interface VirtualListProps {
	readonly count: number;
	/** Each row must be ROW_HEIGHT high. */
	readonly renderRows: (range: RowRange) => ComponentChild;
	readonly scroller: RefObject<HTMLDivElement | null>;
	/** Of the element that scrolls: its role, name, keys. */
	readonly attributes: HTMLAttributes<HTMLDivElement> &
		Readonly<Record<`data-${string}`, string>>;
	/** The row that the keys act on; its element exists while the row is in range. */
	readonly active?: ActiveRow | undefined;
	/** Rows may be wider than the scroller, which then scrolls sideways. */
	readonly isWide?: boolean;
	/** Stays at the top, over the rows. */
	readonly pinned?: ComponentChild;
	/** Is called with the first visible row. */
	readonly onTopRow?: (row: number) => void;
}

/** For rows.css. */
const ROW_STYLE = { "--row-height": `${ROW_HEIGHT}px` };

/** Rows of one height, of which only the visible ones are in the page. */
export function VirtualList(props: VirtualListProps) {
	const { count, renderRows, scroller, attributes, active, pinned, onTopRow } =
		props;
	const extent = useExtent(props);
	const [, redraw] = useState(0);
	const viewport = useRef<Viewport>({ top: 0, height: innerHeight });
	const shown = useRef(EMPTY_RANGE);
	/** Where the rows began after the last jump, in pixels. */
	const start = useRef(0);
	const range = nextRange(shown.current, count, viewport.current);
	const offset = offsetOf(range.first, count, viewport.current);
	if (areDisjoint(range, shown.current)) start.current = offset;
	shown.current = range;
	const onViewport = () => {
		const element = scroller.current;
		if (!element) return;
		const seen = { top: element.scrollTop, height: element.clientHeight };
		const isNext = nextRange(shown.current, count, seen) !== shown.current;
		const isScaled = scrollScale(count, seen.height) !== 1;
		viewport.current = seen;
		if (isNext || isScaled) redraw((count) => count + 1);
		onTopRow?.(topRow(count, seen));
	};
	useOnResize(scroller, onViewport);
	// While the user scrolls within the range, the rows are the same vnodes, which Preact skips.
	const drawn = useMemo(() => renderRows(range), [renderRows, range]);
	return (
		<div
			{...attributes}
			{...activeIn(range, active)}
			class="scroller"
			style={ROW_STYLE}
			ref={scroller}
			onScroll={onViewport}
		>
			{pinned}
			<div
				class={props.isWide ? "extent wide" : "extent"}
				style={{ height: `${contentHeight(count)}px` }}
				ref={extent}
			>
				<div class="window" style={placeOf(start.current, offset)}>
					{drawn}
				</div>
			</div>
		</div>
	);
}

/** As wide as the widest row that was visible so far, so that it does not jump sideways when that row leaves. */
function useExtent({ isWide, count }: VirtualListProps) {
	const extent = useRef<HTMLDivElement>(null);
	const widest = useRef({ count, width: 0 });
	useLayoutEffect(() => {
		const { current } = extent;
		if (!isWide || !current) return;
		if (widest.current.count !== count) widest.current = { count, width: 0 };
		current.style.minWidth = "";
		const width = Math.max(widest.current.width, current.scrollWidth);
		widest.current = { count, width };
		if (width > (current.parentElement?.clientWidth ?? 0))
			current.style.minWidth = `${width}px`;
	});
	return extent;
}

/**
 * Rows that stay are moved by a transform, which leaves them laid out and painted; after a jump, when none does, that would be
 * one more change for the compositor.
 */
function placeOf(start: number, offset: number) {
	const by = offset - start;
	return {
		paddingTop: `${start}px`,
		transform: by === 0 ? "" : `translateY(${by}px)`,
	};
}

function activeIn({ first, end }: RowRange, active: ActiveRow | undefined) {
	const isThere = active && active.row >= first && active.row < end;
	return isThere && { "aria-activedescendant": active.id };
}

function useOnResize(
	element: RefObject<HTMLElement | null>,
	look: () => void,
): void {
	const latest = useRef(look);
	latest.current = look;
	useLayoutEffect(() => {
		const observer = new ResizeObserver(() => latest.current());
		if (element.current) observer.observe(element.current);
		return () => observer.disconnect();
	}, [element]);
}

export interface RowTarget {
	readonly row: number;
	readonly count: number;
	/** Rows at the top that something covers. */
	readonly covered?: number;
}

/** Scrolls only when the row is out of sight; one far away comes to the middle. */
export function scrollToRow(scroller: HTMLDivElement, target: RowTarget): void {
	const { row, count, covered = 0 } = target;
	const { scrollTop, clientHeight: height } = scroller;
	const scale = scrollScale(count, height);
	const [top, above] = [scrollTop / scale, covered * ROW_HEIGHT];
	const wanted = row * ROW_HEIGHT;
	const from = wanted - top - above;
	const behind = wanted + ROW_HEIGHT - top - height;
	if (from >= 0 && behind <= 0) return;
	if (Math.max(-from, behind) > height)
		scroller.scrollTop = (wanted - height / 2) * scale;
	else scroller.scrollTop = (top + (from < 0 ? from : behind)) * scale;
}

/** Scrolls sideways to a match that is in the page but out of sight, once the row that has just been shown is drawn. */
export function scrollToMark(
	scroller: HTMLDivElement,
	isSought: (mark: Element) => boolean,
): void {
	requestAnimationFrame(() => {
		const mark = [...scroller.querySelectorAll("mark")].find(isSought);
		if (!mark) return;
		const { left, right } = mark.getBoundingClientRect();
		const sight = scroller.getBoundingClientRect();
		if (left >= sight.left && right <= sight.left + scroller.clientWidth)
			return;
		scroller.scrollLeft += left - sight.left - scroller.clientWidth / 3;
	});
}

/** Puts a row at the top, cut off by as much as the one that was there. */
export function scrollRowToTop(
	scroller: HTMLDivElement,
	target: RowTarget,
): void {
	const scale = scrollScale(target.count, scroller.clientHeight);
	const cut = (scroller.scrollTop / scale) % ROW_HEIGHT;
	scroller.scrollTop = (target.row * ROW_HEIGHT + cut) * scale;
}

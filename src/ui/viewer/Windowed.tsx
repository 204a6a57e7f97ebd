// Rows of one height, of which only those in sight are in the page, however many there are.
import type { ComponentChild, RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** CSS pixels; viewer.css has the same. */
export const ROW_HEIGHT = 20;
/** Chromium clips elements at 33,554,428 device pixels: above half of that, for a page zoomed to 200 %, scrolling is scaled. */
const MAX_HEIGHT = 16_000_000;
/** Rows kept above and below what is in sight. */
const SPARE = 3;

export interface WindowedProps {
	readonly count: number;
	/** The rows from `first` up to, not including, `behind`; each must be ROW_HEIGHT high. */
	readonly rows: (first: number, behind: number) => ComponentChild;
	readonly scroller?: RefObject<HTMLDivElement | null>;
	readonly onFirstRow?: (row: number) => void;
}

export function Windowed(props: WindowedProps) {
	const { count, rows, onFirstRow } = props;
	const own = useRef<HTMLDivElement>(null);
	const scroller = props.scroller ?? own;
	const [sight, setSight] = useState({ top: 0, height: innerHeight });
	const look = () => {
		const element = scroller.current;
		if (!element) return;
		const { scrollTop: top, clientHeight: height } = element;
		setSight((old) =>
			sameRows(old.top, top) && old.height === height ? old : { top, height },
		);
		onFirstRow?.(Math.floor(top / scaleOf(count, height) / ROW_HEIGHT));
	};
	useLayoutEffect(() => {
		const observer = new ResizeObserver(look);
		if (scroller.current) observer.observe(scroller.current);
		return () => observer.disconnect();
	}, []);
	const { first, behind, offset } = windowOf(count, sight);
	return (
		<div class="scroller" ref={scroller} onScroll={look}>
			<div class="extent" style={{ height: `${extentOf(count)}px` }}>
				<div class="window" style={{ transform: `translateY(${offset}px)` }}>
					{rows(first, behind)}
				</div>
			</div>
		</div>
	);
}

/** The scroll position that puts a row at the top. */
export function topOf(row: number, count: number, height: number): number {
	return row * ROW_HEIGHT * scaleOf(count, height);
}

function extentOf(count: number): number {
	return Math.min(count * ROW_HEIGHT, MAX_HEIGHT);
}

/** Pixels scrolled for a pixel of rows. */
function scaleOf(count: number, height: number): number {
	const whole = count * ROW_HEIGHT;
	return whole <= MAX_HEIGHT ? 1 : (MAX_HEIGHT - height) / (whole - height);
}

function windowOf(count: number, sight: { top: number; height: number }) {
	const top = sight.top / scaleOf(count, sight.height);
	const last = Math.ceil((top + sight.height) / ROW_HEIGHT) + SPARE;
	const behind = Math.min(count, last);
	const first = Math.max(
		0,
		Math.min(
			Math.floor(top / ROW_HEIGHT) - SPARE,
			behind - Math.ceil(sight.height / ROW_HEIGHT),
		),
	);
	return { first, behind, offset: first * ROW_HEIGHT - top + sight.top };
}

function sameRows(old: number, top: number): boolean {
	return Math.floor(old / ROW_HEIGHT) === Math.floor(top / ROW_HEIGHT);
}

// Rows of one height, of which only those in sight are in the page, however many there are.
import type { ComponentChild, HTMLAttributes, RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

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
	readonly scroller: RefObject<HTMLDivElement | null>;
	/** Of the element that scrolls: its role, name, keys. */
	readonly attributes: HTMLAttributes<HTMLDivElement>;
	/** Stays at the top, over the rows; asked for with the first row in sight. */
	readonly pinned?: (top: number) => ComponentChild;
	readonly onTop?: (row: number) => void;
}

export function Windowed(props: WindowedProps) {
	const { count, rows, scroller, attributes, pinned, onTop } = props;
	const [sight, setSight] = useState({ top: 0, height: innerHeight });
	const look = () => {
		const element = scroller.current;
		if (!element) return;
		const { scrollTop: top, clientHeight: height } = element;
		setSight((old) =>
			sameRow(old.top, top) && old.height === height ? old : { top, height },
		);
		onTop?.(topRow(count, { top, height }));
	};
	useLayoutEffect(() => {
		const observer = new ResizeObserver(look);
		if (scroller.current) observer.observe(scroller.current);
		return () => observer.disconnect();
	}, []);
	const { first, behind, offset } = windowOf(count, sight);
	return (
		<div {...attributes} class="scroller" ref={scroller} onScroll={look}>
			{pinned?.(topRow(count, sight))}
			<div class="extent" style={{ height: `${extentOf(count)}px` }}>
				<div class="window" style={{ transform: `translateY(${offset}px)` }}>
					{rows(first, behind)}
				</div>
			</div>
		</div>
	);
}

export interface RowTarget {
	readonly row: number;
	readonly count: number;
	/** Rows at the top that something covers. */
	readonly covered?: number;
}

/** Scrolls only when the row is out of sight; one far away comes to the middle. */
export function showRow(scroller: HTMLDivElement, target: RowTarget): void {
	const { row, count, covered = 0 } = target;
	const { scrollTop, clientHeight: height } = scroller;
	const scale = scaleOf(count, height);
	const [top, above] = [scrollTop / scale, covered * ROW_HEIGHT];
	const wanted = row * ROW_HEIGHT;
	const from = wanted - top - above;
	const behind = wanted + ROW_HEIGHT - top - height;
	if (from >= 0 && behind <= 0) return;
	if (Math.max(-from, behind) > height)
		scroller.scrollTop = (wanted - height / 2) * scale;
	else scroller.scrollTop = (top + (from < 0 ? from : behind)) * scale;
}

/** Puts a row at the top. */
export function putOnTop(scroller: HTMLDivElement, target: RowTarget): void {
	const scale = scaleOf(target.count, scroller.clientHeight);
	scroller.scrollTop = target.row * ROW_HEIGHT * scale;
}

interface Sight {
	readonly top: number;
	readonly height: number;
}

function extentOf(count: number): number {
	return Math.min(count * ROW_HEIGHT, MAX_HEIGHT);
}

/** Pixels scrolled for a pixel of rows. */
function scaleOf(count: number, height: number): number {
	const whole = count * ROW_HEIGHT;
	return whole <= MAX_HEIGHT ? 1 : (MAX_HEIGHT - height) / (whole - height);
}

function topRow(count: number, { top, height }: Sight): number {
	return Math.floor(top / scaleOf(count, height) / ROW_HEIGHT);
}

function windowOf(count: number, sight: Sight) {
	const top = sight.top / scaleOf(count, sight.height);
	const last = Math.ceil((top + sight.height) / ROW_HEIGHT) + SPARE;
	const behind = Math.min(count, last);
	const start = Math.min(
		Math.floor(top / ROW_HEIGHT) - SPARE,
		behind - Math.ceil(sight.height / ROW_HEIGHT),
	);
	const first = Math.max(0, start);
	return { first, behind, offset: first * ROW_HEIGHT - top + sight.top };
}

function sameRow(old: number, top: number): boolean {
	return Math.floor(old / ROW_HEIGHT) === Math.floor(top / ROW_HEIGHT);
}

// The arithmetic of a virtual list, apart from the page.

/** CSS pixels. VirtualList passes it to rows.css as --row-height. */
export const ROW_HEIGHT = 20;
/** Chromium clips elements at 33,554,428 device pixels: above half of that, for a page zoomed to 200 %, scrolling is scaled. */
const MAX_HEIGHT = 16_000_000;
/** Rows rendered ahead in the direction of scrolling, so that most frames render none. */
const OVERSCAN = 28;

/** `top`: pixels scrolled; `height`: of the scrolling element, in pixels. */
export interface Viewport {
	readonly top: number;
	readonly height: number;
}

/** The rows from `first` up to, not including, `behind`. */
export interface RowRange {
	readonly first: number;
	readonly end: number;
}

export const EMPTY_RANGE: RowRange = { first: 0, end: 0 };

/** The same range while it covers the viewport; otherwise the next one, with more rows in the direction of scrolling. */
export function nextRange(
	old: RowRange,
	count: number,
	sight: Viewport,
): RowRange {
	const seen = visibleRange(count, sight);
	const isThere = old.end <= count && old.first < old.end;
	if (isThere && old.first <= seen.first && old.end >= seen.end) return old;
	const isNear = !areDisjoint(seen, old);
	const isDown = isNear && seen.end > old.end;
	const isUp = isNear && !isDown && seen.first < old.first;
	// As many wherever the first is cut: after a jump none is to come or to go.
	const behind = seen.first + Math.ceil(sight.height / ROW_HEIGHT) + 1;
	return {
		first: Math.max(0, seen.first - (isUp ? OVERSCAN : 0)),
		end: Math.min(count, behind + (isDown ? OVERSCAN : 0)),
	};
}

/** Whether no row is in both, which means that the user jumped. */
export function areDisjoint(one: RowRange, other: RowRange): boolean {
	return one.first >= other.end || one.end <= other.first;
}

function visibleRange(count: number, sight: Viewport): RowRange {
	const top = sight.top / scrollScale(count, sight.height);
	const last = Math.ceil((top + sight.height) / ROW_HEIGHT);
	const end = Math.min(count, Math.max(last, 0));
	// Scrolled past the end by rows that are gone: the last ones are in sight.
	const fitting = end - Math.ceil(sight.height / ROW_HEIGHT);
	const first = Math.min(Math.floor(top / ROW_HEIGHT), fitting);
	return { first: Math.max(0, first), end };
}

/** Height of all rows, as high as an element may be. */
export function contentHeight(count: number): number {
	return Math.min(count * ROW_HEIGHT, MAX_HEIGHT);
}

/** Pixels scrolled for a pixel of rows. */
export function scrollScale(count: number, height: number): number {
	const whole = count * ROW_HEIGHT;
	return whole <= MAX_HEIGHT ? 1 : (MAX_HEIGHT - height) / (whole - height);
}

export function topRow(count: number, { top, height }: Viewport): number {
	return Math.floor(top / scrollScale(count, height) / ROW_HEIGHT);
}

/** Pixels from the top of the extent to where a row of the window is drawn. */
export function offsetOf(row: number, count: number, sight: Viewport): number {
	const top = sight.top / scrollScale(count, sight.height);
	return row * ROW_HEIGHT - top + sight.top;
}

// Which rows are in the page while the user scrolls: numbers alone, no element is touched here.

/** CSS pixels; viewer.css has the same. */
export const ROW_HEIGHT = 20;
/** Chromium clips elements at 33,554,428 device pixels: above half of that, for a page zoomed to 200 %, scrolling is scaled. */
const MAX_HEIGHT = 16_000_000;
/** Rows drawn before they are in sight, so that most frames of scrolling draw none. */
const AHEAD = 28;

/** What is seen of the rows: pixels scrolled, and the height of what they scroll in. */
export interface Sight {
	readonly top: number;
	readonly height: number;
}

/** The rows from `first` up to, not including, `behind`. */
export interface RowRange {
	readonly first: number;
	readonly behind: number;
}

export const NO_ROWS: RowRange = { first: 0, behind: 0 };

/** The same rows while they cover what is in sight; otherwise the next, more of them where scrolling goes to. */
export function nextRows(old: RowRange, count: number, sight: Sight): RowRange {
	const seen = rowsInSight(count, sight);
	const isThere = old.behind <= count && old.first < old.behind;
	if (isThere && old.first <= seen.first && old.behind >= seen.behind)
		return old;
	const isNear = !areApart(seen, old);
	const isDown = isNear && seen.behind > old.behind;
	const isUp = isNear && !isDown && seen.first < old.first;
	// As many wherever the first is cut: after a jump none is to come or to go.
	const behind = seen.first + Math.ceil(sight.height / ROW_HEIGHT) + 1;
	return {
		first: Math.max(0, seen.first - (isUp ? AHEAD : 0)),
		behind: Math.min(count, behind + (isDown ? AHEAD : 0)),
	};
}

/** No row is in both: the user jumped. */
export function areApart(one: RowRange, other: RowRange): boolean {
	return one.first >= other.behind || one.behind <= other.first;
}

function rowsInSight(count: number, sight: Sight): RowRange {
	const top = sight.top / scaleOf(count, sight.height);
	const last = Math.ceil((top + sight.height) / ROW_HEIGHT);
	const behind = Math.min(count, Math.max(last, 0));
	// Scrolled past the end by rows that are gone: the last ones are in sight.
	const fitting = behind - Math.ceil(sight.height / ROW_HEIGHT);
	const first = Math.min(Math.floor(top / ROW_HEIGHT), fitting);
	return { first: Math.max(0, first), behind };
}

/** Height of all rows, as high as an element may be. */
export function extentOf(count: number): number {
	return Math.min(count * ROW_HEIGHT, MAX_HEIGHT);
}

/** Pixels scrolled for a pixel of rows. */
export function scaleOf(count: number, height: number): number {
	const whole = count * ROW_HEIGHT;
	return whole <= MAX_HEIGHT ? 1 : (MAX_HEIGHT - height) / (whole - height);
}

export function topRow(count: number, { top, height }: Sight): number {
	return Math.floor(top / scaleOf(count, height) / ROW_HEIGHT);
}

/** Pixels from the top of the extent to where a row of the window is drawn. */
export function offsetOf(row: number, count: number, sight: Sight): number {
	const top = sight.top / scaleOf(count, sight.height);
	return row * ROW_HEIGHT - top + sight.top;
}

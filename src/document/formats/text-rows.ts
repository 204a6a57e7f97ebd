import { graphemesOf, startOfGrapheme } from "../text/graphemes.ts";

export interface TextRows {
	readonly count: number;
	/** Offset of each row's first character. */
	readonly starts: Int32Array;
	/** Number of the line that the row belongs to, from 1. */
	readonly numbers: Int32Array;
}

const LINE_FEED = 0x0a;

/** How many columns a character takes that is none of ASCII's. */
export type WidthOf = (character: string) => number;

/** Each character takes one column. */
const SIMPLE = /^[ -~\r]*$/;
const SIMPLE_LINES = /^[ -~\r\n]*$/;
const ONE: WidthOf = () => 1;
/** Of a column, in what is looked at for a row. */
const MAX_UNITS = 4;

/** `columns`: how many a row has. A character is not torn. */
export function wrapLines(
	text: string,
	columns: number,
	widthOf: WidthOf = ONE,
): TextRows {
	const isSimple = SIMPLE_LINES.test(text);
	let rows = createRows(Math.max(1024, text.length >> 4));
	let number = 1;
	let start = 0;
	for (;;) {
		const feed = text.indexOf("\n", start);
		const end = feed === -1 ? text.length : feed;
		let at = start;
		do {
			if (rows.count === rows.starts.length) rows = grow(rows);
			rows.starts[rows.count] = at;
			rows.numbers[rows.count] = number;
			rows.count += 1;
			at = isSimple
				? at + columns
				: at + lengthOfRow(text, at, end, { columns, widthOf });
		} while (at < end);
		if (feed === -1) return rows;
		start = feed + 1;
		number += 1;
	}
}

interface RowOptions {
	readonly columns: number;
	readonly widthOf: WidthOf;
}

/** The UTF-16 units of the row that begins at `start`, of a line that ends at `end`. */
function lengthOfRow(
	text: string,
	start: number,
	end: number,
	{ columns, widthOf }: RowOptions,
): number {
	// An accent behind the last column belongs to the character in it.
	const first = text.slice(start, Math.min(end, start + columns + 1));
	if (SIMPLE.test(first)) return Math.min(columns, first.length);
	const far = Math.min(end, start + MAX_UNITS * columns);
	const last = startOfGrapheme(text, far);
	let [width, length] = [0, 0];
	const looked = text.slice(start, last > start ? last : far);
	for (const character of graphemesOf(looked)) {
		width += SIMPLE.test(character) ? 1 : widthOf(character);
		if (width > columns && length > 0) return length;
		length += character.length;
	}
	return length;
}

/** The text of a row, without its line break. */
export function rowText(text: string, lines: TextRows, row: number): string {
	const start = lines.starts[row] ?? 0;
	let end = row + 1 < lines.count ? (lines.starts[row + 1] ?? 0) : text.length;
	if (row + 1 < lines.count && text.charCodeAt(end - 1) === LINE_FEED) end -= 1;
	if (text.charCodeAt(end - 1) === 0x0d && end > start) end -= 1;
	return text.slice(start, end);
}

/** Whether the row goes on where the one before was broken. */
export function isContinuation(lines: TextRows, row: number): boolean {
	return row > 0 && lines.numbers[row] === lines.numbers[row - 1];
}

/** The row that shows the character at an offset. */
export function rowAt(lines: TextRows, offset: number): number {
	let low = 0;
	let high = lines.count - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((lines.starts[middle] ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}

interface Rows {
	count: number;
	readonly starts: Int32Array;
	readonly numbers: Int32Array;
}

function createRows(capacity: number): Rows {
	return {
		count: 0,
		starts: new Int32Array(capacity),
		numbers: new Int32Array(capacity),
	};
}

function grow(rows: Rows): Rows {
	const grown = createRows(rows.count * 2);
	grown.starts.set(rows.starts);
	grown.numbers.set(rows.numbers);
	grown.count = rows.count;
	return grown;
}

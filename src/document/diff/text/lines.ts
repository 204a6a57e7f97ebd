import type { CooperativeTask } from "./cooperative-task.ts";

/** A text cut into lines. A line includes its line feed, so that the lines joined are the text. */
export interface Lines {
	readonly text: string;
	readonly count: number;
	/** The offset of each line, and at `count` the length of the text. 0: not found yet, see `lineStart`. */
	readonly starts: Int32Array;
}

/** An offset at which a line is known to start. */
export interface KnownLineStart {
	readonly line: number;
	readonly offset: number;
}

export function splitLines(text: string): Lines {
	return createLines(text, countLines(text, 0, text.length), []);
}

/** `count`: the number of lines in the text. */
export function createLines(
	text: string,
	count: number,
	known: readonly KnownLineStart[],
): Lines {
	const starts = new Int32Array(count + 1);
	for (const { line, offset } of known) starts[line] = offset;
	starts[count] = text.length;
	return { text, count, starts };
}

/** Characters counted at a time, to bound the memory of the matches. */
const COUNTED_CHARACTERS = 65_536;

/** Lines between two offsets: `from` is the start of a line, `to` is one or the end of the text. */
export function countLines(text: string, from: number, to: number): number {
	let count = 0;
	// A global match counts faster than repeated indexOf calls.
	for (let at = from; at < to; at += COUNTED_CHARACTERS)
		count +=
			text.slice(at, Math.min(at + COUNTED_CHARACTERS, to)).match(/\n/g)
				?.length ?? 0;
	return to > from && text[to - 1] !== "\n" ? count + 1 : count;
}

/** One line with its line feed. */
export function lineAt(lines: Lines, index: number): string {
	return linesBetween(lines, index, index + 1);
}

/** The text of the lines `from` to `to` (exclusive). */
export function linesBetween(lines: Lines, from: number, to: number): string {
	return lines.text.slice(lineStart(lines, from), lineStart(lines, to));
}

/** The index of the line that starts at `offset`, or of the first line after it. */
export function lineIndexAt(lines: Lines, offset: number): number {
	let low = 0;
	let high = lines.count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (lineStart(lines, middle) < offset) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The offset of a line; of index `count`, the end of the text. */
export function lineStart(lines: Lines, index: number): number {
	const start = lines.starts[index] ?? lines.text.length;
	return start > 0 || index === 0 ? start : findStart(lines, index);
}

/** Known starts this many lines further on are used to search backwards. */
const LOOK_AHEAD = 64;
/** Starts found at a time, because lines are mostly read in order. */
const FOUND_AT_ONCE = 1024;

function findStart({ text, starts }: Lines, index: number): number {
	let known = index;
	while (known < index + LOOK_AHEAD && starts[known] === 0) known += 1;
	if (starts[known] !== 0) {
		for (let line = known; line > index; line -= 1)
			starts[line - 1] = text.lastIndexOf("\n", (starts[line] ?? 0) - 2) + 1;
		return starts[index] ?? 0;
	}
	let line = index;
	while (line > 0 && starts[line] === 0) line -= 1;
	let offset = starts[line] ?? 0;
	for (
		const end = index + FOUND_AT_ONCE;
		line < end && starts[line + 1] === 0;
		line += 1
	) {
		offset = text.indexOf("\n", offset) + 1;
		starts[line + 1] = offset;
	}
	return starts[index] ?? 0;
}

export interface LineEnds {
	readonly style: "LF" | "CRLF" | "mixed" | "none";
	readonly hasFinalLineFeed: boolean;
}

export function lineEndsOf(text: string): LineEnds {
	const hasFinalLineFeed = text.endsWith("\n");
	if (!text.includes("\r\n"))
		return { style: text.includes("\n") ? "LF" : "none", hasFinalLineFeed };
	let feeds = 0;
	let pairs = 0;
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
		feeds += 1;
		if (at > 0 && text.charCodeAt(at - 1) === 13) pairs += 1;
		if (pairs > 0 && pairs < feeds) return { style: "mixed", hasFinalLineFeed };
	}
	return { style: pairs === feeds ? "CRLF" : "mixed", hasFinalLineFeed };
}

/** Sentences about line ends; empty when they did not change. */
export function describeLineEndChanges(
	original: string,
	modified: string,
): readonly string[] {
	const [before, after] = [lineEndsOf(original), lineEndsOf(modified)];
	const sentences: string[] = [];
	if (
		before.style !== after.style &&
		before.style !== "none" &&
		after.style !== "none"
	)
		sentences.push(
			`Line endings changed from ${before.style} to ${after.style}.`,
		);
	if (
		before.hasFinalLineFeed !== after.hasFinalLineFeed &&
		original !== "" &&
		modified !== ""
	)
		sentences.push(
			after.hasFinalLineFeed
				? "The second version ends with a line feed, the first one does not."
				: "The first version ends with a line feed, the second one does not.",
		);
	return sentences;
}

/** The text with every CRLF as LF. */
export function normalizeLineEnds(text: string): string {
	return text.replaceAll("\r\n", "\n");
}

const LINES_PER_STEP = 512;
/** Columns between tab stops; `tab-size` in rows.css is the same. */
const TAB_WIDTH = 4;
/** Characters that take two columns, and surrogates. */
const WIDE = /[\u2e80-\uffff]/;

/** Columns of the widest line without its line feed: at least `least`, at most those of its first `most` characters. */
export function* widestLine(
	text: string,
	least: number,
	most: number,
): CooperativeTask<number> {
	const isPlain = !text.includes("\t") && !WIDE.test(text);
	yield;
	const limit = isPlain ? most : most * TAB_WIDTH;
	let widest = least;
	let steps = 0;
	for (let start = 0; start < text.length && widest < limit; steps += 1) {
		if (steps % LINES_PER_STEP === LINES_PER_STEP - 1) yield;
		// Lines that end within the widest so far are skipped together.
		const skipped = isPlain ? widest : Math.floor(widest / TAB_WIDTH);
		const last = text.lastIndexOf("\n", start + skipped);
		if (last >= start) {
			start = last + 1;
			continue;
		}
		const feed = text.indexOf("\n", start + skipped);
		const end = feed < 0 ? text.length : feed;
		const columns = isPlain
			? end - start
			: columnsOf(text.slice(start, Math.min(end, start + most)));
		widest = Math.max(widest, columns);
		start = end + 1;
	}
	return Math.min(widest, Math.max(least, limit));
}

export function columnsOf(line: string): number {
	let columns = 0;
	for (let at = 0; at < line.length; at += 1) {
		const code = line.charCodeAt(at);
		if (code === 9) columns += TAB_WIDTH - (columns % TAB_WIDTH);
		else columns += code < 0x2e80 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
	}
	return columns;
}

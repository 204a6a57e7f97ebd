// A text cut into lines: a line includes its line feed, so that the lines put together are the text again.

export interface Lines {
	readonly text: string;
	readonly count: number;
	/** Where each line starts, and at `count` the text's length; 0 where that was not asked for yet. */
	readonly starts: Int32Array;
}

/** A place where a line is known to start. */
export interface LineStart {
	readonly line: number;
	readonly offset: number;
}

export function splitLines(text: string): Lines {
	return toLinesKnown(text, countLines(text, 0, text.length), []);
}

/** Of a text that was counted before, and some line starts of which are known. */
export function toLinesKnown(
	text: string,
	count: number,
	known: readonly LineStart[],
): Lines {
	const starts = new Int32Array(count + 1);
	for (const { line, offset } of known) starts[line] = offset;
	starts[count] = text.length;
	return { text, count, starts };
}

/** So much is counted at a time, for the space that it takes. */
const CHUNK = 65_536;

/** Lines of a part that begins at a line start, and ends at one or with the text. */
export function countLines(text: string, from: number, to: number): number {
	let count = 0;
	// The engine counts matches faster than it finds one after the other.
	for (let at = from; at < to; at += CHUNK)
		count += text.slice(at, Math.min(at + CHUNK, to)).match(/\n/g)?.length ?? 0;
	return to > from && text[to - 1] !== "\n" ? count + 1 : count;
}

/** One line, its line feed included. */
export function lineAt(lines: Lines, index: number): string {
	return linesBetween(lines, index, index + 1);
}

/** Lines `from` to `to` (exclusive), put together. */
export function linesBetween(lines: Lines, from: number, to: number): string {
	return lines.text.slice(lineStart(lines, from), lineStart(lines, to));
}

/** The index of the line that starts at `offset`, or of the first after it. */
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

/** From 0 to `count`, where the text ends. */
export function lineStart(lines: Lines, index: number): number {
	const start = lines.starts[index] ?? lines.text.length;
	return start > 0 || index === 0 ? start : findStart(lines, index);
}

/** What is shown around a change. */
const NEAR = 64;

function findStart({ text, starts }: Lines, index: number): number {
	let known = index;
	while (known < index + NEAR && starts[known] === 0) known += 1;
	if (starts[known] !== 0)
		for (let line = known; line > index; line -= 1)
			starts[line - 1] = text.lastIndexOf("\n", (starts[line] ?? 0) - 2) + 1;
	else fillAround({ text, starts }, index);
	return starts[index] ?? 0;
}

/** Who asks for a line mostly goes on to the next: so many are found with it. */
const AHEAD = 1024;

/** From the last line start that is known before, to a little further on. */
function fillAround(
	{ text, starts }: Pick<Lines, "text" | "starts">,
	index: number,
): void {
	let line = index;
	while (line > 0 && starts[line] === 0) line -= 1;
	const end = index + AHEAD;
	// Hundreds of thousands: nothing is called but what finds the next.
	for (
		let at = starts[line] ?? 0;
		line < end && starts[line + 1] === 0;
		line += 1
	) {
		at = text.indexOf("\n", at) + 1;
		starts[line + 1] = at;
	}
}

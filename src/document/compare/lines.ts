// A text cut into lines, as offsets: a line includes its line feed, so that the lines put together are the text again.

export interface Lines {
	readonly text: string;
	readonly count: number;
	/** Where each line starts, and at `count` the text's length. */
	readonly starts: Int32Array;
}

/** A region of two texts that is the same in both. */
export interface Shared {
	readonly oldStart: number;
	readonly newStart: number;
	readonly length: number;
}

export function toLines(text: string): Lines {
	return toLinesAlong(text, NOTHING, []);
}

const NOTHING: Lines = { text: "", count: 0, starts: new Int32Array(1) };

/**
 * The lines of a text most of which is known from another: what is shared is copied and only the rest is read.
 * `shared` is in order, begins and ends at line starts in both (or at the end of both).
 */
export function toLinesAlong(
	text: string,
	known: Lines,
	shared: readonly Shared[],
): Lines {
	// Room for more is made when it is needed.
	let starts = new Int32Array(Math.max(known.count, text.length / 20) + 16);
	let at = 0;
	const add = (start: number) => {
		if (at + 1 >= starts.length) starts = grow(starts, at + 1);
		starts[at++] = start;
	};
	let done = 0;
	for (const region of shared) {
		scan(text, [done, region.newStart], add);
		const from = lineIndexAt(known, region.oldStart);
		const to = lineIndexAt(known, region.oldStart + region.length);
		starts = grow(starts, at + to - from + 1);
		copy(known.starts.subarray(from, to), starts, {
			at,
			shift: region.newStart - region.oldStart,
		});
		at += to - from;
		done = region.newStart + region.length;
	}
	scan(text, [done, text.length], add);
	starts[at] = text.length;
	return { text, count: at, starts: starts.subarray(0, at + 1) };
}

/** One line, its line feed included. */
export function lineAt(lines: Lines, index: number): string {
	return linesBetween(lines, index, index + 1);
}

/** Lines `from` to `to` (exclusive), put together. */
export function linesBetween(lines: Lines, from: number, to: number): string {
	return lines.text.slice(lines.starts[from], lines.starts[to]);
}

/** The index of the line that starts at `offset`, or of the first after it. */
export function lineIndexAt({ starts, count }: Lines, offset: number): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((starts[middle] ?? 0) < offset) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Tells the start of every line in the range, which begins at a line start. */
function scan(
	text: string,
	[from, to]: readonly [number, number],
	tell: (start: number) => void,
): void {
	for (let at = from; at < to; ) {
		tell(at);
		const feed = text.indexOf("\n", at);
		at = feed < 0 ? to : feed + 1;
	}
}

function grow(
	starts: Int32Array<ArrayBuffer>,
	needed: number,
): Int32Array<ArrayBuffer> {
	if (needed < starts.length) return starts;
	const larger = new Int32Array(needed * 2);
	larger.set(starts);
	return larger;
}

function copy(
	from: Int32Array,
	to: Int32Array,
	{ at, shift }: { readonly at: number; readonly shift: number },
): void {
	to.set(from, at);
	if (shift === 0) return;
	for (let index = at; index < at + from.length; index += 1)
		to[index] = (to[index] ?? 0) + shift;
}

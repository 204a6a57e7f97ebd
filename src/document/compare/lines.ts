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
	const size = Math.max(known.count, text.length / 20) + 16;
	let found: Found = { starts: new Int32Array(size), count: 0 };
	let done = 0;
	for (const region of shared) {
		found = scan(text, [done, region.newStart], found);
		found = copy(known, region, found);
		done = region.newStart + region.length;
	}
	const { starts, count } = scan(text, [done, text.length], found);
	starts[count] = text.length;
	return { text, count, starts: starts.subarray(0, count + 1) };
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

/** Starts of lines, and how many; there is always room for one more. */
interface Found {
	readonly starts: Int32Array<ArrayBuffer>;
	readonly count: number;
}

/** Adds the start of every line in the range, which begins at a line start. */
function scan(
	text: string,
	[from, to]: readonly [number, number],
	found: Found,
): Found {
	// Hundreds of thousands: nothing is called but what finds the next.
	let { starts, count } = found;
	for (let at = from; at < to; ) {
		if (count + 1 === starts.length) starts = grow(starts, count * 2);
		starts[count++] = at;
		const feed = text.indexOf("\n", at);
		at = feed < 0 ? to : feed + 1;
	}
	return { starts, count };
}

/** Adds the starts that are known from the other text. */
function copy(known: Lines, region: Shared, { starts, count }: Found): Found {
	const from = lineIndexAt(known, region.oldStart);
	const to = lineIndexAt(known, region.oldStart + region.length);
	const behind = count + to - from;
	const room =
		behind + 1 < starts.length ? starts : grow(starts, (behind + 1) * 2);
	room.set(known.starts.subarray(from, to), count);
	const shift = region.newStart - region.oldStart;
	if (shift !== 0)
		for (let index = count; index < behind; index += 1)
			room[index] = (room[index] ?? 0) + shift;
	return { starts: room, count: behind };
}

function grow(
	starts: Int32Array<ArrayBuffer>,
	size: number,
): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(size);
	larger.set(starts);
	return larger;
}

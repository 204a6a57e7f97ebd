/** Stretches of a text, in order and apart: by turns where one starts and where it ends. */
export type Ranges = Int32Array | readonly number[];

/** The parts of ranges between two offsets, counted from the first offset. */
export function rangesWithin(
	ranges: Ranges,
	start: number,
	end: number,
): readonly number[] {
	const found: number[] = [];
	for (let pair = firstEndingBehind(ranges, start); ; pair++) {
		const from = ranges[2 * pair];
		const to = ranges[2 * pair + 1];
		if (from === undefined || to === undefined || from >= end) return found;
		found.push(Math.max(from, start) - start, Math.min(to, end) - start);
	}
}

/** In order, and those that touch or overlap made one. */
export function joinRanges(ranges: number[]): Int32Array {
	const pairs = Array.from({ length: ranges.length / 2 }, (_, pair) => pair);
	const startOf = (pair: number) => ranges[2 * pair] ?? 0;
	const isSorted = pairs.every(
		(pair) => pair === 0 || startOf(pair - 1) <= startOf(pair),
	);
	if (!isSorted) pairs.sort((one, other) => startOf(one) - startOf(other));
	const joined = new Int32Array(ranges.length);
	let count = 0;
	for (const pair of pairs) {
		const [from, to] = [startOf(pair), ranges[2 * pair + 1] ?? 0];
		const last = joined[count - 1] ?? -1;
		if (count > 0 && from <= last) joined[count - 1] = Math.max(last, to);
		else {
			joined[count] = from;
			joined[count + 1] = to;
			count += 2;
		}
	}
	return joined.slice(0, count);
}

function firstEndingBehind(ranges: Ranges, offset: number): number {
	let low = 0;
	let high = ranges.length / 2;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ranges[2 * middle + 1] ?? 0) <= offset) low = middle + 1;
		else high = middle;
	}
	return low;
}

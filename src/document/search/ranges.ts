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
export function mergeRanges(ranges: readonly number[]): Int32Array {
	const sorted = isSorted(ranges) ? ranges : sort(ranges);
	const joined = new Int32Array(sorted.length);
	let count = 0;
	for (let at = 0; at < sorted.length; at += 2) {
		const [from, to] = [sorted[at] ?? 0, sorted[at + 1] ?? 0];
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

function isSorted(ranges: readonly number[]): boolean {
	for (let at = 2; at < ranges.length; at += 2)
		if ((ranges[at] ?? 0) < (ranges[at - 2] ?? 0)) return false;
	return true;
}

function sort(ranges: readonly number[]): readonly number[] {
	const pairs = Array.from(
		{ length: ranges.length / 2 },
		(_, pair) => [ranges[2 * pair] ?? 0, ranges[2 * pair + 1] ?? 0] as const,
	);
	return pairs.sort(([one], [other]) => one - other).flat();
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

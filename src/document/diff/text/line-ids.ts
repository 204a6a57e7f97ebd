// Numbers for lines: equal lines get the same one, on both sides, so that comparing lines is comparing integers.

import type { CooperativeTask } from "../cooperative-task.ts";
import { type Lines, lineAt } from "./lines.ts";

export interface Range {
	readonly from: number;
	/** Exclusive. */
	readonly to: number;
}

export interface Interned {
	/** By position in the range. */
	readonly original: Int32Array;
	readonly modified: Int32Array;
	/** Numbers are below this. */
	readonly distinct: number;
}

const LINES_PER_STEP = 16_384;

export interface Part {
	readonly lines: Lines;
	readonly range: Range;
}

export function* intern(
	original: Part,
	modified: Part,
): CooperativeTask<Interned> {
	const numbers = new Map<string, number>();
	return {
		original: yield* numberLines(original, numbers),
		modified: yield* numberLines(modified, numbers),
		distinct: numbers.size,
	};
}

function* numberLines(
	{ lines, range }: Part,
	numbers: Map<string, number>,
): CooperativeTask<Int32Array> {
	const result = new Int32Array(range.to - range.from);
	for (let start = range.from; start < range.to; start += LINES_PER_STEP) {
		const stop = Math.min(range.to, start + LINES_PER_STEP);
		for (let index = start; index < stop; index += 1)
			result[index - range.from] = numberOf(lineAt(lines, index), numbers);
		yield;
	}
	return result;
}

// The engine hashes and compares strings faster than any loop over their characters.
function numberOf(line: string, numbers: Map<string, number>): number {
	const known = numbers.get(line);
	if (known !== undefined) return known;
	const number = numbers.size;
	numbers.set(line, number);
	return number;
}

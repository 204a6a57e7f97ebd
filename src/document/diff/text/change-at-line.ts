// The change that a line belongs to, by bisection.
import type { Change } from "./line-diff.ts";

/** Its index; `undefined` for a line that did not change. Lines count from 0. */
export function changeIndexAtLine(
	changes: readonly Change[],
	side: "original" | "modified",
	line: number,
): number | undefined {
	const start = side === "original" ? "originalStart" : "modifiedStart";
	const end = side === "original" ? "originalEnd" : "modifiedEnd";
	let low = 0;
	let high = changes.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((changes[middle]?.[end] ?? 0) <= line) low = middle + 1;
		else high = middle;
	}
	const change = changes[low];
	return change && change[start] <= line ? low : undefined;
}

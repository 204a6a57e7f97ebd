// Which deleted line a reader would set beside which inserted one, within one change.
import type { Change } from "./line-diff.ts";
import { type Lines, lineAt } from "./lines.ts";

/** Bigger changes are not looked into: no one compares so many lines by eye. */
const MAX_LINES = 400;

/** New line by old line, rising: all in order when there are as many, else those that begin alike. */
export function pairLines(
	old: Lines,
	fresh: Lines,
	change: Change,
): ReadonlyMap<number, number> {
	const { oldStart, oldEnd, newStart, newEnd } = change;
	const pairs = new Map<number, number>();
	if (oldEnd - oldStart === newEnd - newStart) {
		for (let line = oldStart; line < oldEnd; line += 1)
			pairs.set(line, newStart + line - oldStart);
		return pairs;
	}
	if (oldEnd - oldStart + newEnd - newStart > MAX_LINES) return pairs;
	let next = newStart;
	for (let line = oldStart; line < oldEnd; line += 1) {
		const head = keyPrefix(lineAt(old, line));
		for (let other = next; other < newEnd; other += 1) {
			if (head === "" || head !== keyPrefix(lineAt(fresh, other))) continue;
			pairs.set(line, other);
			next = other + 1;
			break;
		}
	}
	return pairs;
}

/** A key with its colon or equals sign. */
function keyPrefix(line: string): string {
	return /^\s*[-"'\w.$ ]{1,200}[:=]/.exec(line.slice(0, 256))?.[0] ?? "";
}

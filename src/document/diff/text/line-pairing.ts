// Which deleted line a reader would set beside which inserted one, within one change.
import type { Change } from "./line-diff.ts";
import { type Lines, lineAt } from "./lines.ts";

/** Bigger changes are not looked into: no one compares so many lines by eye. */
const MAX_LINES = 400;

/** New line by old line, rising: all in order when there are as many, else those that begin alike. */
export function pairLines(
	original: Lines,
	modified: Lines,
	change: Change,
): ReadonlyMap<number, number> {
	const { originalStart, originalEnd, modifiedStart, modifiedEnd } = change;
	const pairs = new Map<number, number>();
	if (originalEnd - originalStart === modifiedEnd - modifiedStart) {
		for (let line = originalStart; line < originalEnd; line += 1)
			pairs.set(line, modifiedStart + line - originalStart);
		return pairs;
	}
	if (originalEnd - originalStart + modifiedEnd - modifiedStart > MAX_LINES)
		return pairs;
	let next = modifiedStart;
	for (let line = originalStart; line < originalEnd; line += 1) {
		const head = keyPrefix(lineAt(original, line));
		for (let other = next; other < modifiedEnd; other += 1) {
			if (head === "" || head !== keyPrefix(lineAt(modified, other))) continue;
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

// Where a reader would put a change: lines added or deleted among equal ones can often be told in several places, and the one that follows the indentation is chosen.
import type { Change } from "./line-diff.ts";
import { type Lines, lineAt } from "./lines.ts";

interface Sides {
	readonly original: Lines;
	readonly modified: Lines;
}

/** Further than this nobody looks. */
const REACH = 100;
const TAB_WIDTH = 4;

/** Changes in order with an equal line between any two, and so is the result. */
export function slide(sides: Sides, changes: readonly Change[]): Change[] {
	const slid: Change[] = [];
	for (const [index, change] of changes.entries()) {
		const before = slid.at(-1);
		const after = changes[index + 1];
		slid.push(
			change.originalStart < change.originalEnd &&
				change.modifiedStart < change.modifiedEnd
				? change
				: slideOne(sides, change, [before, after]),
		);
	}
	return slid;
}

function slideOne(
	sides: Sides,
	change: Change,
	[before, after]: readonly [Change | undefined, Change | undefined],
): Change {
	const isInsertion = change.originalStart === change.originalEnd;
	const lines = isInsertion ? sides.modified : sides.original;
	const start = isInsertion ? change.modifiedStart : change.originalStart;
	const end = isInsertion ? change.modifiedEnd : change.originalEnd;
	const first = (isInsertion ? before?.modifiedEnd : before?.originalEnd) ?? -1;
	const last =
		(isInsertion ? after?.modifiedStart : after?.originalStart) ??
		lines.count + 1;
	const up = slack(start - first - 1, (by) =>
		isSame(lines, start - by, end - by),
	);
	const down = slack(last - end - 1, (by) =>
		isSame(lines, start + by - 1, end + by - 1),
	);
	const shift = bestShift(lines, [start, end], [-up, down]);
	return {
		originalStart: change.originalStart + shift,
		originalEnd: change.originalEnd + shift,
		modifiedStart: change.modifiedStart + shift,
		modifiedEnd: change.modifiedEnd + shift,
	};
}

/** How many times in a row it may move. */
function slack(limit: number, mayMove: (by: number) => boolean): number {
	let by = 0;
	while (by < Math.min(limit, REACH) && mayMove(by + 1)) by += 1;
	return by;
}

function isSame(lines: Lines, one: number, other: number): boolean {
	if (one < 0 || other >= lines.count) return false;
	return lineAt(lines, one) === lineAt(lines, other);
}

function bestShift(
	lines: Lines,
	[start, end]: readonly [number, number],
	[lowest, highest]: readonly [number, number],
): number {
	let best = 0;
	let bestScore = Number.POSITIVE_INFINITY;
	for (let shift = lowest; shift <= highest; shift += 1) {
		const score = cutAt(lines, start + shift) + cutAt(lines, end + shift);
		// Among equals the last: a reader expects what is new after what was there.
		if (score <= bestScore) [best, bestScore] = [shift, score];
	}
	return best;
}

/** How bad it is to cut before a line: worse the deeper it is, and worse within a block than between blocks. */
function cutAt(lines: Lines, index: number): number {
	const next = index < lines.count ? indentOf(lineAt(lines, index)) : 0;
	const previous = index > 0 ? indentOf(lineAt(lines, index - 1)) : 0;
	return next * 10 + (next < previous ? 7 : next > previous ? 4 : 0);
}

function indentOf(line: string): number {
	let width = 0;
	for (const character of line) {
		if (character === " ") width += 1;
		else if (character === "\t") width += TAB_WIDTH;
		else break;
	}
	return width;
}

// Steps over one small change: the shortest edit between a few lines of both texts, found once enough lines agree again (Myers, http://www.xmailserver.org/diff2.pdf).

import type { CooperativeTask } from "../cooperative-task.ts";
import type { Place, Shared, Texts } from "./common-prefix.ts";
import { AGREEMENT, stepOverOne } from "./single-line-change.ts";

export interface Step {
	/** Equal regions on the way, in order. */
	readonly shared: readonly Shared[];
	/** Where both texts agree again. */
	readonly place: Place;
}

interface Window {
	/** Numbers that are equal where lines are. */
	readonly original: readonly number[];
	readonly modified: readonly number[];
	/** Offsets of line starts, one more than there are lines. */
	readonly originalStarts: readonly number[];
	readonly modifiedStarts: readonly number[];
	/** Whether it reaches the end of both regions. */
	readonly complete: boolean;
}

/** Lines seen at a time: most changes are a line or two. */
const SIZES = [40, 160, 600];

/** `undefined` when the texts do not agree again soon. */
export function* stepOver(
	texts: Texts,
	place: Place,
	end: Place,
): CooperativeTask<Step | undefined> {
	const near = stepOverOne(texts, place, end);
	if (near) return { shared: [], place: near };
	for (const size of SIZES) {
		const window = toWindow(texts, [place, end], size);
		const found = yield* search(window, size >> 1);
		if (found) return toStep(window, found);
		if (window.complete) return undefined;
	}
	return undefined;
}

function toWindow(
	texts: Texts,
	[place, end]: readonly [Place, Place],
	size: number,
): Window {
	const numbers = new Map<string, number>();
	const take = (text: string, from: number, to: number) => {
		const starts = [from];
		const lines: number[] = [];
		let at = from;
		while (lines.length < size && at < to) {
			const feed = text.indexOf("\n", at);
			const next = feed < 0 || feed >= to ? to : feed + 1;
			const line = text.slice(at, next);
			const number = numbers.get(line) ?? numbers.size;
			numbers.set(line, number);
			lines.push(number);
			starts.push(next);
			at = next;
		}
		return { lines, starts };
	};
	const left = take(texts.original, place[0], end[0]);
	const right = take(texts.modified, place[1], end[1]);
	return {
		original: left.lines,
		modified: right.lines,
		originalStarts: left.starts,
		modifiedStarts: right.starts,
		complete: left.starts.at(-1) === end[0] && right.starts.at(-1) === end[1],
	};
}

interface Found {
	/** Where the search stands: `cost` edits, `old` lines of the old text, on diagonal `old − new`. */
	readonly cost: number;
	readonly original: number;
	readonly diagonal: number;
	/** Furthest old line by diagonal, after each number of edits. */
	readonly furthest: readonly Int32Array[];
}

/** Edits tried at a time. */
const COSTS_PER_STEP = 32;

/** Diagonal d is at `d + MIDDLE(cost)`: each row is just as wide as it needs to be, with a border. */
function* search(
	window: Window,
	maxCost: number,
): CooperativeTask<Found | undefined> {
	const furthest: Int32Array[] = [];
	for (let cost = 0; cost <= maxCost; cost += 1) {
		if (cost % COSTS_PER_STEP === COSTS_PER_STEP - 1) yield;
		const row = new Int32Array(2 * cost + 3).fill(-1);
		furthest.push(row);
		for (let diagonal = -cost; diagonal <= cost; diagonal += 2) {
			const start = reach(furthest[cost - 1], cost - 1, diagonal);
			const stop = start < 0 ? start : follow(window, start, diagonal);
			row[diagonal + cost + 1] = stop;
			if (start >= 0 && isAgreed(window, [start, stop], diagonal))
				return { cost, original: stop, diagonal, furthest };
		}
	}
	return undefined;
}

/** The furthest old line on a diagonal with one more edit than the row before. */
function reach(
	row: Int32Array | undefined,
	cost: number,
	diagonal: number,
): number {
	if (!row) return 0;
	const deleted = valueAt(row, cost, diagonal - 1);
	const inserted = valueAt(row, cost, diagonal + 1);
	return deleted >= 0 && deleted + 1 > inserted ? deleted + 1 : inserted;
}

function valueAt(row: Int32Array, cost: number, diagonal: number): number {
	return row[diagonal + cost + 1] ?? -1;
}

/** Along the diagonal while lines are equal; −1 when it starts outside. */
function follow(window: Window, from: number, diagonal: number): number {
	const { original, modified } = window;
	if (from > original.length || from - diagonal > modified.length) return -1;
	let line = from;
	while (
		line < original.length &&
		line - diagonal < modified.length &&
		original[line] === modified[line - diagonal]
	)
		line += 1;
	return line;
}

function isAgreed(
	window: Window,
	[start, stop]: readonly [number, number],
	diagonal: number,
): boolean {
	if (stop - start >= AGREEMENT) return true;
	return (
		window.complete &&
		stop === window.original.length &&
		stop - diagonal === window.modified.length
	);
}

/** Walks back from where the search stands, collecting what was equal. */
function toStep(window: Window, found: Found): Step {
	const shared: Shared[] = [];
	let { cost, diagonal, original: stop } = found;
	const place: Place = [
		window.originalStarts[stop] ?? 0,
		window.modifiedStarts[stop - diagonal] ?? 0,
	];
	for (; cost >= 0; cost -= 1) {
		const start = reach(found.furthest[cost - 1], cost - 1, diagonal);
		if (stop > start) shared.push(toShared(window, [start, stop], diagonal));
		const row = found.furthest[cost - 1];
		if (!row) break;
		const deleted = valueAt(row, cost - 1, diagonal - 1);
		const byDeletion = deleted >= 0 && deleted + 1 === start;
		const inserted = valueAt(row, cost - 1, diagonal + 1);
		const isDeletion = byDeletion && deleted + 1 > inserted;
		diagonal += isDeletion ? -1 : 1;
		stop = isDeletion ? deleted : inserted;
	}
	return { shared: shared.reverse(), place };
}

function toShared(
	{ originalStarts, modifiedStarts }: Window,
	[start, stop]: readonly [number, number],
	diagonal: number,
): Shared {
	const originalStart = originalStarts[start] ?? 0;
	return {
		originalStart,
		modifiedStart: modifiedStarts[start - diagonal] ?? 0,
		length: (originalStarts[stop] ?? 0) - originalStart,
	};
}

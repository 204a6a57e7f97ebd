import {
	equalAhead,
	equalBehind,
	type Position,
	type Texts,
} from "./common-prefix.ts";
import type { CooperativeTask } from "./cooperative-task.ts";
import { countLines, createLines, type Lines, lineAt } from "./lines.ts";
import { createSearchState, type SearchState } from "./myers.ts";
import { compareSequences, type NumberedSequences } from "./patience.ts";

/** Lines that are replaced: ends exclusive, either side may be empty, never both. */
export interface LineChange {
	readonly originalStart: number;
	readonly originalEnd: number;
	readonly modifiedStart: number;
	readonly modifiedEnd: number;
}

export interface LineDiff {
	readonly original: Lines;
	readonly modified: Lines;
	/** In order, with at least one equal line between any two. */
	readonly changes: readonly LineChange[];
}

/**
 * Which lines changed. Lines outside of changes are equal, in order. The result is the shortest edit for small texts and
 * close to it for others, in nearly linear time: regions of many equal lines are matched first, and only the gaps between
 * them are compared line by line.
 */
export function* diffLines(
	originalText: string,
	modifiedText: string,
): CooperativeTask<LineDiff> {
	const texts = { original: originalText, modified: modifiedText };
	const regions = yield* findEqualRegions(texts);
	const { original, modified, gaps } = toLineGaps(texts, regions);
	yield;
	const sides = { original, modified };
	const changes: LineChange[] = [];
	const search = createSearchState();
	for (const gap of gaps) yield* compareGap(sides, gap, search, changes);
	return { ...sides, changes: alignChanges(sides, changes) };
}

/** Whole lines that are equal, by offset. */
interface EqualRegion {
	readonly originalStart: number;
	readonly modifiedStart: number;
	readonly length: number;
}

/** This many equal lines in a row are no coincidence. */
const AGREEMENT_LINES = 20;
/** Lines of both texts, together, in which an agreement is looked for. */
const MAX_GAP_LINES = 600;
/** Comparisons of lines, in all searches of a diff together. */
const MAX_COMPARISONS = 200_000;

const DISTANCES_PER_STEP = 32;

interface Effort {
	comparisons: number;
}

/** In order; the last region holds the lines that both texts end with, and may be empty. */
function* findEqualRegions(texts: Texts): CooperativeTask<EqualRegion[]> {
	const regions: EqualRegion[] = [];
	const end = startOfCommonEnd(texts);
	const effort: Effort = { comparisons: 0 };
	let position: Position = [0, 0];
	for (;;) {
		const length = equalLinesAhead(texts, position, end);
		if (length > 0)
			regions.push({
				originalStart: position[0],
				modifiedStart: position[1],
				length,
			});
		position = [position[0] + length, position[1] + length];
		if (position[0] === end[0] || position[1] === end[1]) break;
		const next = yield* findAgreement(texts, position, end, effort);
		if (!next) break;
		position = next;
		yield;
	}
	const [originalStart, modifiedStart] = end;
	const length = texts.original.length - originalStart;
	return [...regions, { originalStart, modifiedStart, length }];
}

function startOfCommonEnd(texts: Texts): Position {
	const ends: Position = [texts.original.length, texts.modified.length];
	const limit = Math.min(...ends);
	const start = equalAhead(texts, [0, 0], limit);
	const length = equalBehind(texts, ends, limit - start);
	// Only the end of the first of these lines may be equal.
	const feed = texts.original.indexOf("\n", ends[0] - length);
	const lines = feed < 0 ? 0 : ends[0] - feed - 1;
	return [ends[0] - lines, ends[1] - lines];
}

/** Characters of whole lines that are equal from `position` on. */
function equalLinesAhead(
	texts: Texts,
	[i, j]: Position,
	end: Position,
): number {
	const { original, modified } = texts;
	const limit = Math.min(end[0] - i, end[1] - j);
	const length = equalAhead(texts, [i, j], limit);
	const isWhole =
		length === 0 ||
		original[i + length - 1] === "\n" ||
		(i + length === original.length && j + length === modified.length);
	if (isWhole) return length;
	const feed = original.lastIndexOf("\n", i + length - 1);
	return Math.max(0, feed + 1 - i);
}

/**
 * The nearest position at which both texts go on with equal lines. `undefined` when it is too far away, or when earlier
 * searches took too many comparisons: the changes are then so dense that comparing line by line is faster.
 */
function* findAgreement(
	texts: Texts,
	[i, j]: Position,
	end: Position,
	effort: Effort,
): CooperativeTask<Position | undefined> {
	const original = createLineOffsets(texts.original, i, end[0]);
	const modified = createLineOffsets(texts.modified, j, end[1]);
	for (let lines = 1; lines <= MAX_GAP_LINES; lines += 1) {
		original.readTo(lines + AGREEMENT_LINES);
		modified.readTo(lines + AGREEMENT_LINES);
		const most = Math.min(lines, original.offsets.length - 1);
		const least = Math.max(0, lines - modified.offsets.length + 1);
		for (let deleted = least; deleted <= most; deleted += 1) {
			const inserted = lines - deleted;
			const start = original.offsets[deleted] ?? end[0];
			const stop = original.offsets[deleted + AGREEMENT_LINES] ?? end[0];
			const otherStart = modified.offsets[inserted] ?? end[1];
			const otherStop = modified.offsets[inserted + AGREEMENT_LINES] ?? end[1];
			if (stop - start !== otherStop - otherStart) continue;
			effort.comparisons += 1;
			if (
				texts.original.slice(start, stop) ===
				texts.modified.slice(otherStart, otherStop)
			)
				return [start, otherStart];
		}
		if (effort.comparisons > MAX_COMPARISONS) return undefined;
		if (lines % DISTANCES_PER_STEP === 0) yield;
	}
	return undefined;
}

interface LineOffsets {
	/** Where each line starts, and the end of the last one, as far as they were read. */
	readonly offsets: readonly number[];
	readTo(line: number): void;
}

function createLineOffsets(
	text: string,
	from: number,
	end: number,
): LineOffsets {
	const offsets = [from];
	let last = from;
	return {
		offsets,
		readTo(line) {
			while (offsets.length <= line && last < end) {
				const feed = text.indexOf("\n", last);
				last = feed < 0 || feed >= end ? end : feed + 1;
				offsets.push(last);
			}
		},
	};
}

function idOf(line: string, ids: Map<string, number>): number {
	const known = ids.get(line);
	if (known !== undefined) return known;
	const id = ids.size;
	ids.set(line, id);
	return id;
}

interface Sides {
	readonly original: Lines;
	readonly modified: Lines;
}

/** Counts the lines of equal regions once for both texts. Gaps are the lines between the regions. */
function toLineGaps(
	texts: Texts,
	regions: readonly EqualRegion[],
): Sides & { readonly gaps: readonly LineChange[] } {
	const known = { original: [] as Known[], modified: [] as Known[] };
	const gaps: LineChange[] = [];
	let [i, j, originalEnd, modifiedEnd] = [0, 0, 0, 0];
	for (const { originalStart, modifiedStart, length } of regions) {
		const [gapStart, otherGapStart] = [originalEnd, modifiedEnd];
		originalEnd += countLines(texts.original, i, originalStart);
		modifiedEnd += countLines(texts.modified, j, modifiedStart);
		if (originalEnd > gapStart || modifiedEnd > otherGapStart)
			gaps.push({
				originalStart: gapStart,
				originalEnd,
				modifiedStart: otherGapStart,
				modifiedEnd,
			});
		known.original.push({ line: originalEnd, offset: originalStart });
		known.modified.push({ line: modifiedEnd, offset: modifiedStart });
		const count = countLines(
			texts.original,
			originalStart,
			originalStart + length,
		);
		originalEnd += count;
		modifiedEnd += count;
		[i, j] = [originalStart + length, modifiedStart + length];
		known.original.push({ line: originalEnd, offset: i });
		known.modified.push({ line: modifiedEnd, offset: j });
	}
	return {
		original: createLines(texts.original, originalEnd, known.original),
		modified: createLines(texts.modified, modifiedEnd, known.modified),
		gaps,
	};
}

type Known = Parameters<typeof createLines>[2][number];

function* compareGap(
	sides: Sides,
	gap: LineChange,
	search: SearchState,
	changes: LineChange[],
): CooperativeTask<void> {
	const { originalStart, originalEnd, modifiedStart, modifiedEnd } = gap;
	const deleted = originalEnd - originalStart;
	const inserted = modifiedEnd - modifiedStart;
	// Most gaps are one line deleted, inserted or replaced.
	if (deleted * inserted <= 1) {
		changes.push(gap);
		return;
	}
	const unmatched = yield* compareSequences(
		yield* numberLines(sides, gap),
		search,
	);
	yield;
	let i = 0;
	let j = 0;
	while (i < deleted || j < inserted) {
		const [from, otherFrom] = [i, j];
		while (unmatched.original[i] === 1) i += 1;
		while (unmatched.modified[j] === 1) j += 1;
		if (i > from || j > otherFrom)
			changes.push({
				originalStart: originalStart + from,
				originalEnd: originalStart + i,
				modifiedStart: modifiedStart + otherFrom,
				modifiedEnd: modifiedStart + j,
			});
		while (unmatched.original[i] === 0 && unmatched.modified[j] === 0) {
			i += 1;
			j += 1;
		}
	}
}

const LINES_PER_STEP = 16_384;

/** Equal lines get the same number. */
function* numberLines(
	{ original, modified }: Sides,
	gap: LineChange,
): CooperativeTask<NumberedSequences> {
	const ids = new Map<string, number>();
	function* numbersOf(
		lines: Lines,
		from: number,
		to: number,
	): CooperativeTask<Int32Array> {
		const result = new Int32Array(to - from);
		for (let index = from; index < to; index += 1) {
			result[index - from] = idOf(lineAt(lines, index), ids);
			if ((index - from) % LINES_PER_STEP === LINES_PER_STEP - 1) yield;
		}
		return result;
	}
	return {
		original: yield* numbersOf(original, gap.originalStart, gap.originalEnd),
		modified: yield* numbersOf(modified, gap.modifiedStart, gap.modifiedEnd),
		distinct: ids.size,
	};
}

/** Lines by which a change is moved at most. */
const MAX_SHIFT = 100;
const TAB_WIDTH = 4;

/**
 * Moves changes to where a reader would expect them: lines added or deleted among equal lines can often be reported in
 * several places. Like git's indent heuristic (https://git-scm.com/docs/git-diff#Documentation/git-diff.txt---indent-heuristic),
 * the place is chosen by the indentation of the lines around it.
 */
function alignChanges(
	sides: Sides,
	changes: readonly LineChange[],
): LineChange[] {
	const aligned: LineChange[] = [];
	for (const [index, change] of changes.entries()) {
		const isReplacement =
			change.originalStart < change.originalEnd &&
			change.modifiedStart < change.modifiedEnd;
		aligned.push(
			isReplacement
				? change
				: alignChange(sides, change, aligned.at(-1), changes[index + 1]),
		);
	}
	return aligned;
}

function alignChange(
	sides: Sides,
	change: LineChange,
	before: LineChange | undefined,
	after: LineChange | undefined,
): LineChange {
	const isInsertion = change.originalStart === change.originalEnd;
	const lines = isInsertion ? sides.modified : sides.original;
	const start = isInsertion ? change.modifiedStart : change.originalStart;
	const end = isInsertion ? change.modifiedEnd : change.originalEnd;
	// At least one equal line stays between two changes.
	const first = (isInsertion ? before?.modifiedEnd : before?.originalEnd) ?? -1;
	const last =
		(isInsertion ? after?.modifiedStart : after?.originalStart) ??
		lines.count + 1;
	const isSame = (one: number, other: number) =>
		one >= 0 &&
		other < lines.count &&
		lineAt(lines, one) === lineAt(lines, other);
	const maxUp = Math.min(start - first - 1, MAX_SHIFT);
	let up = 0;
	while (up < maxUp && isSame(start - up - 1, end - up - 1)) up += 1;
	const maxDown = Math.min(last - end - 1, MAX_SHIFT);
	let down = 0;
	while (down < maxDown && isSame(start + down, end + down)) down += 1;

	let best = 0;
	let bestScore = Number.POSITIVE_INFINITY;
	for (let shift = -up; shift <= down; shift += 1) {
		const score =
			splitScore(lines, start + shift) + splitScore(lines, end + shift);
		// Among equals the last: new lines are expected after those that were there.
		if (score <= bestScore) [best, bestScore] = [shift, score];
	}
	return {
		originalStart: change.originalStart + best,
		originalEnd: change.originalEnd + best,
		modifiedStart: change.modifiedStart + best,
		modifiedEnd: change.modifiedEnd + best,
	};
}

/** How bad it is to split before a line: worse the deeper it is indented, and worse within a block than between blocks. */
function splitScore(lines: Lines, index: number): number {
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

import { isPrintableAscii } from "../../text/invisible-characters.ts";
import { commonPrefix, commonSuffix } from "./common-prefix.ts";
import { runToEnd } from "./cooperative-task.ts";
import type { LineChange, LineDiff } from "./line-diff.ts";
import { type Lines, lineAt } from "./lines.ts";
import { shortestEdit } from "./myers.ts";

/** Characters from `from` to `to`, exclusive. */
export interface TextRange {
	readonly from: number;
	readonly to: number;
}

export interface WordDiff {
	readonly original: readonly TextRange[];
	readonly modified: readonly TextRange[];
}

export interface LineMarks {
	/** What to mark in a changed line; `undefined` when the line has no counterpart, or little in common with it. */
	of(
		side: "original" | "modified",
		line: number,
		/** Index in `LineDiff.changes`. */
		change: number,
	): readonly TextRange[] | undefined;
}

/** The marks of all lines; computed when they are read, because few lines are shown. */
export function createLineMarks(diff: LineDiff): LineMarks {
	const { original, modified, changes } = diff;
	const pairs = new Map<number, LinePairs>();
	const words = new Map<number, WordDiff | undefined>();
	function pairsOf(index: number): LinePairs {
		const known = pairs.get(index);
		if (known) return known;
		const change = changes[index];
		const modifiedLines: ReadonlyMap<number, number> = change
			? pairLines(original, modified, change)
			: new Map();
		const originalLines = new Map(
			[...modifiedLines].map(([line, other]) => [other, line]),
		);
		const found = { original: modifiedLines, modified: originalLines };
		pairs.set(index, found);
		return found;
	}
	return {
		of(side, line, change) {
			const other = pairsOf(change)[side].get(line);
			if (other === undefined) return undefined;
			const [left, right] = side === "original" ? [line, other] : [other, line];
			if (!words.has(left))
				words.set(
					left,
					diffWords(lineAt(original, left), lineAt(modified, right)),
				);
			return words.get(left)?.[side];
		},
	};
}

/** By line of a side, the line of the other one. */
interface LinePairs {
	readonly original: ReadonlyMap<number, number>;
	readonly modified: ReadonlyMap<number, number>;
}

/** Larger changes are not paired line by line: nobody compares that many lines by eye. */
const MAX_PAIRED_LINES = 400;

/**
 * Which deleted line of a change belongs to which inserted one: modified line by original line, both rising. All in order
 * when there are as many on both sides, otherwise those that begin with the same key.
 */
function pairLines(
	original: Lines,
	modified: Lines,
	change: LineChange,
): ReadonlyMap<number, number> {
	const { originalStart, originalEnd, modifiedStart, modifiedEnd } = change;
	const deleted = originalEnd - originalStart;
	const inserted = modifiedEnd - modifiedStart;
	const pairs = new Map<number, number>();
	if (deleted === inserted) {
		for (let line = 0; line < deleted; line += 1)
			pairs.set(originalStart + line, modifiedStart + line);
		return pairs;
	}
	if (deleted + inserted > MAX_PAIRED_LINES) return pairs;
	let next = modifiedStart;
	for (let line = originalStart; line < originalEnd; line += 1) {
		const key = keyPrefix(lineAt(original, line));
		for (let other = next; other < modifiedEnd; other += 1) {
			if (key === "" || key !== keyPrefix(lineAt(modified, other))) continue;
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

/** When more differs, it is marked as a whole: nobody reads that many words in a line. */
const MAX_CHARACTERS = 2000;
/** Lines that share a smaller part than this are different lines, not one line that changed. */
const MIN_SHARED = 0.25;
const MAX_WORD = 100;
const WORD = /[\p{L}\p{N}\p{M}_]+|\s+|[\s\S]/gu;
/** The same for ASCII. The Unicode expression takes milliseconds to compile. */
const PLAIN_WORD = /\w+|\s+|[^\w\s]/g;

/** What differs within a line, word by word; `undefined` when the lines have too little in common. */
export function diffWords(
	original: string,
	modified: string,
): WordDiff | undefined {
	const start = wordStart(original, commonPrefix(original, modified));
	const [left, right] = [original.slice(start), modified.slice(start)];
	const end = wholeWordsAtEnd(left, commonSuffix(left, right));
	const before = left.slice(0, left.length - end);
	const after = right.slice(0, right.length - end);
	const diff =
		before.length + after.length > MAX_CHARACTERS
			? { original: wholeRange(before), modified: wholeRange(after) }
			: compareWords(before, after);
	const longest = Math.max(original.trim().length, modified.trim().length);
	const changed = Math.max(
		totalLength(diff.original),
		totalLength(diff.modified),
	);
	if (longest - changed < longest * MIN_SHARED) return undefined;
	return {
		original: shift(diff.original, start),
		modified: shift(diff.modified, start),
	};
}

/** Marks include whole words and numbers: the word at `at` starts at the result. */
function wordStart(line: string, at: number): number {
	let start = at;
	while (start > 0 && at - start < MAX_WORD && isWordAt(line, start - 1))
		start -= 1;
	return start;
}

/** How many of the last `length` characters are whole words. */
function wholeWordsAtEnd(line: string, length: number): number {
	let end = length;
	while (
		end > 0 &&
		length - end < MAX_WORD &&
		isWordAt(line, line.length - end)
	)
		end -= 1;
	return end;
}

/** Surrogates count as word characters, so that no pair is divided. */
function isWordAt(line: string, index: number): boolean {
	const character = line.charAt(index);
	return character < "\x80"
		? /\w/.test(character)
		: /[\p{L}\p{N}\p{M}_\ud800-\udfff]/u.test(character);
}

function wholeRange(text: string): readonly TextRange[] {
	return text.length > 0 ? [{ from: 0, to: text.length }] : [];
}

function compareWords(original: string, modified: string): WordDiff {
	const ids = new Map<string, number>();
	const left = toWords(original, ids);
	const right = toWords(modified, ids);
	const deleted: TextRange[] = [];
	const inserted: TextRange[] = [];
	const add = (
		ranges: TextRange[],
		starts: readonly number[],
		from: number,
		to: number,
	) => {
		if (from < to)
			ranges.push({ from: starts[from] ?? 0, to: starts[to] ?? 0 });
	};
	runToEnd(
		shortestEdit(
			{
				original: Int32Array.from(left.words),
				modified: Int32Array.from(right.words),
			},
			{
				onDelete: (from, to) => add(deleted, left.starts, from, to),
				onInsert: (from, to) => add(inserted, right.starts, from, to),
			},
		),
	);
	return {
		original: mergeTouching(deleted),
		modified: mergeTouching(inserted),
	};
}

function toWords(text: string, ids: Map<string, number>) {
	const words: number[] = [];
	const starts = [0];
	const pattern = isPrintableAscii(text) ? PLAIN_WORD : WORD;
	for (const word of text.match(pattern) ?? []) {
		const id = ids.get(word) ?? ids.size;
		ids.set(word, id);
		words.push(id);
		starts.push((starts.at(-1) ?? 0) + word.length);
	}
	return { words, starts };
}

function mergeTouching(ranges: readonly TextRange[]): readonly TextRange[] {
	const result: TextRange[] = [];
	for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
		const last = result.at(-1);
		if (last && last.to >= range.from)
			result[result.length - 1] = { from: last.from, to: range.to };
		else result.push(range);
	}
	return result;
}

function shift(ranges: readonly TextRange[], by: number): readonly TextRange[] {
	return ranges.map(({ from, to }) => ({ from: from + by, to: to + by }));
}

function totalLength(ranges: readonly TextRange[]): number {
	return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}

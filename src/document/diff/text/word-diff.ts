// What differs within a line, word by word: for two lines at a time, and never at any price.
import { isPrintableAscii } from "../../invisible-characters.ts";
import { runToEnd } from "../cooperative-task.ts";
import { commonEnd, commonStart } from "./common-prefix.ts";
import { shortestEdit } from "./myers.ts";

/** Characters from `from` to `to`, exclusive. */
export interface WordChange {
	readonly from: number;
	readonly to: number;
}

export interface WordDiff {
	readonly original: readonly WordChange[];
	readonly modified: readonly WordChange[];
}

/** Longer middles are marked as one: nobody reads so many words in a line. */
const MAX_CHARACTERS = 2000;
/** Lines that share less than this are not the same line changed, but another one. */
const MIN_SHARED = 0.25;
const MAX_WORD = 100;
const WORD = /[\p{L}\p{N}\p{M}_]+|\s+|[\s\S]/gu;
/** The same for most texts, and made ready sooner: the other takes milliseconds. */
const PLAIN_WORD = /\w+|\s+|[^\w\s]/g;

/** `undefined` when too little is shared for marks to help. */
export function diffWords(
	original: string,
	modified: string,
): WordDiff | undefined {
	const start = wordStart(original, commonStart(original, modified));
	const [left, right] = [original.slice(start), modified.slice(start)];
	const end = endOfWord(left, commonEnd(left, right));
	const middles = [
		left.slice(0, left.length - end),
		right.slice(0, right.length - end),
	] as const;
	const isLong = middles[0].length + middles[1].length > MAX_CHARACTERS;
	const marked = isLong ? markWhole(middles) : compareWords(middles);
	const longest = Math.max(original.trim().length, modified.trim().length);
	if (longest - changedLength(marked) < longest * MIN_SHARED) return undefined;
	return {
		original: shift(marked.original, start),
		modified: shift(marked.modified, start),
	};
}

/** A number that ends differently is another number: it is marked from where it starts. */
function wordStart(line: string, at: number): number {
	let start = at;
	while (start > 0 && at - start < MAX_WORD && isWordAt(line, start - 1))
		start -= 1;
	return start;
}

/** The same from the end: how much of `length` characters is whole words. */
function endOfWord(line: string, length: number): number {
	let end = length;
	while (
		end > 0 &&
		length - end < MAX_WORD &&
		isWordAt(line, line.length - end)
	)
		end -= 1;
	return end;
}

/** Halves of a surrogate pair belong together too. */
function isWordAt(line: string, index: number): boolean {
	const character = line.charAt(index);
	return character < "\x80"
		? /\w/.test(character)
		: /[\p{L}\p{N}\p{M}_\ud800-\udfff]/u.test(character);
}

function markWhole([original, modified]: readonly [string, string]): WordDiff {
	return { original: whole(original), modified: whole(modified) };
}

function whole(text: string): readonly WordChange[] {
	return text.length > 0 ? [{ from: 0, to: text.length }] : [];
}

function compareWords([original, modified]: readonly [
	string,
	string,
]): WordDiff {
	const numbers = new Map<string, number>();
	const left = toWords(original, numbers);
	const right = toWords(modified, numbers);
	const marked: { original: WordChange[]; modified: WordChange[] } = {
		original: [],
		modified: [],
	};
	const add =
		(marks: WordChange[], starts: readonly number[]) =>
		(from: number, to: number) => {
			if (from < to)
				marks.push({ from: starts[from] ?? 0, to: starts[to] ?? 0 });
		};
	runToEnd(
		shortestEdit(
			{
				original: Int32Array.from(left.words),
				modified: Int32Array.from(right.words),
			},
			{
				deleted: add(marked.original, left.starts),
				inserted: add(marked.modified, right.starts),
			},
		),
	);
	return {
		original: mergeTouching(marked.original),
		modified: mergeTouching(marked.modified),
	};
}

function toWords(text: string, numbers: Map<string, number>) {
	const words: number[] = [];
	const starts = [0];
	const pattern = isPrintableAscii(text) ? PLAIN_WORD : WORD;
	for (const word of text.match(pattern) ?? []) {
		const number = numbers.get(word) ?? numbers.size;
		numbers.set(word, number);
		words.push(number);
		starts.push((starts.at(-1) ?? 0) + word.length);
	}
	return { words, starts };
}

/** In order, and with touching marks made one. */
function mergeTouching(marks: readonly WordChange[]): readonly WordChange[] {
	const result: WordChange[] = [];
	for (const mark of marks.toSorted((a, b) => a.from - b.from)) {
		const last = result.at(-1);
		if (last && last.to >= mark.from)
			result[result.length - 1] = { from: last.from, to: mark.to };
		else result.push(mark);
	}
	return result;
}

function shift(
	marks: readonly WordChange[],
	by: number,
): readonly WordChange[] {
	return marks.map(({ from, to }) => ({ from: from + by, to: to + by }));
}

function changedLength({ original, modified }: WordDiff): number {
	const length = (marks: readonly WordChange[]) =>
		marks.reduce((sum, { from, to }) => sum + to - from, 0);
	return Math.max(length(original), length(modified));
}

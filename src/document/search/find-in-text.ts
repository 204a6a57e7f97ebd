import { decodeEscapes, hasEscapes, searchEscaped } from "../json/escapes.ts";
import { forEachMatch } from "./find.ts";
import { literalPattern, type Query } from "./query.ts";
import type { Ranges } from "./ranges.ts";

export interface TextSearch {
	/** By turns where a match starts and where it ends: in order, apart. Complete when the work is done. */
	readonly matches: Ranges;
	/** Looks on; true when all has been looked at. */
	work(): boolean;
}

/** Matches between two looks at the clock. */
const STEP = 2_000;

/** Finds text in text, as it is spelt and as its escapes read. */
export function searchText(text: string, query: Query): TextSearch {
	const { length } = query.text;
	const pattern = literalPattern(query);
	const escaped = searchEscaped(text, literalPattern(query), length);
	const literal: number[] = [];
	let isSpeltDone = false;
	let matches: Ranges = [];
	const workOnSpelt = () => {
		for (let left = STEP; left > 0; left--) {
			if (!pattern.test(text)) return true;
			literal.push(pattern.lastIndex - length, pattern.lastIndex);
		}
		return false;
	};
	const work = () => {
		if (!isSpeltDone) {
			isSpeltDone = workOnSpelt();
			return false;
		}
		if (!escaped.work()) return false;
		matches = mergeMatches(literal, escaped.ranges);
		return true;
	};
	return {
		get matches() {
			return matches;
		},
		work,
	};
}

/** All matches of a regular expression, to which a line is what a text is otherwise. */
export function matchPattern(text: string, pattern: RegExp): Ranges {
	const flags = pattern.flags.replace("m", "");
	const literal: number[] = [];
	forEachMatch(new RegExp(pattern.source, `${flags}m`), text, (from, to) =>
		literal.push(from, to),
	);
	if (!hasEscapes(text)) return literal;
	const decoded: number[] = [];
	const ofLine = new RegExp(pattern.source, flags);
	for (const [start, end] of linesWithEscapes(text)) {
		const line = decodeEscapes(text, start, end);
		forEachMatch(ofLine, line.text, (from, to) =>
			decoded.push(line.offsets[from] ?? 0, line.offsets[to] ?? 0),
		);
	}
	return mergeMatches(literal, decoded);
}

function* linesWithEscapes(text: string): Generator<readonly [number, number]> {
	for (
		let slash = text.indexOf("\\");
		slash !== -1;
		slash = text.indexOf("\\", slash)
	) {
		const start = text.lastIndexOf("\n", slash) + 1;
		const feed = text.indexOf("\n", slash);
		const behind = feed === -1 ? text.length : feed;
		yield [start, text[behind - 1] === "\r" ? behind - 1 : behind];
		slash = behind;
	}
}

/** One list in order; of matches that overlap, the first, and the longer one of two that start together. */
function mergeMatches(
	spelt: readonly number[],
	read: readonly number[],
): Ranges {
	if (read.length === 0) return spelt;
	const kept: number[] = [];
	let [one, other] = [0, 0];
	while (one < spelt.length || other < read.length) {
		const isRead = isBefore(read, other, spelt, one);
		const from = isRead ? read[other] : spelt[one];
		const to = isRead ? read[other + 1] : spelt[one + 1];
		if (isRead) other += 2;
		else one += 2;
		if (from === undefined || to === undefined) continue;
		if (from >= (kept.at(-1) ?? 0)) kept.push(from, to);
	}
	return kept;
}

function isBefore(
	list: readonly number[],
	at: number,
	others: readonly number[],
	other: number,
): boolean {
	const [from, to] = [list[at], list[at + 1]];
	const [start, end] = [others[other], others[other + 1]];
	if (from === undefined || to === undefined) return false;
	if (start === undefined || end === undefined) return true;
	return from < start || (from === start && to >= end);
}

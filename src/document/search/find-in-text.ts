import { decodeEscapes, hasEscapes, matchEscaped } from "../json/escapes.ts";
import { eachMatch } from "./find.ts";
import { literalPattern, type Query } from "./query.ts";
import type { Ranges } from "./ranges.ts";

export interface TextFinding {
	/** By turns where a match starts and where it ends: in order, apart. Complete when the work is done. */
	readonly matches: Ranges;
	/** Looks on; true when all has been looked at. */
	work(): boolean;
}

/** Matches between two looks at the clock. */
const STEP = 2_000;

/** Finds text in text, as it is spelt and as its escapes read. */
export function findInText(text: string, query: Query): TextFinding {
	const { length } = query.text;
	const pattern = literalPattern(query);
	const escaped = matchEscaped(text, literalPattern(query), length);
	const spelt: number[] = [];
	let isSpeltDone = false;
	let matches: Ranges = [];
	const workOnSpelt = () => {
		for (let left = STEP; left > 0; left--) {
			if (!pattern.test(text)) return true;
			spelt.push(pattern.lastIndex - length, pattern.lastIndex);
		}
		return false;
	};
	const work = () => {
		if (!isSpeltDone) {
			isSpeltDone = workOnSpelt();
			return false;
		}
		if (!escaped.work()) return false;
		matches = keepApart(spelt, escaped.ranges);
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
export function findPattern(text: string, pattern: RegExp): Ranges {
	const flags = pattern.flags.replace("m", "");
	const spelt: number[] = [];
	eachMatch(new RegExp(pattern.source, `${flags}m`), text, (from, to) =>
		spelt.push(from, to),
	);
	if (!hasEscapes(text)) return spelt;
	const read: number[] = [];
	const ofLine = new RegExp(pattern.source, flags);
	for (const [start, end] of linesWithEscapes(text)) {
		const line = decodeEscapes(text, start, end);
		eachMatch(ofLine, line.text, (from, to) =>
			read.push(line.offsets[from] ?? 0, line.offsets[to] ?? 0),
		);
	}
	return keepApart(spelt, read);
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
function keepApart(spelt: readonly number[], read: readonly number[]): Ranges {
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

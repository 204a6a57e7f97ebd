// The quick way through two texts that are mostly the same: skip what is equal, step over each small change, stop where changes are dense.
import type { CooperativeTask } from "../cooperative-task.ts";
import {
	equalAhead,
	equalBehind,
	type Place,
	type Shared,
	type Texts,
} from "./common-prefix.ts";
import { stepOver } from "./local-myers.ts";

export interface Resynced {
	/** Regions equal in both, whole lines, in order; the last one is the common tail. */
	readonly shared: readonly Shared[];
	/** What lies before the last of them was too different to be stepped over. */
	readonly lost: boolean;
}

export function* resync(texts: Texts): CooperativeTask<Resynced> {
	const shared: Shared[] = [];
	const end = commonTail(texts);
	const tail: Shared = {
		originalStart: end[0],
		modifiedStart: end[1],
		length: texts.original.length - end[0],
	};
	let place: Place = [0, 0];
	for (;;) {
		const length = equalLinesAhead(texts, place, end);
		if (length > 0)
			shared.push({ originalStart: place[0], modifiedStart: place[1], length });
		place = [place[0] + length, place[1] + length];
		if (place[0] === end[0] || place[1] === end[1])
			return { shared: [...shared, tail], lost: false };
		const over = yield* stepOver(texts, place, end);
		if (!over) return { shared: [...shared, tail], lost: true };
		shared.push(...over.shared);
		place = over.place;
		yield;
	}
}

/** Where the lines that both texts end with begin. */
function commonTail(texts: Texts): Place {
	const ends: Place = [texts.original.length, texts.modified.length];
	const limit = Math.min(...ends);
	const start = equalAhead(texts, [0, 0], [limit]);
	const length = equalBehind(texts, ends, limit - start);
	// The first of these lines may be equal in its end only.
	const feed = texts.original.indexOf("\n", ends[0] - length);
	const lines = feed < 0 ? 0 : ends[0] - feed - 1;
	return [ends[0] - lines, ends[1] - lines];
}

/** Characters of whole lines that are equal from `place` on; all up to `end` when nothing differs. */
function equalLinesAhead(texts: Texts, place: Place, end: Place): number {
	const limit = Math.min(end[0] - place[0], end[1] - place[1]);
	const length = equalAhead(texts, place, [limit]);
	if (isLineStart(texts, place, length)) return length;
	const feed = texts.original.lastIndexOf("\n", place[0] + length - 1);
	return Math.max(0, feed + 1 - place[0]);
}

function isLineStart(texts: Texts, [i, j]: Place, length: number): boolean {
	const atEnd =
		i + length === texts.original.length &&
		j + length === texts.modified.length;
	return length === 0 || atEnd || texts.original[i + length - 1] === "\n";
}

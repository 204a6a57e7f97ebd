// The shortest edit between two sequences of numbers, in linear space; past a cost, a good one (Myers, http://www.xmailserver.org/diff2.pdf, §4b).

import type { CooperativeTask } from "../cooperative-task.ts";
import {
	createRoom,
	type Effort,
	type Room,
	split,
	toSearch,
} from "./middle-snake.ts";

/** Regions of two sequences, ends exclusive. */
export interface Box {
	readonly originalStart: number;
	readonly originalEnd: number;
	readonly modifiedStart: number;
	readonly modifiedEnd: number;
}

export interface Sequences {
	readonly original: Int32Array;
	readonly modified: Int32Array;
}

/** Called with what has no partner on the other side. */
export interface Unmatched {
	deleted(from: number, to: number): void;
	inserted(from: number, to: number): void;
}

/** What the searches of one comparison share. */
export interface Means {
	readonly effort: Effort;
	readonly room: Room;
}

export function* shortestEdit(
	sequences: Sequences,
	unmatched: Unmatched,
	{ effort, room }: Means = { effort: { spent: 0 }, room: createRoom() },
): CooperativeTask<void> {
	const search = toSearch(sequences, effort, room);
	const boxes: Box[] = [
		{
			originalStart: 0,
			originalEnd: sequences.original.length,
			modifiedStart: 0,
			modifiedEnd: sequences.modified.length,
		},
	];
	for (let box = boxes.pop(); box; box = boxes.pop()) {
		const rest = trim(sequences, box);
		const { originalStart, originalEnd, modifiedStart, modifiedEnd } = rest;
		const place =
			originalStart < originalEnd && modifiedStart < modifiedEnd
				? split(search, rest)
				: undefined;
		if (!place) {
			unmatched.deleted(originalStart, originalEnd);
			unmatched.inserted(modifiedStart, modifiedEnd);
			continue;
		}
		const [original, modified] = place;
		boxes.push(
			{
				originalStart: original,
				originalEnd,
				modifiedStart: modified,
				modifiedEnd,
			},
			{
				originalStart,
				originalEnd: original,
				modifiedStart,
				modifiedEnd: modified,
			},
		);
		if (originalEnd - originalStart > BIG) yield;
	}
}

/** Elements that are looked at in one go. */
const BIG = 256;

/** Without what is equal at both ends. */
export function trim(sequences: Sequences, box: Box): Box {
	let { originalStart, originalEnd, modifiedStart, modifiedEnd } = box;
	const { original, modified } = sequences;
	while (
		originalStart < originalEnd &&
		modifiedStart < modifiedEnd &&
		original[originalStart] === modified[modifiedStart]
	) {
		originalStart += 1;
		modifiedStart += 1;
	}
	while (
		originalStart < originalEnd &&
		modifiedStart < modifiedEnd &&
		original[originalEnd - 1] === modified[modifiedEnd - 1]
	) {
		originalEnd -= 1;
		modifiedEnd -= 1;
	}
	return { originalStart, originalEnd, modifiedStart, modifiedEnd };
}

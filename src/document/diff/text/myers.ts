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
	readonly oldStart: number;
	readonly oldEnd: number;
	readonly newStart: number;
	readonly newEnd: number;
}

export interface Sequences {
	readonly old: Int32Array;
	readonly new: Int32Array;
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
			oldStart: 0,
			oldEnd: sequences.old.length,
			newStart: 0,
			newEnd: sequences.new.length,
		},
	];
	for (let box = boxes.pop(); box; box = boxes.pop()) {
		const rest = trim(sequences, box);
		const { oldStart, oldEnd, newStart, newEnd } = rest;
		const place =
			oldStart < oldEnd && newStart < newEnd ? split(search, rest) : undefined;
		if (!place) {
			unmatched.deleted(oldStart, oldEnd);
			unmatched.inserted(newStart, newEnd);
			continue;
		}
		const [old, fresh] = place;
		boxes.push(
			{ oldStart: old, oldEnd, newStart: fresh, newEnd },
			{ oldStart, oldEnd: old, newStart, newEnd: fresh },
		);
		if (oldEnd - oldStart > BIG) yield;
	}
}

/** Elements that are looked at in one go. */
const BIG = 256;

/** Without what is equal at both ends. */
export function trim(sequences: Sequences, box: Box): Box {
	let { oldStart, oldEnd, newStart, newEnd } = box;
	const { old, new: fresh } = sequences;
	while (
		oldStart < oldEnd &&
		newStart < newEnd &&
		old[oldStart] === fresh[newStart]
	) {
		oldStart += 1;
		newStart += 1;
	}
	while (
		oldStart < oldEnd &&
		newStart < newEnd &&
		old[oldEnd - 1] === fresh[newEnd - 1]
	) {
		oldEnd -= 1;
		newEnd -= 1;
	}
	return { oldStart, oldEnd, newStart, newEnd };
}

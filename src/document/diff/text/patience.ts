// The thorough way through a stretch of two texts: anchors divide it, what lies between them is compared to the shortest edit.

import type { CooperativeTask } from "../cooperative-task.ts";
import {
	type Anchors,
	type Counts,
	clear,
	count,
	findAnchors,
	toCounts,
} from "./anchors.ts";
import type { Interned } from "./line-ids.ts";
import { createRoom, type Effort, type Room } from "./middle-snake.ts";
import { type Box, shortestEdit, trim } from "./myers.ts";

/** By position: 1 = has no partner on the other side. What is left is pairwise equal, in order. */
export interface Marks {
	readonly old: Uint8Array;
	readonly new: Uint8Array;
}

/** Below this, the shortest edit is found at once. */
const SMALL = 64;

export function* compareNumbers(interned: Interned): CooperativeTask<Marks> {
	const marks: Marks = {
		old: new Uint8Array(interned.old.length),
		new: new Uint8Array(interned.new.length),
	};
	const counts = toCounts(interned.distinct);
	const effort: Effort = { spent: 0 };
	const room = createRoom();
	let done = 0;
	const boxes: Box[] = [
		{
			oldStart: 0,
			oldEnd: interned.old.length,
			newStart: 0,
			newEnd: interned.new.length,
		},
	];
	for (let box = boxes.pop(); box; box = boxes.pop()) {
		const rest = trim(interned, box);
		const size = rest.oldEnd - rest.oldStart + rest.newEnd - rest.newStart;
		const anchors =
			size > SMALL ? findAnchors(interned, rest, counts) : undefined;
		if (anchors && anchors.old.length > 0) pushBetween(boxes, rest, anchors);
		else yield* compareClosely(interned, rest, { marks, counts, effort, room });
		done += size;
		if (done > SMALL * SMALL) yield;
		done %= SMALL * SMALL;
	}
	return marks;
}

function pushBetween(boxes: Box[], box: Box, anchors: Anchors): void {
	let { oldStart, newStart } = box;
	for (let index = 0; index < anchors.old.length; index += 1) {
		const old = anchors.old[index] ?? 0;
		const fresh = anchors.new[index] ?? 0;
		if (old > oldStart || fresh > newStart)
			boxes.push({ oldStart, oldEnd: old, newStart, newEnd: fresh });
		oldStart = old + 1;
		newStart = fresh + 1;
	}
	boxes.push({ ...box, oldStart, newStart });
}

interface Work {
	readonly marks: Marks;
	readonly counts: Counts;
	readonly effort: Effort;
	readonly room: Room;
}

/** Lines that the other side lacks can have no partner: without them the rest is far shorter, and no less exact. */
function* compareClosely(
	interned: Interned,
	box: Box,
	{ marks, counts, effort, room }: Work,
): CooperativeTask<void> {
	const oldRange = [box.oldStart, box.oldEnd] as const;
	const newRange = [box.newStart, box.newEnd] as const;
	marks.old.fill(1, ...oldRange);
	marks.new.fill(1, ...newRange);
	if (oldRange[0] === oldRange[1] || newRange[0] === newRange[1]) return;
	count(interned.old, oldRange, counts.old);
	count(interned.new, newRange, counts.new);
	const old = positionsOf(interned.old, oldRange, counts.new);
	const fresh = positionsOf(interned.new, newRange, counts.old);
	clear(interned.old, oldRange, counts.old);
	clear(interned.new, newRange, counts.new);
	if (old.length === 0 || fresh.length === 0) return;
	for (const at of old) marks.old[at] = 0;
	for (const at of fresh) marks.new[at] = 0;
	yield* shortestEdit(
		{
			old: old.map((at) => interned.old[at] ?? 0),
			new: fresh.map((at) => interned.new[at] ?? 0),
		},
		{
			deleted: (from, to) => mark(marks.old, old, [from, to]),
			inserted: (from, to) => mark(marks.new, fresh, [from, to]),
		},
		{ effort, room },
	);
}

/** Positions in the range of numbers that `counts` knows. */
function positionsOf(
	numbers: Int32Array,
	[from, to]: readonly [number, number],
	counts: Int32Array,
): Int32Array {
	const positions = new Int32Array(to - from);
	let length = 0;
	for (let at = from; at < to; at += 1)
		if ((counts[numbers[at] ?? 0] ?? 0) > 0) positions[length++] = at;
	return positions.subarray(0, length);
}

function mark(
	marks: Uint8Array,
	positions: Int32Array,
	[from, to]: readonly [number, number],
): void {
	for (let index = from; index < to; index += 1)
		marks[positions[index] ?? 0] = 1;
}

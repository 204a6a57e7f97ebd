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
	readonly original: Uint8Array;
	readonly modified: Uint8Array;
}

/** Below this, the shortest edit is found at once. */
const SMALL = 64;

export function* compareNumbers(interned: Interned): CooperativeTask<Marks> {
	const marks: Marks = {
		original: new Uint8Array(interned.original.length),
		modified: new Uint8Array(interned.modified.length),
	};
	const counts = toCounts(interned.distinct);
	const effort: Effort = { spent: 0 };
	const room = createRoom();
	let done = 0;
	const boxes: Box[] = [
		{
			originalStart: 0,
			originalEnd: interned.original.length,
			modifiedStart: 0,
			modifiedEnd: interned.modified.length,
		},
	];
	for (let box = boxes.pop(); box; box = boxes.pop()) {
		const rest = trim(interned, box);
		const size =
			rest.originalEnd -
			rest.originalStart +
			rest.modifiedEnd -
			rest.modifiedStart;
		const anchors =
			size > SMALL ? findAnchors(interned, rest, counts) : undefined;
		if (anchors && anchors.original.length > 0)
			pushBetween(boxes, rest, anchors);
		else yield* compareClosely(interned, rest, { marks, counts, effort, room });
		done += size;
		if (done > SMALL * SMALL) yield;
		done %= SMALL * SMALL;
	}
	return marks;
}

function pushBetween(boxes: Box[], box: Box, anchors: Anchors): void {
	let { originalStart, modifiedStart } = box;
	for (let index = 0; index < anchors.original.length; index += 1) {
		const original = anchors.original[index] ?? 0;
		const modified = anchors.modified[index] ?? 0;
		if (original > originalStart || modified > modifiedStart)
			boxes.push({
				originalStart,
				originalEnd: original,
				modifiedStart,
				modifiedEnd: modified,
			});
		originalStart = original + 1;
		modifiedStart = modified + 1;
	}
	boxes.push({ ...box, originalStart, modifiedStart });
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
	const originalRange = [box.originalStart, box.originalEnd] as const;
	const modifiedRange = [box.modifiedStart, box.modifiedEnd] as const;
	marks.original.fill(1, ...originalRange);
	marks.modified.fill(1, ...modifiedRange);
	if (
		originalRange[0] === originalRange[1] ||
		modifiedRange[0] === modifiedRange[1]
	)
		return;
	count(interned.original, originalRange, counts.original);
	count(interned.modified, modifiedRange, counts.modified);
	const original = positionsOf(
		interned.original,
		originalRange,
		counts.modified,
	);
	const modified = positionsOf(
		interned.modified,
		modifiedRange,
		counts.original,
	);
	clear(interned.original, originalRange, counts.original);
	clear(interned.modified, modifiedRange, counts.modified);
	if (original.length === 0 || modified.length === 0) return;
	for (const at of original) marks.original[at] = 0;
	for (const at of modified) marks.modified[at] = 0;
	yield* shortestEdit(
		{
			original: original.map((at) => interned.original[at] ?? 0),
			modified: modified.map((at) => interned.modified[at] ?? 0),
		},
		{
			deleted: (from, to) => mark(marks.original, original, [from, to]),
			inserted: (from, to) => mark(marks.modified, modified, [from, to]),
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

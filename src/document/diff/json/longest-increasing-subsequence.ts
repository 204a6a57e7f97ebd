// The moves that bring the elements of an array into their new order, each with positions that are right at its time.
import { createTally } from "./fenwick-tree.ts";

export interface Reorder {
	/** Positions in the old array of what has been removed, rising. */
	readonly removed: readonly number[];
	/** Positions in the new array of what is added later, rising. */
	readonly added: readonly number[];
	/** Old and new position of what changes its place among those that stay. */
	readonly moved: readonly (readonly [original: number, modified: number])[];
}

/** From and to, as JSON Patch counts: `to` when the element has been taken out. */
export function* toMoves(
	reorder: Reorder,
): Generator<readonly [from: number, to: number]> {
	const moved = reorder.moved
		.map(([original, modified]) => ({
			original: original - countBelow(reorder.removed, original),
			modified: modified - countBelow(reorder.added, modified),
		}))
		.sort((a, b) => a.modified - b.modified);
	const originalPlaces = moved.map((one) => one.original).sort((a, b) => a - b);
	// Between two that stay stand first those placed there, then those that still wait: how many stay before each, sorted.
	const staysBeforeOld = originalPlaces.map((place, rank) => place - rank);
	const staysBeforeNew = moved.map((one, rank) => one.modified - rank);
	const waiting = createTally(moved.length);
	for (const rank of moved.keys()) waiting.add(rank, 1);
	for (const [placed, { original }] of moved.entries()) {
		const rank = countBelow(originalPlaces, original);
		const leaves = staysBeforeOld[rank] ?? 0;
		const enters = staysBeforeNew[placed] ?? 0;
		const placedBefore = Math.min(
			placed,
			countBelow(staysBeforeNew, leaves + 1),
		);
		const from = leaves + placedBefore + waiting.before(rank);
		waiting.add(rank, -1);
		const waitingBefore = waiting.before(countBelow(staysBeforeOld, enters));
		const to = enters + placed + waitingBefore;
		if (from !== to) yield [from, to];
	}
}

/** In a rising list. */
function countBelow(list: readonly number[], limit: number): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((list[middle] ?? 0) < limit) low = middle + 1;
		else high = middle;
	}
	return low;
}

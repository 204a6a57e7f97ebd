// Elements that rows of a window share one after the other: who keeps its element, who takes over which.
import type { RowRange } from "./virtual-range.ts";

/** One element a row of `range`, in order. */
export interface PooledRows<Element> {
	readonly range: RowRange;
	readonly elements: readonly Element[];
}

export interface ReassignedRows<Element> extends PooledRows<Element> {
	/** Are to leave their places, since the rows around them stay; some come back elsewhere. */
	readonly lifted: readonly Element[];
	/** Stand before and behind those that stayed; everything stands behind when nothing stayed. */
	readonly before: readonly Element[];
	readonly behind: readonly Element[];
}

/** A row that stays in the window keeps its element; after a jump the elements stay where they are, for other rows. */
export function reassignRows<Element>(
	old: PooledRows<Element>,
	range: RowRange,
	create: () => Element,
): ReassignedRows<Element> {
	const kept = old.elements.filter((_, index) =>
		isWithin(range, old.range.first + index),
	);
	const free = old.elements.filter(
		(_, index) => !isWithin(range, old.range.first + index),
	);
	const count = range.end - range.first;
	const hasStayed = kept.length > 0;
	const above = hasStayed ? Math.max(0, old.range.first - range.first) : 0;
	const spare = [...free];
	const take = (length: number) =>
		Array.from({ length }, () => spare.shift() ?? create());
	const before = take(above);
	const behind = take(count - above - kept.length);
	return {
		range,
		elements: [...before, ...kept, ...behind],
		lifted: hasStayed ? free : spare,
		before,
		behind,
	};
}

function isWithin({ first, end }: RowRange, row: number): boolean {
	return row >= first && row < end;
}

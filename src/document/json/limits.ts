// How much of a document is read as a tree: what is past it can be looked at as text.
import { grouped } from "../format-number.ts";

export interface Budget {
	readonly nodes: number;
	readonly depth: number;
}

/** 8 MiB of `[0,0,…` has 4 million values: 100 MB of arrays. Half of that is read. */
export const DEFAULT_BUDGET: Budget = { nodes: 2_000_000, depth: 1_000_000 };

export function tooBig(budget: Budget): string {
	return `Only the first ${grouped(budget.nodes)} values, ${grouped(budget.depth)} levels deep, are read as a tree.`;
}

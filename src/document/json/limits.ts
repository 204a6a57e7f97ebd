// How much of a document is read as a tree: what is past it can be looked at as text.
import { formatNumber } from "../text/format-number.ts";

export interface TreeLimits {
	readonly nodes: number;
	readonly depth: number;
}

/** 8 MiB of `[0,0,…` has 4 million values: 100 MB of arrays. Half of that is read. */
export const DEFAULT_LIMITS: TreeLimits = {
	nodes: 2_000_000,
	depth: 1_000_000,
};

export function limitMessage(budget: TreeLimits): string {
	return `Only the first ${formatNumber(budget.nodes)} values, ${formatNumber(budget.depth)} levels deep, are read as a tree.`;
}

// Duplicate keys in an object are valid JSON, but parsers disagree on which of them counts.
import { childrenOf, keyOf } from "./children.ts";
import { at, OBJECT, type Tree } from "./tree.ts";

export interface DuplicateSearch {
	/** Every member whose key another member of the same object has too. */
	readonly nodes: ReadonlySet<number>;
	/** Looks at objects among the next nodes; true when all were seen. */
	work(): boolean;
}

/** Members looked at in one go. */
const STEP = 5_000;

export function findDuplicateKeys(tree: Tree): DuplicateSearch {
	const nodes = new Set<number>();
	let next = 0;
	return {
		nodes,
		work() {
			let members = 0;
			for (; next < tree.count && members < STEP; next++) {
				members += 1;
				if (at(tree.kind, next) === OBJECT)
					members += inspect(tree, next, nodes);
			}
			return next >= tree.count;
		},
	};
}

function inspect(tree: Tree, object: number, found: Set<number>): number {
	const seen = new Map<string, number>();
	let members = 0;
	for (const child of childrenOf(tree, object)) {
		members += 1;
		const key = keyOf(tree, child);
		const first = seen.get(key);
		if (first !== undefined) found.add(first).add(child);
		else seen.set(key, child);
	}
	return members;
}

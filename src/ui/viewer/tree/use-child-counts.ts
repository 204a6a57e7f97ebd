// How many children nodes have, as a hook: counted once each, since all children of a big array say so on their rows.
import { useMemo } from "preact/hooks";
import { childCount, isContainer } from "../../../document/json/tree.ts";
import type { JsonDocument } from "../../content/use-json-document.ts";

export function useChildCounts({
	tree,
	revision,
}: JsonDocument): (node: number) => number {
	const sizes = useMemo(() => new Map<number, number>(), [tree, revision]);
	return (node) => {
		if (!isContainer(tree, node)) return 0;
		const known = sizes.get(node);
		if (known !== undefined) return known;
		const size = childCount(tree, node);
		sizes.set(node, size);
		return size;
	};
}

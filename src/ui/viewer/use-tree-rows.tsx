// The rows of a tree that are in sight, as a hook: drawn once, and again only when something about them is another.
import type { ComponentChild } from "preact";
import { useMemo } from "preact/hooks";
import { isOpenAt } from "../../document/expansion.ts";
import { depthsOf } from "../../document/rows.ts";
import { at, isEmpty, NONE } from "../../document/tree.ts";
import { TreeRow } from "./TreeRow.tsx";
import type { TreeViewProps } from "./TreeView.tsx";
import { useSizes } from "./use-sizes.ts";

export interface TreeRowsOptions extends TreeViewProps {
	readonly rows: Int32Array;
	/** Elements are called so, with a hyphen and their node. */
	readonly id: string;
}

/** What Windowed asks for its rows. */
export function useTreeRows(options: TreeRowsOptions) {
	const { json, control, duplicates, found, rows, id } = options;
	const { tree, revision } = json;
	const { expansion, selected } = control.outline;
	const sizeOf = useSizes(json);
	// A row that is drawn again as it was is the same object, which Preact then passes over.
	const drawn = useMemo(
		() => new Map<number, ComponentChild>(),
		[tree, revision, expansion, selected, duplicates, found],
	);
	const draw = (node: number, depth: number) => {
		const parent = at(tree.parent, node);
		return (
			<TreeRow
				key={node}
				tree={tree}
				node={node}
				id={`${id}-${node}`}
				depth={depth}
				isOpen={found.kept !== undefined || isOpenAt(expansion, node, depth)}
				isSelected={node === selected}
				siblings={parent === NONE ? 1 : sizeOf(parent)}
				children={isEmpty(tree, node) ? 0 : sizeOf(node)}
				isDuplicate={duplicates.has(node)}
				isFound={found.isFound(node)}
				found={found.pattern}
			/>
		);
	};
	return (first: number, behind: number) => {
		const nodes = rows.subarray(first, behind);
		const depths = depthsOf(tree, nodes);
		for (const node of drawn.keys())
			if (node < at(nodes, 0) || node > at(nodes, nodes.length - 1))
				drawn.delete(node);
		return Array.from(nodes, (node, index) => {
			const row = drawn.get(node) ?? draw(node, depths[index] ?? 0);
			drawn.set(node, row);
			return row;
		});
	};
}

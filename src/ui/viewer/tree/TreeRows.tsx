// The rows of a tree that are in sight, in elements that are recycled: written again only where something is another.
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { isExpanded } from "../../../document/json/expansion.ts";
import { depthsOf } from "../../../document/json/formatted-lines.ts";
import { at, isEmpty, NONE } from "../../../document/json/tree.ts";
import { type PooledRows, reassignRows } from "../../virtual-list/row-pool.ts";
import type { TextMetrics } from "../../virtual-list/text-metrics.ts";
import {
	areDisjoint,
	EMPTY_RANGE,
	type RowRange,
} from "../../virtual-list/virtual-range.ts";
import type { TreeRowProps } from "./TreeRow.tsx";
import type { TreeViewProps } from "./TreeView.tsx";
import { createTreeRow, type TreeRowElement } from "./tree-row-element.ts";
import { useChildCounts } from "./use-child-counts.ts";

export interface TreeRowsProps extends TreeViewProps {
	readonly rows: Int32Array;
	/** Nodes whose rows flash. */
	readonly flashing: ReadonlySet<number>;
	/** Elements are called so, with a hyphen and their node. */
	readonly id: string;
	readonly range: RowRange;
	readonly room: TextMetrics | undefined;
}

type Painted = PooledRows<TreeRowElement>;

export function TreeRows(props: TreeRowsProps) {
	const { json, range } = props;
	const { tree, revision } = json;
	const container = useRef<HTMLDivElement>(null);
	const painted = useRef<Painted>({ range: EMPTY_RANGE, elements: [] });
	// What each element shows; of containers that are still being read, the same words may come to say more.
	const shown = useMemo(
		() => new Map<TreeRowElement, TreeRowProps>(),
		[tree, revision],
	);
	const describe = useRowOf(props);
	useLayoutEffect(() => {
		if (!container.current) return;
		const lent = place(container.current, painted.current, range);
		painted.current = lent;
		const nodes = props.rows.subarray(range.first, range.end);
		const depths = depthsOf(tree, nodes);
		for (const [index, element] of lent.elements.entries()) {
			const row = describe(at(nodes, index), depths[index] ?? 0);
			if (isSame(shown.get(element), row)) continue;
			shown.set(element, row);
			element.paint(row);
		}
	});
	return <div ref={container} role="none" />;
}

/** All that a row says about its node. */
function useRowOf(props: TreeRowsProps) {
	const { json, control, duplicates, found, flashing, id, room } = props;
	const { tree } = json;
	const { expansion, selected } = control.state;
	const sizeOf = useChildCounts(json);
	return (node: number, depth: number): TreeRowProps => {
		const parent = at(tree.parent, node);
		return {
			tree,
			node,
			id: `${id}-${node}`,
			depth,
			isOpen: found.filter !== undefined || isExpanded(expansion, node, depth),
			isSelected: node === selected,
			siblings: parent === NONE ? 1 : sizeOf(parent),
			children: isEmpty(tree, node) ? 0 : sizeOf(node),
			isDuplicate: duplicates.has(node),
			isFlashing: flashing.has(node),
			found: found.isFound(node) ? found.marks : undefined,
			room,
		};
	};
}

function isSame(old: TreeRowProps | undefined, row: TreeRowProps): boolean {
	return (
		old !== undefined &&
		old.node === row.node &&
		old.depth === row.depth &&
		old.isOpen === row.isOpen &&
		old.isSelected === row.isSelected &&
		old.siblings === row.siblings &&
		old.children === row.children &&
		old.isDuplicate === row.isDuplicate &&
		old.isFlashing === row.isFlashing &&
		old.found === row.found &&
		old.room === row.room
	);
}

/** Puts elements where the rows of another range are to stand. */
function place(container: HTMLElement, old: Painted, range: RowRange): Painted {
	if (old.range === range) return old;
	// After most jumps all stay where they are, for other rows.
	if (
		areDisjoint(range, old.range) &&
		old.elements.length === range.end - range.first
	)
		return { range, elements: old.elements };
	const { elements, lifted, before, behind } = reassignRows(
		old,
		range,
		createTreeRow,
	);
	for (const { element } of lifted) element.remove();
	container.prepend(...before.map(({ element }) => element));
	const coming = behind.filter(({ element }) => !element.parentNode);
	container.append(...coming.map(({ element }) => element));
	return { range, elements };
}

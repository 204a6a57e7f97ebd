import type { ComponentChild } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import {
	isExpanded,
	rowOf,
	visibleRows,
} from "../../../document/json/expansion.ts";
import { depthsOf } from "../../../document/json/formatted-lines.ts";
import { at, isEmpty, NONE, type Tree } from "../../../document/json/tree.ts";
import {
	type JsonDocument,
	useChildCounts,
} from "../../content/use-json-document.ts";
import { OverviewRuler } from "../../virtual-list/OverviewRuler.tsx";
import { useTextMetrics } from "../../virtual-list/text-metrics.ts";
import { VirtualList } from "../../virtual-list/VirtualList.tsx";
import type { RowRange } from "../../virtual-list/virtual-range.ts";
import type { FindResult } from "../find/use-find.ts";
import type {
	BlameColumn,
	NodeChange,
	TreeAnnotations,
} from "./annotations.tsx";
import {
	removedAt,
	renderRemovedRow,
	useRowMarks,
	withRemovedRows,
} from "./change-rows.tsx";
import {
	type AncestorLines,
	ancestorsAt,
	COVERED,
	createAncestorLines,
} from "./StickyAncestors.tsx";
import {
	indentation,
	indentOf,
	renderTreeRow,
	type TreeRowProps,
	TWISTY,
} from "./TreeRow.tsx";
import { type NodeActionHandler, useRowEvents } from "./use-row-events.ts";
import {
	type ScrollTarget,
	type TreeStateControl,
	useScrollToRow,
} from "./use-tree-state.ts";

export interface TreeViewProps {
	readonly json: JsonDocument;
	readonly control: TreeStateControl;
	readonly duplicates: ReadonlySet<number>;
	readonly found: FindResult;
	/** Nodes that have just changed. */
	readonly changed: Int32Array | undefined;
	/** What has changed since the user last looked. */
	readonly annotations?: TreeAnnotations | undefined;
	/** While it is on. */
	readonly blame?: BlameColumn | undefined;
	/** The match to scroll to. */
	readonly target?: ScrollTarget | undefined;
	readonly onAct: NodeActionHandler;
}

/** JSON as a tree: virtual rows in a WAI-ARIA treeview, driven by keys and clicks. */
export function TreeView(props: TreeViewProps) {
	const { json, control, found, annotations, onAct } = props;
	const { tree, revision } = json;
	const { expansion, selected } = control.state;
	const scroller = useRef<HTMLDivElement>(null);
	const id = useId();
	const rows = useMemo(() => {
		const nodes = visibleRows(tree, expansion, found.filter);
		return annotations && !found.filter
			? withRemovedRows(tree, nodes, expansion, annotations.removed)
			: nodes;
	}, [tree, revision, expansion, found.filter, annotations]);
	const marks = useRowMarks(rows, annotations);
	const count = rows.length;
	const row = rowOf(rows, selected);
	useScrollToRow(scroller, {
		outline: control.state,
		count,
		rowOf: (node) => rowOf(rows, node),
		covered: COVERED,
		shown: found.filter,
		sought: props.target,
	});
	const ancestors = useAncestors(tree, rows);
	const events = useRowEvents({ tree, control, rows: () => rows, id, onAct });
	const renderRows = useTreeRows(props, {
		rows,
		marks,
		id,
		metrics: useTextMetrics(scroller),
	});
	return (
		<div class={props.blame ? "scrolled blamed" : "scrolled"}>
			<VirtualList
				count={count}
				renderRows={renderRows}
				scroller={scroller}
				pinned={ancestors.element}
				active={
					at(rows, row) === selected
						? { row, id: `${id}-${selected}` }
						: undefined
				}
				onTopRow={(row) => {
					control.change({ topNode: at(rows, row) });
					ancestors.show(row);
				}}
				attributes={{
					role: "tree",
					id,
					"aria-label": "Configuration as a tree",
					tabIndex: 0,
					...events,
				}}
			/>
			<FoundMarks rows={rows} found={found} marks={marks} />
		</div>
	);
}

interface RenderOptions extends Pick<TreeRowProps, "id" | "metrics"> {
	/** The nodes of all rows. */
	readonly rows: Int32Array;
	readonly marks: ReadonlyMap<number, NodeChange> | undefined;
}

interface RenderedRow {
	readonly row: TreeRowProps;
	readonly element: ComponentChild;
}

/**
 * Renders the rows of a range. The keys of as many rows as there are in the range come round again, so that Preact reuses
 * the elements of rows that are scrolled out of sight; a row that says the same as before is the same vnode, which Preact
 * skips.
 */
function useTreeRows(
	{
		json,
		control,
		duplicates,
		found,
		changed,
		annotations,
		blame,
	}: TreeViewProps,
	{ rows, marks, id, metrics }: RenderOptions,
): (range: RowRange) => ComponentChild {
	const { tree, revision } = json;
	const { expansion, selected } = control.state;
	const childCountOf = useChildCounts(json);
	const highlighted = useMemo(() => rowsOf(rows, changed), [rows, changed]);
	const rendered = useMemo(
		() => new Map<number, RenderedRow>(),
		[tree, revision],
	);
	const propsOf = (
		node: number,
		depth: number,
		before: number | undefined,
	): TreeRowProps => {
		const parent = at(tree.parent, node);
		const label = blame?.labelOf(node);
		return {
			tree,
			node,
			id: `${id}-${node}`,
			depth,
			isOpen: found.filter !== undefined || isExpanded(expansion, node, depth),
			isSelected: node === selected,
			siblings: parent === NONE ? 1 : childCountOf(parent),
			children: isEmpty(tree, node) ? 0 : childCountOf(node),
			isDuplicate: duplicates.has(node),
			isHighlighted: highlighted.has(node),
			mark: marks?.get(node),
			hasBlame: blame !== undefined,
			blame: label,
			isBlameRepeated:
				label !== undefined &&
				before !== undefined &&
				blame?.labelOf(before) === label,
			found: found.isFound(node) ? found.marks : undefined,
			metrics,
		};
	};
	return ({ first, end }) => {
		const nodes = rows.subarray(first, end);
		const depths = depthsOf(tree, nodes);
		return Array.from(nodes, (node, index) => {
			const key = (first + index) % nodes.length;
			const removed =
				annotations && removedAt(rows, first + index, annotations.removed);
			if (removed) {
				rendered.delete(key);
				const depth = (depths[index] ?? 0) + 1;
				const margin = indentation(indentOf(depth) + TWISTY);
				return renderRemovedRow(removed, {
					node,
					level: depth + 1,
					margin,
					key,
				});
			}
			const row = propsOf(node, depths[index] ?? 0, nodes[index - 1]);
			const known = rendered.get(key);
			if (known && isSame(known.row, row)) return known.element;
			const element = renderTreeRow(row, key);
			rendered.set(key, { row, element });
			return element;
		});
	};
}

function isSame(one: TreeRowProps, other: TreeRowProps): boolean {
	return (
		one.node === other.node &&
		one.depth === other.depth &&
		one.isOpen === other.isOpen &&
		one.isSelected === other.isSelected &&
		one.siblings === other.siblings &&
		one.children === other.children &&
		one.isDuplicate === other.isDuplicate &&
		one.isHighlighted === other.isHighlighted &&
		one.mark === other.mark &&
		one.hasBlame === other.hasBlame &&
		one.blame === other.blame &&
		one.isBlameRepeated === other.isBlameRepeated &&
		one.found === other.found &&
		one.metrics === other.metrics
	);
}

const NO_ROWS: ReadonlySet<number> = new Set();

/** The nodes on whose rows others are seen to change: of what is inside a closed container, the container. */
function rowsOf(
	rows: Int32Array,
	nodes: Int32Array | undefined,
): ReadonlySet<number> {
	if (!nodes) return NO_ROWS;
	return new Set(Array.from(nodes, (node) => at(rows, rowOf(rows, node))));
}

/** Hidden from assistive technology, which knows the levels of the rows themselves. */
function useAncestors(tree: Tree, rows: Int32Array) {
	const container = useRef<HTMLDivElement>(null);
	const lines = useRef<AncestorLines>(undefined);
	const top = useRef(0);
	const show = (row: number) => {
		top.current = row;
		if (!container.current) return;
		lines.current ??= createAncestorLines(container.current);
		lines.current.show(tree, ancestorsAt(tree, rows, row));
	};
	// Other rows may be at the top without being scrolled there.
	useLayoutEffect(() => show(top.current), [tree, rows]);
	// Anew each time: an element that is kept leads to the whole tree of elements
	// that it was part of first, and with it to the document of that time.
	const element = <div class="ancestors" aria-hidden="true" ref={container} />;
	return { element, show };
}

interface FoundMarksProps {
	readonly rows: Int32Array;
	readonly found: FindResult;
	/** Changed rows, which the ruler shows while nothing is searched for. */
	readonly marks: ReadonlyMap<number, NodeChange> | undefined;
}

function FoundMarks({ rows, found, marks }: FoundMarksProps) {
	const { nodes, current } = found;
	const marked = useMemo(() => {
		const shown = nodes.length === 0 && marks ? [...marks.keys()] : nodes;
		return [...new Set(shown.map((node) => rowOf(rows, node)))];
	}, [nodes, marks, rows]);
	return (
		<OverviewRuler
			count={rows.length}
			rows={marked}
			current={current === NONE ? NONE : rowOf(rows, current)}
		/>
	);
}

// JSON as a tree: windowed rows in a WAI-ARIA treeview, driven by keys and clicks.
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { rowOf, visibleRows } from "../../../document/json/expansion.ts";
import { at, NONE, type Tree } from "../../../document/json/tree.ts";
import type { JsonDocument } from "../../content/use-json-document.ts";
import { OverviewRuler } from "../../virtual-list/OverviewRuler.tsx";
import { useTextMetrics } from "../../virtual-list/text-metrics.ts";
import { VirtualList } from "../../virtual-list/VirtualList.tsx";
import type { FindResult } from "../find/use-find.ts";
import { ancestorsAt, COVERED } from "./ancestors.ts";
import { type AncestorLines, createAncestorLines } from "./StickyAncestors.tsx";
import { TreeRows } from "./TreeRows.tsx";
import { type NodeActionHandler, useRowEvents } from "./use-row-events.ts";
import { type ScrollTarget, useScrollToRow } from "./use-scroll-to-row.ts";
import type { TreeStateControl } from "./use-tree-state.ts";

export interface TreeViewProps {
	readonly json: JsonDocument;
	readonly control: TreeStateControl;
	readonly duplicates: ReadonlySet<number>;
	readonly found: FindResult;
	/** Nodes that have just changed. */
	readonly flash: Int32Array | undefined;
	/** The match to show. */
	readonly sought?: ScrollTarget | undefined;
	readonly onAct: NodeActionHandler;
}

export function TreeView(props: TreeViewProps) {
	const { json, control, found, flash, onAct } = props;
	const { tree, revision } = json;
	const { expansion, selected } = control.state;
	const scroller = useRef<HTMLDivElement>(null);
	const room = useTextMetrics(scroller);
	const id = useId();
	const rows = useMemo(
		() => visibleRows(tree, expansion, found.filter),
		[tree, revision, expansion, found.filter],
	);
	const count = rows.length;
	const row = rowOf(rows, selected);
	const flashing = useMemo(() => rowsOf(rows, flash), [rows, flash]);
	useScrollToRow(scroller, {
		outline: control.state,
		count,
		rowOf: (node) => rowOf(rows, node),
		covered: COVERED,
		shown: found.filter,
		sought: props.sought,
	});
	const ancestors = useAncestors(tree, rows);
	const events = useRowEvents({ tree, control, rows: () => rows, id, onAct });
	return (
		<div class="scrolled">
			<VirtualList
				count={count}
				rows={(_first, _behind, range) => (
					<TreeRows {...props} {...{ rows, flashing, id, range, room }} />
				)}
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
			<FoundMarks rows={rows} found={found} />
		</div>
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

function FoundMarks({ rows, found }: { rows: Int32Array; found: FindResult }) {
	const { nodes, current } = found;
	const marked = useMemo(
		() => nodes.map((node) => rowOf(rows, node)),
		[nodes, rows],
	);
	return (
		<OverviewRuler
			count={rows.length}
			rows={marked}
			current={current === NONE ? NONE : rowOf(rows, current)}
		/>
	);
}

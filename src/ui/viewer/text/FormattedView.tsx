// JSON as formatted text made of the source's own tokens, line by line, foldable: the same treeview, in another dress.
import { useId, useMemo, useRef } from "preact/hooks";
import {
	type Expansion,
	isExpanded,
} from "../../../document/json/expansion.ts";
import {
	depthsOf,
	type FormattedLines,
	formattedLines,
} from "../../../document/json/formatted-lines.ts";
import { at, NONE } from "../../../document/json/tree.ts";
import {
	type JsonDocument,
	useChildCounts,
} from "../../content/use-json-document.ts";
import { OverviewRuler } from "../../virtual-list/OverviewRuler.tsx";
import { VirtualList } from "../../virtual-list/VirtualList.tsx";
import type { FindResult } from "../find/use-find.ts";
import {
	type NodeActionHandler,
	useRowEvents,
} from "../tree/use-row-events.ts";
import {
	type ScrollTarget,
	useScrollToRow,
} from "../tree/use-scroll-to-row.ts";
import type { TreeStateControl } from "../tree/use-tree-state.ts";
import { FormattedLine } from "./FormattedLine.tsx";
import { type LineIndex, lineIndex } from "./line-index.ts";

export interface FormattedViewProps {
	readonly json: JsonDocument;
	/** Of it, what is closed is folded. */
	readonly control: TreeStateControl;
	readonly found: FindResult;
	/** The match to show. */
	readonly target?: ScrollTarget | undefined;
	readonly onAct: NodeActionHandler;
}

export function FormattedView(props: FormattedViewProps) {
	const { json, control, found, onAct } = props;
	const { tree, revision } = json;
	const { expansion, selected } = control.state;
	const scroller = useRef<HTMLDivElement>(null);
	const id = useId();
	const lines = useMemo(() => {
		const isFolded = (node: number, depth: number) =>
			!isExpanded(expansion, node, depth);
		return formattedLines(tree, isAllOpen(expansion) ? undefined : isFolded);
	}, [tree, revision, expansion]);
	const { count } = lines;
	const index = useMemo(() => lineIndex(lines.nodes), [lines]);
	const row = selected === NONE ? NONE : index.lineOf(selected);
	useScrollToRow(scroller, {
		outline: control.state,
		count,
		rowOf: index.lineOf,
		covered: 0,
		shown: undefined,
		sought: props.target,
	});
	const sizeOf = useChildCounts(json);
	const events = useRowEvents({
		tree,
		control,
		rows: index.nodes,
		id,
		isText: true,
		onAct,
	});
	return (
		<div class="scrolled">
			<VirtualList
				count={count}
				renderRows={({ first, end }) =>
					draw(props, { lines, id, sizeOf, first, end })
				}
				scroller={scroller}
				isWide
				active={
					selected !== NONE && at(lines.nodes, row) === selected
						? { row, id: `${id}-${selected}` }
						: undefined
				}
				onTopRow={(row) =>
					control.change({ topNode: nodeOf(at(lines.nodes, row)) })
				}
				attributes={{
					role: "tree",
					id,
					"aria-label": "Configuration, formatted",
					tabIndex: 0,
					...events,
				}}
			/>
			<FoundMarks count={count} index={index} found={found} />
		</div>
	);
}

interface DrawOptions {
	readonly lines: FormattedLines;
	readonly id: string;
	readonly sizeOf: (node: number) => number;
	readonly first: number;
	readonly end: number;
}

function draw(
	{ json: { tree }, control, found }: FormattedViewProps,
	{ lines, id, sizeOf, first, end }: DrawOptions,
) {
	const { expansion, selected } = control.state;
	const nodes = lines.nodes.subarray(first, end);
	const depths = depthsOf(tree, nodes);
	return Array.from(nodes, (row, index) => {
		const depth = depths[index] ?? 0;
		return (
			<FormattedLine
				key={row}
				tree={tree}
				row={row}
				id={`${id}-${row}`}
				number={at(lines.numbers, first + index)}
				depth={depth}
				isFolded={row >= 0 && !isExpanded(expansion, row, depth)}
				isSelected={row >= 0 && row === selected}
				siblings={row > 0 ? sizeOf(at(tree.parent, row)) : 1}
				children={row >= 0 ? sizeOf(row) : 0}
				found={row >= 0 && found.isFound(row) ? found.marks : undefined}
			/>
		);
	});
}

interface FoundMarksProps {
	readonly count: number;
	readonly index: LineIndex;
	readonly found: FindResult;
}

function FoundMarks({ count, index, found }: FoundMarksProps) {
	const { nodes, current } = found;
	const rows = useMemo(() => nodes.map(index.lineOf), [nodes, index]);
	return (
		<OverviewRuler
			count={count}
			rows={rows}
			current={current === NONE ? NONE : index.lineOf(current)}
		/>
	);
}

function isAllOpen({ level, exceptions }: Expansion): boolean {
	return level === Number.POSITIVE_INFINITY && exceptions.size === 0;
}

function nodeOf(row: number): number {
	return row < 0 ? ~row : row;
}

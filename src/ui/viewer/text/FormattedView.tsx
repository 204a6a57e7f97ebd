import type { ComponentChild } from "preact";
import { useId, useMemo, useRef } from "preact/hooks";
import { bracketsOf } from "../../../document/json/children.ts";
import {
	type Expansion,
	isExpanded,
} from "../../../document/json/expansion.ts";
import { hasNextSibling } from "../../../document/json/format-json.ts";
import {
	depthsOf,
	type FormattedLines,
	formattedLines,
} from "../../../document/json/formatted-lines.ts";
import {
	at,
	isContainer,
	isEmpty,
	NONE,
	type Tree,
} from "../../../document/json/tree.ts";
import type { Ranges } from "../../../document/search/ranges.ts";
import {
	type JsonDocument,
	useChildCounts,
} from "../../content/use-json-document.ts";
import { OverviewRuler } from "../../virtual-list/OverviewRuler.tsx";
import { VirtualList } from "../../virtual-list/VirtualList.tsx";
import type { FindResult } from "../find/use-find.ts";
import { setNode } from "../tree/node-map.ts";
import { MenuButton, rowLabel } from "../tree/TreeRow.tsx";
import {
	type NodeActionHandler,
	useRowEvents,
} from "../tree/use-row-events.ts";
import {
	type ScrollTarget,
	type TreeStateControl,
	useScrollToRow,
} from "../tree/use-tree-state.ts";
import { renderKey, renderScalar, renderTag } from "../tree/Value.tsx";

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

/** Levels that are indented; deeper ones stay below each other. */
const MAX_INDENT = 40;

export interface FormattedLineProps {
	readonly tree: Tree;
	/** As in FormattedRows. */
	readonly row: number;
	/** The element's id. */
	readonly id: string;
	readonly number: number;
	readonly depth: number;
	readonly isFolded: boolean;
	readonly isSelected: boolean;
	/** Of its parent's children, and of its own. */
	readonly siblings: number;
	readonly children: number;
	readonly found: Ranges | undefined;
}

export function FormattedLine(props: FormattedLineProps) {
	const { tree, row, depth, isFolded, isSelected } = props;
	const node = row < 0 ? ~row : row;
	const canFold = row >= 0 && isContainer(tree, node) && !isEmpty(tree, node);
	const isWhole = row < 0 || !canFold || isFolded;
	return (
		<div
			{...(row < 0 ? CLOSING : itemOf(props, canFold))}
			class={isSelected ? "line selected" : "line"}
		>
			<span class="gutter" aria-hidden="true">
				{props.number}
			</span>
			{canFold && (
				<span
					class={isFolded ? "twisty closed" : "twisty"}
					data-act="turn"
					aria-hidden="true"
				/>
			)}
			<span class="code">
				{" ".repeat(2 * Math.min(depth, MAX_INDENT))}
				{row >= 0 &&
					at(tree.key, row) !== NONE && [renderKey(tree, row, props), ": "]}
				{row >= 0 && renderTag(tree, row, props)}
				{isContainer(tree, node)
					? brackets(props, canFold)
					: renderScalar(tree, node, props)}
				{isWhole && hasNextSibling(tree, node) && ","}
			</span>
			{isSelected && <MenuButton />}
		</div>
	);
}

/** A closing bracket is no item: its line says nothing that the opening one's has not. */
const CLOSING = { role: "none", "aria-hidden": true } as const;

function itemOf(props: FormattedLineProps, canFold: boolean) {
	const { tree, row, id, depth, isFolded, isSelected } = props;
	return {
		id,
		role: "treeitem",
		tabIndex: -1,
		ref: (element: Element | null) => {
			if (element) setNode(element, row);
		},
		"aria-label": rowLabel({ tree, node: row, children: props.children }),
		"aria-level": depth + 1,
		"aria-setsize": props.siblings,
		"aria-posinset": at(tree.index, row) + 1,
		"aria-expanded": canFold ? !isFolded : undefined,
		"aria-selected": isSelected,
	} as const;
}

function brackets(props: FormattedLineProps, canFold: boolean): ComponentChild {
	const { tree, row, isFolded } = props;
	const node = row < 0 ? ~row : row;
	const [open, close] = bracketsOf(tree, node);
	if (row < 0) return close;
	if (!canFold) return at(tree.next, node) === NONE ? open : `${open}${close}`;
	if (!isFolded) return open;
	return (
		<>
			{open}
			<span class="count">… {props.children} …</span>
			{close}
		</>
	);
}

export interface LineIndex {
	/** Nodes with a line of their own, in order. */
	readonly nodes: () => Int32Array;
	/** Of a folded one, the line that it is folded into. */
	readonly lineOf: (node: number) => number;
}

/** `rows`: as in FormattedRows. Made when first asked for: it costs a walk through all lines. */
export function lineIndex(rows: Int32Array): LineIndex {
	let own: Int32Array | undefined;
	let lines: Int32Array | undefined;
	const nodes = () => {
		own ??= rows.filter((row) => row >= 0);
		return own;
	};
	return {
		nodes,
		lineOf(node) {
			const known = nodes();
			lines ??= linesOf(rows, known.length);
			let low = 0;
			let high = known.length - 1;
			while (low < high) {
				const middle = (low + high + 1) >> 1;
				if (at(known, middle) <= node) low = middle;
				else high = middle - 1;
			}
			return at(lines, low);
		},
	};
}

function linesOf(rows: Int32Array, count: number): Int32Array {
	const lines = new Int32Array(count);
	let next = 0;
	for (let line = 0; line < rows.length; line++)
		if (at(rows, line) >= 0) lines[next++] = line;
	return lines;
}

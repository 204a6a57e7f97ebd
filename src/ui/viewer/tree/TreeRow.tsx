import type { ComponentChild } from "preact";
import {
	keySource,
	tagPrefix,
	valueSource,
} from "../../../document/json/children.ts";
import {
	at,
	isContainer,
	isEmpty,
	NONE,
	type Tree,
} from "../../../document/json/tree.ts";
import type { Ranges } from "../../../document/search/ranges.ts";
import { truncate } from "../../../document/text/graphemes.ts";
import { isPrintableAscii } from "../../../document/text/invisible-characters.ts";
import { escapedText } from "../../components/text-spans.tsx";
import {
	type TextMetrics,
	textWidth,
} from "../../virtual-list/text-metrics.ts";
import type { NodeChange, RowBlame } from "./annotations.tsx";
import { markColumns, markLabel, renderMark } from "./change-rows.tsx";
import { setNode } from "./node-map.ts";
import {
	countName,
	literalOf,
	nameOf,
	renderBadge,
	renderKey,
	renderScalar,
	renderTag,
	type StyledText,
	summaryOf,
} from "./Value.tsx";

/** Levels that are indented; deeper ones stay below each other. */
const MAX_INDENT = 30;
const INDENT = 14;
/** Of a row's width, so that a narrow one shows something of what is deep inside. */
const MAX_INDENT_SHARE = 0.4;
/** Pixels after the text of a row; as in rows.css. */
const PADDING = 12;
/** Pixels of a triangle; as in rows.css. */
export const TWISTY = 16;
/** Pixels of the column with last changes; as in rows.css. */
const BLAME = 92;
/** Characters of a value in the name of its row. */
const LABEL = 200;

export interface TreeRowProps {
	readonly tree: Tree;
	readonly node: number;
	/** The element's id while the row is selected: only then the tree refers to it. */
	readonly id: string;
	readonly depth: number;
	readonly isOpen: boolean;
	readonly isSelected: boolean;
	/** Children of the parent. */
	readonly siblings: number;
	readonly children: number;
	readonly isDuplicate: boolean;
	/** It has just changed. */
	readonly isHighlighted: boolean;
	/** It has changed since the user last looked. */
	readonly mark: NodeChange | undefined;
	/** The column with last changes is shown. */
	readonly hasBlame: boolean;
	readonly blame: RowBlame | undefined;
	/** The row above says the same. */
	readonly isBlameRepeated: boolean;
	/** The matches to mark. */
	readonly found: Ranges | undefined;
	readonly metrics: TextMetrics | undefined;
}

/**
 * A function rather than a component, and a place in one list for each part: rows are rendered while the user scrolls, and
 * Preact reuses their elements for other nodes.
 */
export function renderTreeRow(row: TreeRowProps, key: number): ComponentChild {
	const { tree, node, depth, isOpen, isSelected, isDuplicate } = row;
	const isLeaf = !isContainer(tree, node);
	const isExpandable = !isLeaf && !isEmpty(tree, node);
	const isClosed = isExpandable && !isOpen;
	const name = nameOf(tree, node);
	const value = isLeaf ? literalOf(tree, node) : summaryOf(row);
	const margin = indentOf(depth) + (isExpandable ? 0 : TWISTY);
	const columns = columnsFor(row, name, margin);
	const isCut =
		isLeaf &&
		row.metrics !== undefined &&
		columns < textWidth(value.text, row.metrics);
	const isBidi = !isPrintableAscii(name.text) || !isPrintableAscii(value.text);
	const badge = isLeaf ? renderBadge(tree, node) : null;
	const [before, shown, more] = isLeaf
		? renderScalar(tree, node, { found: row.found, columns, isCut })
		: [null, <span class={value.style}>{escapedText(value.text)}</span>, null];
	const isNamedByText =
		!isClosed &&
		!isDuplicate &&
		!isSelected &&
		!more &&
		!badge &&
		!row.mark &&
		!row.blame &&
		!isRoot(row);
	return (
		<div
			key={key}
			role="treeitem"
			ref={(element: Element | null) => {
				if (element) setNode(element, node);
			}}
			id={isSelected ? row.id : undefined}
			class={`line tree-row${isClosed ? " closed" : ""}${isBidi ? " bidi" : ""}${row.isHighlighted ? " flash" : ""}${row.mark ? " changed" : ""}${isSelected ? " selected" : ""}`}
			tabIndex={-1}
			aria-label={isNamedByText ? undefined : rowLabel(row)}
			aria-level={depth + 1}
			aria-setsize={row.siblings}
			aria-posinset={at(tree.index, node) + 1}
			aria-expanded={isExpandable ? isOpen : undefined}
			aria-selected={isSelected}
		>
			<span
				class={isExpandable ? (isOpen ? "twisty" : "twisty closed") : undefined}
				style={{ marginLeft: indentation(margin) }}
				data-act="turn"
				aria-hidden="true"
			/>
			{isRoot(row) ? null : renderName(row, name)}
			{isRoot(row) ? null : ": "}
			{renderTag(tree, node, row)}
			{before}
			{shown}
			{more}
			{badge}
			{isDuplicate ? <span class="badge warn">duplicate key</span> : null}
			{renderMark(row.mark)}
			{row.hasBlame ? renderBlame(row) : null}
			{isSelected ? <MenuButton /> : null}
		</div>
	);
}

function renderBlame({ blame, isBlameRepeated }: TreeRowProps): ComponentChild {
	return (
		<span
			class={blame ? `blame heat-${blame.heat}` : "blame"}
			title={blame?.title}
			aria-hidden="true"
		>
			{blame && !isBlameRepeated ? (
				<>
					<b>{blame.version}</b> {blame.age}
				</>
			) : null}
		</span>
	);
}

function isRoot({ tree, node }: TreeRowProps): boolean {
	return at(tree.parent, node) === NONE;
}

function renderName(
	{ tree, node, found }: TreeRowProps,
	{ style, text }: StyledText,
): ComponentChild {
	return at(tree.key, node) === NONE ? (
		<span class={style}>{text}</span>
	) : (
		renderKey(tree, node, { found })
	);
}

/** Columns that a value has after its indentation, its name and its tag. */
function columnsFor(
	{ tree, node, metrics, mark, hasBlame }: TreeRowProps,
	name: StyledText,
	margin: number,
): number {
	if (!metrics) return Number.POSITIVE_INFINITY;
	const { width, column } = metrics;
	const indent = Math.min(margin, width * MAX_INDENT_SHARE);
	const before = `${name.text && `${name.text}: `}${tagPrefix(tree, node)}`;
	const after = mark ? markColumns(mark) : 0;
	return (
		(width - indent - PADDING - (hasBlame ? BLAME : 0)) / column -
		textWidth(before, metrics) -
		after
	);
}

/** Of the selected row: what the context menu has, for a click. */
export function MenuButton() {
	return (
		<button
			type="button"
			class="menu-button"
			tabIndex={-1}
			data-act="menu"
			aria-label="Copy…"
		>
			⋯
		</button>
	);
}

export function indentation(pixels: number): string {
	return `min(${pixels}px, ${100 * MAX_INDENT_SHARE}%)`;
}

export function indentOf(depth: number): number {
	return 4 + INDENT * Math.min(depth, MAX_INDENT);
}

export type LabelOptions = Pick<TreeRowProps, "tree" | "node" | "children"> & {
	readonly isDuplicate?: boolean;
	readonly mark?: NodeChange | undefined;
	readonly blame?: RowBlame | undefined;
};

// Its own words: names made of the row's parts would run on into the badges and the button.
export function rowLabel(props: LabelOptions): string {
	const { tree, node, children, isDuplicate, mark, blame } = props;
	const isItem = at(tree.parent, node) !== NONE;
	const before =
		keySource(tree, node) || (isItem ? `${at(tree.index, node)}` : "$");
	const value = isContainer(tree, node)
		? countName(tree, node, children)
		: truncate(valueSource(tree, node), LABEL);
	return `${before}: ${tagPrefix(tree, node)}${value}${isDuplicate ? ", duplicate key" : ""}${mark ? markLabel(mark) : ""}${blame ? `, ${blame.version}, ${blame.age}` : ""}`;
}

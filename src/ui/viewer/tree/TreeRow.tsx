// A row of the tree: a treeitem with its level and its place among its siblings.
import type { ComponentChild } from "preact";
import { truncate } from "../../../document/graphemes.ts";
import { isPrintableAscii } from "../../../document/invisible-characters.ts";
import {
	keySource,
	tagOf,
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
import { escapedText } from "../../components/text-spans.tsx";
import {
	type TextMetrics,
	textWidth,
} from "../../virtual-list/text-metrics.ts";
import {
	countName,
	isClipped,
	literalOf,
	nameOf,
	renderKey,
	renderScalar,
	renderTag,
	type Styled,
	summaryOf,
} from "./Value.tsx";
import { detectedValueOf, renderBadge } from "./ValueBadge.tsx";

/** Levels that are indented; deeper ones stay below each other. */
const MAX_INDENT = 30;
const INDENT = 14;
/** Of a row's width, so that a narrow one shows something of what is deep inside. */
const MAX_INDENT_SHARE = 0.4;
/** Behind the text of a row; as in rows.css. */
const PADDING = 12;
/** Width of a triangle; rows.css has the same. */
const TWISTY = 16;
/** Characters of a value in the name of its row. */
const LABEL = 200;

export interface TreeRowProps {
	readonly tree: Tree;
	readonly node: number;
	/** The element's id, while the row is the selected one. */
	readonly id: string;
	readonly depth: number;
	readonly isOpen: boolean;
	readonly isSelected: boolean;
	/** Of its parent's children, and of its own. */
	readonly siblings: number;
	readonly children: number;
	readonly isDuplicate: boolean;
	/** It has just changed. */
	readonly isFlashing: boolean;
	/** Marks what was found in it. */
	readonly found: Ranges | undefined;
	readonly room: TextMetrics | undefined;
}

export function isExpandable({ tree, node }: TreeRowProps): boolean {
	return isContainer(tree, node) && !isEmpty(tree, node);
}

/** The class of what stands before the name: a triangle, or nothing to look at. */
export function markOf(row: TreeRowProps): string {
	if (!isExpandable(row)) return "";
	return row.isOpen ? "twisty" : "twisty closed";
}

/** What a row says, in its two parts. */
export interface Said {
	readonly name: Styled;
	/** The value as written, or of a container what is in it. */
	readonly value: Styled;
}

export function saidOf(row: TreeRowProps): Said {
	const { tree, node } = row;
	return {
		name: nameOf(tree, node),
		value: isContainer(tree, node) ? summaryOf(row) : literalOf(tree, node),
	};
}

/** Nothing but a name and a value, of characters that can all be seen. */
export function isPlain(row: TreeRowProps, { name, value }: Said): boolean {
	const { tree, node } = row;
	if (row.isSelected || row.isDuplicate || row.found) return false;
	if (!isPrintableAscii(name.text) || !isPrintableAscii(value.text))
		return false;
	if (tagOf(tree, node)) return false;
	if (isContainer(tree, node)) return true;
	if (isCut(row, { name, value })) return false;
	return !isClipped(tree, node) && detectedValueOf(tree, node) === undefined;
}

/** Whether a value goes on behind the end of its row. */
function isCut(row: TreeRowProps, { name, value }: Said): boolean {
	const { room } = row;
	if (!room || isContainer(row.tree, row.node)) return false;
	return columnsFor(row, name) < textWidth(value.text, room);
}

/** Columns that a value has, behind its indentation, its name and its tag. */
function columnsFor(row: TreeRowProps, name: Styled): number {
	const { tree, node, room } = row;
	if (!room) return Number.POSITIVE_INFINITY;
	const indent = Math.min(marginOf(row), room.width * MAX_INDENT_SHARE);
	const text = (room.width - indent - PADDING) / room.column;
	const before = `${name.text && `${name.text}: `}${tagPrefix(tree, node)}`;
	return text - textWidth(before, room);
}

/** What stands in a row that is not plain. */
export function RowInside(row: TreeRowProps): ComponentChild {
	const { tree, node, isSelected, isDuplicate, found } = row;
	return (
		<>
			<span
				class={markOf(row)}
				style={{ marginLeft: indentation(marginOf(row)) }}
				data-act="turn"
				aria-hidden="true"
			/>
			{name(tree, node, found)}
			{renderTag(tree, node, { found })}
			{isContainer(tree, node) ? (
				<span class={summaryOf(row).style}>
					{escapedText(summaryOf(row).text)}
				</span>
			) : (
				[
					renderScalar(tree, node, {
						found,
						columns: columnsFor(row, nameOf(tree, node)),
						isCut: isCut(row, saidOf(row)),
					}),
					renderBadge(tree, node),
				]
			)}
			{isDuplicate && <span class="badge warn">duplicate key</span>}
			{isSelected && <MenuButton />}
		</>
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

/** Pixels before it: a triangle takes some itself. */
export function marginOf(row: TreeRowProps): number {
	return indentOf(row.depth) + (isExpandable(row) ? 0 : TWISTY);
}

export function indentation(pixels: number): string {
	return `min(${pixels}px, ${100 * MAX_INDENT_SHARE}%)`;
}

export function indentOf(depth: number): number {
	return 4 + INDENT * Math.min(depth, MAX_INDENT);
}

/** The key, or the position in an array. */
export function name(tree: Tree, node: number, found?: Ranges): ComponentChild {
	if (at(tree.key, node) !== NONE) return renderKey(tree, node, { found });
	if (at(tree.parent, node) === NONE) return null;
	return (
		<>
			<span class="index">{at(tree.index, node)}</span>
			{": "}
		</>
	);
}

export type LabelOptions = Pick<TreeRowProps, "tree" | "node" | "children"> & {
	readonly isDuplicate?: boolean;
};

/** Of a plain row: what stands in it is its name, as `label` would have it. */
export function isNamedByWords(row: TreeRowProps): boolean {
	const { tree, node, isOpen, children } = row;
	if (at(tree.parent, node) === NONE) return false;
	return !isContainer(tree, node) || (isOpen && children > 0);
}

// Its own words: names made of the row's parts would run on into the badges and the button.
export function rowLabel(props: LabelOptions): string {
	const { tree, node, children, isDuplicate } = props;
	const isItem = at(tree.parent, node) !== NONE;
	const before =
		keySource(tree, node) || (isItem ? `${at(tree.index, node)}` : "$");
	const value = isContainer(tree, node)
		? countName(tree, node, children)
		: truncate(valueSource(tree, node), LABEL);
	return `${before}: ${tagPrefix(tree, node)}${value}${isDuplicate ? ", duplicate key" : ""}`;
}

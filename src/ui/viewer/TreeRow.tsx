// A row of the tree: a treeitem with its level and its place among its siblings.
import type { ComponentChild } from "preact";
import { keySource, valueSource } from "../../document/members.ts";
import {
	at,
	isContainer,
	isEmpty,
	NONE,
	type Tree,
} from "../../document/tree.ts";
import { badge } from "./Badge.tsx";
import { visible } from "./Pieces.tsx";
import { countName, key, preview, scalar } from "./Value.tsx";

/** Levels that are indented; deeper ones stay below each other. */
const MAX_INDENT = 30;
const INDENT = 14;
/** Characters of a value in the name of its row. */
const LABEL = 200;

export interface TreeRowProps {
	readonly tree: Tree;
	readonly node: number;
	/** The element's id. */
	readonly id: string;
	readonly depth: number;
	readonly isOpen: boolean;
	readonly isSelected: boolean;
	/** Of its parent's children, and of its own. */
	readonly siblings: number;
	readonly children: number;
	readonly isDuplicate: boolean;
	readonly isFound: boolean;
	readonly found: RegExp | undefined;
}

export function TreeRow(props: TreeRowProps) {
	const { tree, node, depth, isOpen, isSelected } = props;
	const hasInside = isContainer(tree, node) && !isEmpty(tree, node);
	const found = props.isFound ? props.found : undefined;
	return (
		<div
			id={props.id}
			data-node={node}
			role="treeitem"
			tabIndex={-1}
			class={isSelected ? "line selected" : "line"}
			aria-label={label(props)}
			aria-level={depth + 1}
			aria-setsize={props.siblings}
			aria-posinset={at(tree.index, node) + 1}
			aria-expanded={hasInside ? isOpen : undefined}
			aria-selected={isSelected}
			style={{ paddingLeft: `${indentOf(depth)}px` }}
		>
			<span class="twisty" data-act="turn" aria-hidden="true">
				{hasInside && (isOpen ? "▾" : "▸")}
			</span>
			{name(tree, node, found)}
			{isContainer(tree, node)
				? container(props, isOpen && hasInside)
				: [scalar(tree, node, { found }), badge(tree, node)]}
			{props.isDuplicate && <span class="badge warn">duplicate key</span>}
			{isSelected && <MenuButton />}
		</div>
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

export function indentOf(depth: number): number {
	return 4 + INDENT * Math.min(depth, MAX_INDENT);
}

/** The key, or the position in an array. */
export function name(tree: Tree, node: number, found?: RegExp): ComponentChild {
	if (at(tree.key, node) !== NONE) return key(tree, node, { found });
	if (at(tree.parent, node) === NONE) return null;
	return <span class="index">{at(tree.index, node)}: </span>;
}

export type LabelOptions = Pick<TreeRowProps, "tree" | "node" | "children"> & {
	readonly isDuplicate?: boolean;
};

// Its own words: names made of the row's parts would run on into the badges and the button.
export function label(props: LabelOptions): string {
	const { tree, node, children, isDuplicate } = props;
	const isItem = at(tree.parent, node) !== NONE;
	const before =
		keySource(tree, node) || (isItem ? `${at(tree.index, node)}` : "$");
	const value = isContainer(tree, node)
		? countName(tree, node, children)
		: valueSource(tree, node).slice(0, LABEL);
	return `${before}: ${value}${isDuplicate ? ", duplicate key" : ""}`;
}

function container(props: TreeRowProps, isOpen: boolean): ComponentChild {
	const { tree, node, children } = props;
	return [
		!isOpen && (
			<span key="preview" class="preview">
				{visible(preview(tree, node))}
			</span>
		),
		children > 0 && (
			<span key="count" class="count">
				{countName(tree, node, children)}
			</span>
		),
	];
}

// A line of formatted JSON, with its number and the mark that folds it; what opens a value is an item of a treeview.
import type { ComponentChild } from "preact";
import { bracketsOf } from "../../../document/json/children.ts";
import { hasNextSibling } from "../../../document/json/format-json.ts";
import {
	at,
	isContainer,
	isEmpty,
	NONE,
	type Tree,
} from "../../../document/json/tree.ts";
import type { Ranges } from "../../../document/search/ranges.ts";
import { setNode } from "../tree/node-map.ts";
import { MenuButton, rowLabel } from "../tree/TreeRow.tsx";
import { renderKey, renderScalar, renderTag } from "../tree/Value.tsx";

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

// A line of formatted JSON, with its number and the switch that folds it.
import type { ComponentChild } from "preact";
import { isFollowed } from "../../document/format.ts";
import {
	at,
	childCount,
	isContainer,
	isEmpty,
	NONE,
	OBJECT,
	type Tree,
} from "../../document/tree.ts";
import { key, scalar } from "./Value.tsx";

/** Levels that are indented; deeper ones stay below each other. */
const MAX_INDENT = 40;

export interface FormattedLineProps {
	readonly tree: Tree;
	/** As in FormattedRows. */
	readonly row: number;
	readonly number: number;
	readonly depth: number;
	readonly isFolded: boolean;
	readonly isSelected: boolean;
	readonly found: RegExp | undefined;
	readonly onToggle: (node: number) => void;
	readonly onOpen: (node: number) => void;
}

export function FormattedLine(props: FormattedLineProps) {
	const { tree, row, depth, isFolded, onToggle } = props;
	const node = row < 0 ? ~row : row;
	const canFold = row >= 0 && isContainer(tree, node) && !isEmpty(tree, node);
	const isWhole = row < 0 || !canFold || isFolded;
	return (
		<div class={props.isSelected ? "line selected" : "line"}>
			<span class="gutter">{props.number}</span>
			{canFold && (
				<button
					type="button"
					class="fold"
					aria-label={isFolded ? "Unfold" : "Fold"}
					aria-expanded={!isFolded}
					tabIndex={-1}
					onClick={() => onToggle(node)}
				/>
			)}
			<span class="code">
				{" ".repeat(2 * Math.min(depth, MAX_INDENT))}
				{row >= 0 && key(tree, row, props)}
				{isContainer(tree, node)
					? brackets(props, canFold)
					: scalar(tree, node, props)}
				{isWhole && isFollowed(tree, node) && ","}
			</span>
		</div>
	);
}

function brackets(props: FormattedLineProps, canFold: boolean): ComponentChild {
	const { tree, row, isFolded } = props;
	const node = row < 0 ? ~row : row;
	const [open, close] = at(tree.kind, node) === OBJECT ? "{}" : "[]";
	if (row < 0) return close;
	if (!canFold) return at(tree.next, node) === NONE ? open : `${open}${close}`;
	if (!isFolded) return open;
	return (
		<>
			{open}
			<span class="count">… {childCount(tree, node)} …</span>
			{close}
		</>
	);
}

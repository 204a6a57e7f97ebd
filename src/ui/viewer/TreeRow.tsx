// A row of the tree: a treeitem with its level and its place among its siblings.
import {
	at,
	isContainer,
	isEmpty,
	NONE,
	type Tree,
} from "../../document/tree.ts";
import { Badge } from "./Badge.tsx";
import { countName, Key, preview, Scalar } from "./Value.tsx";

/** Levels that are indented; deeper ones stay below each other. */
const MAX_INDENT = 30;
const INDENT = 14;

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
			aria-level={depth + 1}
			aria-setsize={props.siblings}
			aria-posinset={at(tree.index, node) + 1}
			aria-expanded={hasInside ? isOpen : undefined}
			aria-selected={isSelected}
			style={{ paddingLeft: `${indentOf(depth)}px` }}
		>
			<span class="twisty" aria-hidden="true">
				{hasInside && (isOpen ? "▾" : "▸")}
			</span>
			<Name tree={tree} node={node} found={found} />
			{isContainer(tree, node) ? (
				<Container {...props} isOpen={isOpen && hasInside} />
			) : (
				<>
					<Scalar tree={tree} node={node} found={found} />
					<Badge tree={tree} node={node} />
				</>
			)}
			{props.isDuplicate && <span class="badge warn">duplicate key</span>}
			{isSelected && (
				<button
					type="button"
					class="menu-button"
					tabIndex={-1}
					data-act="menu"
					aria-label="Copy…"
				>
					⋯
				</button>
			)}
		</div>
	);
}

export function indentOf(depth: number): number {
	return 4 + INDENT * Math.min(depth, MAX_INDENT);
}

export function Name(props: {
	tree: Tree;
	node: number;
	found?: RegExp | undefined;
}) {
	const { tree, node } = props;
	if (at(tree.key, node) !== NONE)
		return (
			<>
				<Key {...props} />
				{": "}
			</>
		);
	if (at(tree.parent, node) === NONE) return null;
	return <span class="index">{at(tree.index, node)}: </span>;
}

function Container(props: TreeRowProps) {
	const { tree, node, isOpen, children } = props;
	return (
		<>
			{!isOpen && <span class="preview">{preview(tree, node)}</span>}
			{children > 0 && (
				<span class="count">{countName(tree, node, children)}</span>
			)}
		</>
	);
}

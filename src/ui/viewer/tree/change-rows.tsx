import type { ComponentChild } from "preact";
import { useMemo } from "preact/hooks";
import {
	type Expansion,
	isExpanded,
	rowOf,
} from "../../../document/json/expansion.ts";
import {
	at,
	depthOf,
	isEmpty,
	type Tree,
} from "../../../document/json/tree.ts";
import { escapedText } from "../../components/text-spans.tsx";
import { styleOfValue } from "../../diff/ChangedPath.tsx";
import type {
	NodeChange,
	RemovedValue,
	TreeAnnotations,
} from "./annotations.tsx";
import { setNode } from "./node-map.ts";

/** A change inside of a container that is closed. */
const INSIDE: NodeChange = { kind: "changed" };

/** The marks of rows, by their nodes; of what is inside a closed container, its row is marked. */
export function useRowMarks(
	rows: Int32Array,
	annotations: TreeAnnotations | undefined,
): ReadonlyMap<number, NodeChange> | undefined {
	return useMemo(() => {
		if (!annotations || rows.length === 0) return undefined;
		const marks = new Map(annotations.changed);
		for (const node of [
			...annotations.changed.keys(),
			...annotations.removed.keys(),
		]) {
			const row = at(rows, rowOf(rows, node));
			if (row !== node && !marks.has(row)) marks.set(row, INSIDE);
		}
		return marks;
	}, [rows, annotations]);
}

/**
 * The rows with those of removed values, which follow the row of their container and have the same node: only the first row
 * of a node is its own.
 */
export function withRemovedRows(
	tree: Tree,
	rows: Int32Array,
	expansion: Expansion,
	removed: TreeAnnotations["removed"],
): Int32Array {
	const shown = [...removed].filter(
		([parent]) =>
			at(rows, rowOf(rows, parent)) === parent &&
			(isEmpty(tree, parent) ||
				isExpanded(expansion, parent, depthOf(tree, parent))),
	);
	if (shown.length === 0) return rows;
	const counts = new Map(shown.map(([parent, { length }]) => [parent, length]));
	const total = shown.reduce((sum, [, { length }]) => sum + length, 0);
	const all = new Int32Array(rows.length + total);
	let count = 0;
	for (const node of rows)
		for (let times = counts.get(node) ?? 0; times >= 0; times -= 1) {
			all[count] = node;
			count += 1;
		}
	return all;
}

/** The value that was removed, if the row shows one. */
export function removedAt(
	rows: Int32Array,
	row: number,
	removed: TreeAnnotations["removed"],
): RemovedValue | undefined {
	const node = at(rows, row);
	if (row === 0 || at(rows, row - 1) !== node) return undefined;
	return removed.get(node)?.[row - rowOf(rows, node) - 1];
}

/** `was 49.90`, or `added`. */
export function renderMark(mark: NodeChange | undefined): ComponentChild {
	if (!mark) return null;
	if (mark.kind === "added") return <span class="was">added</span>;
	if (mark.was === undefined) return null;
	return (
		<span class="was">
			was <code class={styleOfValue(mark.was)}>{escapedText(mark.was)}</code>
		</span>
	);
}

/** Columns that a mark takes after the value. */
export function markColumns({ kind, was }: NodeChange): number {
	if (kind === "added") return "added".length + 3;
	return was === undefined ? 0 : Math.min(`was ${was}`.length, 24) + 3;
}

/** For the name of a row: `, changed, was 49.90`. */
export function markLabel(mark: NodeChange): string {
	if (mark.kind === "added") return ", added";
	return `, changed${mark.was === undefined ? "" : `, was ${mark.was}`}`;
}

export function renderRemovedRow(
	{ key, was }: RemovedValue,
	row: {
		readonly node: number;
		readonly level: number;
		readonly margin: string;
		readonly key: number;
	},
): ComponentChild {
	return (
		<div
			key={row.key}
			role="treeitem"
			ref={(element: Element | null) => {
				if (element) setNode(element, row.node);
			}}
			class="line tree-row removed"
			tabIndex={-1}
			aria-label={`${key}: removed, was ${was}`}
			aria-level={row.level}
			aria-disabled="true"
		>
			<span style={{ marginLeft: row.margin }} />
			<del>
				<span class="key">{escapedText(key)}</span>:{" "}
				<span class={styleOfValue(was)}>{escapedText(was)}</span>
			</del>
			<span class="was">removed</span>
		</div>
	);
}

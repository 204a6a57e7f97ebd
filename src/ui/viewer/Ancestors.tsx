// The ancestors of the first rows in sight, kept at the top while their insides scroll below them.
import {
	at,
	depthOf,
	isContainer,
	NONE,
	type Tree,
} from "../../document/tree.ts";
import { indentOf, name } from "./TreeRow.tsx";
import { ROW_HEIGHT } from "./Windowed.tsx";

/** The nearest ones; more would leave no room. */
export const COVERED = 4;

/** Outermost first; as many as rows that they cover. */
export function ancestorsAt(
	tree: Tree,
	rows: Int32Array,
	top: number,
): readonly number[] {
	for (let covered = 0; covered <= COVERED; covered++) {
		const node = at(rows, top + covered);
		if (node === NONE) return [];
		const above = nearest(tree, node).filter((up) => up < at(rows, top));
		if (above.length <= covered) return above;
	}
	return nearest(tree, at(rows, top + COVERED));
}

function nearest(tree: Tree, node: number): readonly number[] {
	const found: number[] = [];
	let up = at(tree.parent, node);
	for (; up !== NONE && found.length < COVERED; up = at(tree.parent, up))
		found.push(up);
	return found.reverse();
}

export interface AncestorsProps {
	readonly tree: Tree;
	readonly nodes: readonly number[];
}

// Hidden from assistive technology, which knows the levels of the rows themselves.
export function Ancestors({ tree, nodes }: AncestorsProps) {
	return (
		<div class="ancestors" aria-hidden="true">
			{nodes.map((node, index) => (
				<div
					key={node}
					class="line"
					data-node={node}
					style={{
						top: `${index * ROW_HEIGHT}px`,
						paddingLeft: `${indentOf(depthOf(tree, node))}px`,
					}}
				>
					<span class="twisty">{isContainer(tree, node) && "▾"}</span>
					{at(tree.parent, node) === NONE ? "$" : name(tree, node)}
				</div>
			))}
		</div>
	);
}

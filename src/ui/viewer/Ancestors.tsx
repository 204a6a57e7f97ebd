// The ancestors of the first rows in sight, kept at the top while their insides scroll below them.
import { useMemo } from "preact/hooks";
import { at, depthOf, NONE, type Tree } from "../../document/tree.ts";
import { ROW_HEIGHT } from "./row-window.ts";
import { indentOf, name } from "./TreeRow.tsx";

/** The nearest ones; more would leave no room. */
export const COVERED = 4;

/** Outermost first; as many as rows that they cover. */
export function ancestorsAt(
	tree: Tree,
	rows: Int32Array,
	top: number,
): readonly number[] {
	const first = at(rows, top);
	for (let covered = 0; covered <= COVERED; covered++) {
		const node = at(rows, top + covered);
		if (node === NONE) return [];
		const above = nearest(tree, node, first);
		if (above.length <= covered) return above;
	}
	return nearest(tree, at(rows, top + COVERED), first);
}

/** Of those before the first row: the ones after it stand in sight themselves. */
function nearest(tree: Tree, node: number, first: number): readonly number[] {
	const found: number[] = [];
	let up = at(tree.parent, node);
	for (; up !== NONE && found.length < COVERED; up = at(tree.parent, up))
		if (up < first) found.push(up);
	return found.reverse();
}

/** What to draw for the first row in sight; the same again, which Preact then passes over, while they are the same. */
export function useAncestors(tree: Tree, rows: Int32Array) {
	return useMemo(() => {
		let shown: readonly number[] = [];
		let drawn = <Ancestors tree={tree} nodes={shown} />;
		return (top: number) => {
			const nodes = ancestorsAt(tree, rows, top);
			if (nodes.join() === shown.join()) return drawn;
			shown = nodes;
			drawn = <Ancestors tree={tree} nodes={nodes} />;
			return drawn;
		};
	}, [tree, rows]);
}

interface AncestorsProps {
	readonly tree: Tree;
	readonly nodes: readonly number[];
}

// Hidden from assistive technology, which knows the levels of the rows themselves. Lines are keyed by their place: the
// next ancestor there is written into the same element.
function Ancestors({ tree, nodes }: AncestorsProps) {
	return (
		<div class="ancestors" aria-hidden="true">
			{nodes.map((node, index) => (
				<div
					key={index}
					class="line"
					data-node={node}
					style={{
						top: `${index * ROW_HEIGHT}px`,
						paddingLeft: `${indentOf(depthOf(tree, node))}px`,
					}}
				>
					<span class="twisty" />
					{at(tree.parent, node) === NONE ? "$" : name(tree, node)}
				</div>
			))}
		</div>
	);
}

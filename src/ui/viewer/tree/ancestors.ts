// Which ancestors of the first rows in sight are kept at the top while their insides scroll below them.
import { at, NONE, type Tree } from "../../../document/json/tree.ts";

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

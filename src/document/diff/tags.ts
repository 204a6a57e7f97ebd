// What distinguishes two values besides their content: YAML tags, Ion annotations, and whether an array is an s-expression.
import { bracketsOf, tagOf } from "../json/children.ts";
import { isContainer, type Tree } from "../json/tree.ts";

/** Trees of plain JSON have neither, and cost nothing here. */
export function hasSameTag(
	original: Tree,
	modified: Tree,
	[left, right]: readonly [number, number],
): boolean {
	if (!original.tag && !modified.tag) return true;
	return (
		tagOf(original, left) === tagOf(modified, right) &&
		openingOf(original, left) === openingOf(modified, right)
	);
}

/** Of a tree with tags: what counts besides the content, as text. */
export function tagKeyOf(tree: Tree, node: number): string {
	return `${tagOf(tree, node)}${openingOf(tree, node) === "(" ? "(" : ""}`;
}

function openingOf(tree: Tree, node: number): string {
	return isContainer(tree, node) ? bracketsOf(tree, node)[0] : "";
}

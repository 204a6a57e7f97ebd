import { bracketsOf, keySource, tagPrefix, valueSource } from "./children.ts";
import { formattedLines } from "./formatted-lines.ts";
import {
	at,
	isContainer,
	isEmpty,
	NONE,
	subtreeEnd,
	type Tree,
} from "./tree.ts";

export function formatJson(tree: Tree, root = 0): string {
	const parts: string[] = [];
	const end = subtreeEnd(tree, root);
	let depth = 0;
	for (const row of formattedLines(tree).nodes) {
		const node = row < 0 ? ~row : row;
		if (node < root || node >= end) continue;
		if (row < 0) depth -= 1;
		if (parts.length > 0) parts.push("\n", "  ".repeat(depth));
		if (row >= 0 && node !== root && at(tree.key, node) !== NONE)
			parts.push(keySource(tree, node), ": ");
		if (row >= 0) parts.push(tagPrefix(tree, node));
		parts.push(lineEnd(tree, row));
		const isOpening =
			row >= 0 && isContainer(tree, node) && !isEmpty(tree, node);
		if (isOpening) depth += 1;
		else if (node !== root && hasNextSibling(tree, node)) parts.push(",");
	}
	return parts.join("");
}

/** Whether a sibling comes behind it, from which a comma parts it. */
export function hasNextSibling(tree: Tree, node: number): boolean {
	const parent = at(tree.parent, node);
	return parent !== NONE && subtreeEnd(tree, node) < subtreeEnd(tree, parent);
}

function lineEnd(tree: Tree, row: number): string {
	const node = row < 0 ? ~row : row;
	if (!isContainer(tree, node)) return valueSource(tree, node);
	const [open, close] = bracketsOf(tree, node);
	if (row < 0) return close;
	return isEmpty(tree, node) ? `${open}${close}` : open;
}

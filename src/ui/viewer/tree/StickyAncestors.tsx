import { render } from "preact";
import { at, depthOf, NONE, type Tree } from "../../../document/json/tree.ts";
import { isPrintableAscii } from "../../../document/text/invisible-characters.ts";
import { escapedText } from "../../components/text-spans.tsx";
import { ROW_HEIGHT } from "../../virtual-list/virtual-range.ts";
import { setNode } from "./node-map.ts";
import { indentation, indentOf } from "./TreeRow.tsx";
import { nameOf, type StyledText } from "./Value.tsx";

export interface AncestorLines {
	/** Outermost first. */
	show(tree: Tree, nodes: readonly number[]): void;
}

interface Line {
	readonly element: HTMLElement;
	/** On, or off: it keeps its place, since to take it out would cost a layout. */
	turn(isOn: boolean): void;
	write(tree: Tree, node: number): void;
}

export function createAncestorLines(container: HTMLElement): AncestorLines {
	const lines: Line[] = [];
	let shown: readonly number[] = [];
	let last: Tree | undefined;
	return {
		show(tree, nodes) {
			for (const [index, node] of nodes.entries()) {
				const line = lines[index] ?? createLine(index);
				if (!lines[index]) container.append(line.element);
				lines[index] = line;
				if (tree !== last || shown[index] !== node) line.write(tree, node);
			}
			for (const [index, { turn }] of lines.entries())
				turn(index < nodes.length);
			shown = nodes;
			last = tree;
		},
	};
}

function createLine(index: number): Line {
	const element = document.createElement("div");
	element.className = "line";
	element.style.top = `${index * ROW_HEIGHT}px`;
	const twisty = document.createElement("span");
	twisty.className = "twisty";
	const name = createName();
	const colon = document.createTextNode("");
	element.append(twisty, name.element, colon);
	let indent = -1;
	let isShown = true;
	return {
		element,
		turn(isOn) {
			if (isOn !== isShown) element.style.visibility = isOn ? "" : "hidden";
			isShown = isOn;
		},
		write(tree, node) {
			setNode(element, node);
			const wanted = indentOf(depthOf(tree, node));
			if (wanted !== indent) element.style.paddingLeft = indentation(wanted);
			indent = wanted;
			const isRoot = at(tree.parent, node) === NONE;
			name.write(isRoot ? { style: "", text: "$" } : nameOf(tree, node));
			const separator = isRoot ? "" : ": ";
			if (colon.data !== separator) colon.data = separator;
		},
	};
}

/** Characters that cannot be seen are drawn by Preact, as in the rows. */
function createName() {
	const element = document.createElement("span");
	let isPlain = true;
	return {
		element,
		write({ style, text }: StyledText) {
			if (element.className !== style) element.className = style;
			if (!isPlain) render(null, element);
			isPlain = isPrintableAscii(text);
			if (isPlain) element.textContent = text;
			else {
				element.replaceChildren();
				render(escapedText(text), element);
			}
		},
	};
}

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

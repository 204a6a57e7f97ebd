// A row's element, which goes from row to row while the user scrolls. What most rows say is written straight into it;
// Preact draws the inside of the others.
import { render } from "preact";
import { at, isContainer } from "../../document/tree.ts";
import {
	hasInside,
	isPlain,
	label,
	marginOf,
	markOf,
	RowInside,
	type TreeRowProps,
} from "./TreeRow.tsx";
import { literalOf, nameOf, type Styled, summaryOf } from "./Value.tsx";

export interface TreeRowElement {
	readonly element: HTMLElement;
	paint(row: TreeRowProps): void;
}

export function createTreeRow(): TreeRowElement {
	const element = document.createElement("div");
	element.setAttribute("role", "treeitem");
	element.tabIndex = -1;
	const plain = createPlain(element);
	let last: TreeRowProps | undefined;
	let drawn: "nothing" | "plain" | "rich" = "nothing";
	return {
		element,
		paint(row) {
			const isRich = !isPlain(row);
			describe(element, row, last);
			set(element, "class", classOf(row, isRich));
			last = row;
			if (!isRich) {
				if (drawn === "rich") render(null, element);
				if (drawn !== "plain") plain.attach();
				plain.write(row);
				drawn = "plain";
				return;
			}
			if (drawn === "plain") element.replaceChildren();
			render(RowInside(row), element);
			drawn = "rich";
		},
	};
}

/** What most rows have in common with the row before is not written again: the browser would take it for a change. */
function describe(
	element: HTMLElement,
	row: TreeRowProps,
	last: TreeRowProps | undefined,
): void {
	const { tree, node, depth, siblings, isSelected } = row;
	element.id = row.id;
	element.setAttribute("data-node", `${node}`);
	element.setAttribute("aria-label", label(row));
	element.setAttribute("aria-posinset", `${at(tree.index, node) + 1}`);
	if (depth !== last?.depth) element.setAttribute("aria-level", `${depth + 1}`);
	if (siblings !== last?.siblings)
		element.setAttribute("aria-setsize", `${siblings}`);
	if (isSelected !== last?.isSelected)
		element.setAttribute("aria-selected", `${isSelected}`);
	if (hasInside(row)) set(element, "aria-expanded", `${row.isOpen}`);
	else if (last) element.removeAttribute("aria-expanded");
}

function classOf(row: TreeRowProps, isRich: boolean): string {
	const closed = hasInside(row) && !row.isOpen ? " closed" : "";
	const rich = isRich ? " rich" : "";
	const flash = row.isFlashing ? " flash" : "";
	return `line tree-row${closed}${rich}${flash}${row.isSelected ? " selected" : ""}`;
}

function set(element: HTMLElement, name: string, value: string): void {
	if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** As RowInside has it: the indentation with a mark where there is an inside, the name, the value or what stands for it. */
function createPlain(element: HTMLElement) {
	const twisty = document.createElement("span");
	twisty.setAttribute("data-act", "turn");
	twisty.ariaHidden = "true";
	const [name, value] = [createText(), createText()];
	const colon = document.createTextNode("");
	let margin = -1;
	return {
		attach: () => element.append(twisty, name.element, colon, value.element),
		write(row: TreeRowProps) {
			const { tree, node } = row;
			set(twisty, "class", markOf(row));
			// It is indented rather than its row: of the row nothing then has to be styled again.
			const wanted = marginOf(row);
			if (wanted !== margin) twisty.style.marginLeft = `${wanted}px`;
			margin = wanted;
			const called = nameOf(tree, node);
			name.write(called);
			const separator = called.text ? ": " : "";
			if (colon.data !== separator) colon.data = separator;
			value.write(
				isContainer(tree, node) ? summaryOf(row) : literalOf(tree, node),
			);
		},
	};
}

function createText() {
	const element = document.createElement("span");
	const text = document.createTextNode("");
	element.append(text);
	return {
		element,
		write(styled: Styled) {
			if (text.data !== styled.text) text.data = styled.text;
			if (element.className !== styled.style) element.className = styled.style;
		},
	};
}

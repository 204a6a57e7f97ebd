// A row's element, which goes from row to row while the user scrolls. What most rows say is written straight into it;
// Preact draws the inside of the others.
import { render } from "preact";
import { at, isContainer, isEmpty } from "../../document/tree.ts";
import {
	indentOf,
	isPlain,
	label,
	RowInside,
	type TreeRowProps,
	TWISTY,
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
	let drawn: "nothing" | "plain" | "rich" = "nothing";
	return {
		element,
		paint(row) {
			const isRich = !isPlain(row);
			describe(element, row, isRich);
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

function describe(
	element: HTMLElement,
	row: TreeRowProps,
	isRich: boolean,
): void {
	const { tree, node, depth, isOpen, isSelected } = row;
	const isBranch = hasInside(row);
	element.id = row.id;
	const closed = isBranch && !isOpen ? " closed" : "";
	const state = `${isRich ? " rich" : ""}${isSelected ? " selected" : ""}`;
	set(element, "class", `line tree-row${closed}${state}`);
	const padding = `${indentOf(depth) + TWISTY}px`;
	if (element.style.paddingLeft !== padding)
		element.style.paddingLeft = padding;
	set(element, "data-node", `${node}`);
	set(element, "aria-label", label(row));
	set(element, "aria-level", `${depth + 1}`);
	set(element, "aria-setsize", `${row.siblings}`);
	set(element, "aria-posinset", `${at(tree.index, node) + 1}`);
	set(element, "aria-selected", `${isSelected}`);
	if (isBranch) set(element, "aria-expanded", `${isOpen}`);
	else element.removeAttribute("aria-expanded");
}

/** Reading is cheaper than writing what is there already, which the browser takes for a change. */
function set(element: HTMLElement, name: string, value: string): void {
	if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** As RowInside has it: a mark where there is an inside, the name, the value or what stands for it. */
function createPlain(element: HTMLElement) {
	const twisty = document.createElement("span");
	twisty.setAttribute("data-act", "turn");
	twisty.ariaHidden = "true";
	const [name, value] = [createText(), createText()];
	const colon = document.createTextNode("");
	return {
		attach: () => element.append(twisty, name.element, colon, value.element),
		write(row: TreeRowProps) {
			const { tree, node, isOpen } = row;
			const mark = isOpen ? "twisty" : "twisty closed";
			// Without a class it is nothing to look at: taking it out of the row would cost more.
			set(twisty, "class", hasInside(row) ? mark : "");
			const called = nameOf(tree, node);
			name.write(called);
			colon.data = called.text ? ": " : "";
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

function hasInside({ tree, node }: TreeRowProps): boolean {
	return isContainer(tree, node) && !isEmpty(tree, node);
}

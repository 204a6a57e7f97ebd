// A row's element, which goes from row to row while the user scrolls. What most rows say is written straight into it;
// Preact draws the inside of the others.
import { render } from "preact";
import { at } from "../../../document/json/tree.ts";
import { setNode } from "./node-map.ts";
import {
	indentation,
	isExpandable,
	isNamedByWords,
	isPlain,
	marginOf,
	markOf,
	RowInside,
	rowLabel,
	type Said,
	saidOf,
	type TreeRowProps,
} from "./TreeRow.tsx";
import type { Styled } from "./Value.tsx";

export interface TreeRowElement {
	readonly element: HTMLElement;
	paint(row: TreeRowProps): void;
}

export function createTreeRow(): TreeRowElement {
	const element = document.createElement("div");
	element.setAttribute("role", "treeitem");
	element.tabIndex = -1;
	const plain = createPlain(element);
	const writeClass = createWriter((name) => {
		element.className = name;
	});
	const writeExpanded = createAttribute(element, "aria-expanded");
	const writeName = createAttribute(element, "aria-label");
	// The tree names the selected row by it, and no other.
	const writeId = createAttribute(element, "id");
	let last: TreeRowProps | undefined;
	let drawn: "nothing" | "plain" | "rich" = "nothing";
	return {
		element,
		paint(row) {
			const said = saidOf(row);
			const isRich = !isPlain(row, said);
			describe(element, row, last);
			writeExpanded(isExpandable(row) ? `${row.isOpen}` : "");
			writeClass(classOf(row, isRich));
			writeName(isRich || !isNamedByWords(row) ? rowLabel(row) : "");
			writeId(row.isSelected ? row.id : "");
			last = row;
			if (!isRich) {
				if (drawn === "rich") render(null, element);
				if (drawn !== "plain") plain.attach();
				plain.write(row, said);
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
	setNode(element, node);
	element.setAttribute("aria-posinset", `${at(tree.index, node) + 1}`);
	if (depth !== last?.depth) element.setAttribute("aria-level", `${depth + 1}`);
	if (siblings !== last?.siblings)
		element.setAttribute("aria-setsize", `${siblings}`);
	if (isSelected !== last?.isSelected)
		element.setAttribute("aria-selected", `${isSelected}`);
}

function classOf(row: TreeRowProps, isRich: boolean): string {
	const closed = isExpandable(row) && !row.isOpen ? " closed" : "";
	const rich = isRich ? " rich" : "";
	const flash = row.isFlashing ? " flash" : "";
	return `line tree-row${closed}${rich}${flash}${row.isSelected ? " selected" : ""}`;
}

/** Writes only what is not there already: to ask the page would cost as much as to write. */
function createWriter(write: (text: string) => void): (text: string) => void {
	let written: string | undefined;
	return (text) => {
		if (text !== written) write(text);
		written = text;
	};
}

/** An attribute that is there when there is something to say. */
function createAttribute(
	element: HTMLElement,
	name: string,
): (text: string) => void {
	return createWriter((text) => {
		if (text) element.setAttribute(name, text);
		else element.removeAttribute(name);
	});
}

/** As RowInside has it: the indentation with a mark where there is an inside, the name, the value or what stands for it. */
function createPlain(element: HTMLElement) {
	const twisty = document.createElement("span");
	twisty.setAttribute("data-act", "turn");
	twisty.ariaHidden = "true";
	const [name, value] = [createText(), createText()];
	const colon = document.createTextNode("");
	const writeMark = createWriter((mark) => {
		twisty.className = mark;
	});
	// It is indented rather than its row: of the row nothing then has to be styled again.
	const writeMargin = createWriter((margin) => {
		twisty.style.marginLeft = margin;
	});
	const writeColon = createWriter((text) => {
		colon.data = text;
	});
	return {
		attach: () => element.append(twisty, name.element, colon, value.element),
		write(row: TreeRowProps, said: Said) {
			writeMark(markOf(row));
			writeMargin(indentation(marginOf(row)));
			name.write(said.name);
			writeColon(said.name.text ? ": " : "");
			value.write(said.value);
		},
	};
}

function createText() {
	const element = document.createElement("span");
	const node = document.createTextNode("");
	element.append(node);
	const writeText = createWriter((text) => {
		node.data = text;
	});
	const writeStyle = createWriter((style) => {
		element.className = style;
	});
	return {
		element,
		write({ style, text }: Styled) {
			writeText(text);
			writeStyle(style);
		},
	};
}

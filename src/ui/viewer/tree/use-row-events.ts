import type { TargetedKeyboardEvent, TargetedMouseEvent } from "preact";
import { useRef } from "preact/hooks";
import { isExpanded, setExpanded } from "../../../document/json/expansion.ts";
import {
	depthOf,
	isContainer,
	NONE,
	type Tree,
} from "../../../document/json/tree.ts";
import { ROW_HEIGHT } from "../../virtual-list/virtual-range.ts";
import { nodeAt } from "./node-map.ts";
import { changeForKey, type TreeKeyContext, typeAhead } from "./tree-keys.ts";
import type { TreeStateControl } from "./use-tree-state.ts";

export type NodeAction = "copy-value" | "copy-path" | "menu" | "open";

/** `at`: what a menu opens beside. */
export type NodeActionHandler = (
	act: NodeAction,
	node: number,
	at: DOMRect | undefined,
) => void;

export interface RowEventOptions {
	readonly tree: Tree;
	readonly control: TreeStateControl;
	/** Nodes that have a row, in order. Asked for by keys alone. */
	readonly rows: () => Int32Array;
	/** A row's element is called so, with a hyphen and its node. */
	readonly id: string;
	/** Text to be selected with the mouse: then clicks leave that alone. */
	readonly isText?: boolean;
	readonly onAct: NodeActionHandler;
}

type RowsElement = HTMLDivElement;

/** Letters typed within this time belong together. */
const TYPE_AHEAD_MS = 800;

export function useRowEvents(options: RowEventOptions) {
	const typed = useRef({ text: "", at: 0 });
	return {
		onKeyDown: (event: TargetedKeyboardEvent<RowsElement>) => {
			const isHandled = hasModifier(event)
				? handleShortcut(event, options)
				: handleKey(event, options, typed.current);
			if (isHandled) event.preventDefault();
		},
		onClick: (event: TargetedMouseEvent<RowsElement>) =>
			handleClick(event, options),
		onContextMenu: (event: TargetedMouseEvent<RowsElement>) => {
			const node = nodeAt(event.target);
			// Text that is selected has the browser's own menu.
			if (node === undefined || (options.isText && isTextSelected())) return;
			event.preventDefault();
			options.control.change({ selected: node });
			const { clientX, clientY } = event;
			options.onAct("menu", node, new DOMRect(clientX, clientY, 0, 0));
		},
	};
}

interface Typed {
	text: string;
	at: number;
}

function hasModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
	return ctrlKey || metaKey || altKey;
}

/** Text that the user has selected is copied by the browser. */
function handleShortcut(
	{ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
	{ control, onAct }: RowEventOptions,
): boolean {
	const { selected } = control.state;
	if (altKey || ctrlKey === metaKey || key.toLowerCase() !== "c") return false;
	if (selected === NONE || (!shiftKey && isTextSelected())) return false;
	onAct(shiftKey ? "copy-path" : "copy-value", selected, undefined);
	return true;
}

/** Whether the key means anything here. */
function handleKey(
	event: TargetedKeyboardEvent<RowsElement>,
	{ tree, control, rows, id, onAct }: RowEventOptions,
	typed: Typed,
): boolean {
	const { key, timeStamp, currentTarget } = event;
	const { expansion, selected } = control.state;
	const isTyping = typed.text !== "" && timeStamp - typed.at < TYPE_AHEAD_MS;
	if (isMenuKey(event) && selected !== NONE) {
		onAct("menu", selected, boxOf(`${id}-${selected}`) ?? boxOf(id));
		return true;
	}
	const shown = Math.floor(currentTarget.clientHeight / ROW_HEIGHT);
	const pageRows = Math.max(1, shown - 1);
	const stand: TreeKeyContext = {
		tree,
		rows: rows(),
		expansion,
		selected,
		pageRows,
	};
	const move = changeForKey(key, stand);
	if (move) control.change(move);
	if (move) return true;
	if (key === "Enter" && selected !== NONE) {
		onAct("open", selected, undefined);
		return true;
	}
	// They mean something on the whole page.
	if (key.length !== 1 || "/? ".includes(key)) return false;
	typed.text = (isTyping ? typed.text : "") + key;
	typed.at = timeStamp;
	const node = typeAhead(typed.text, stand);
	if (node !== undefined) control.change({ selected: node });
	return true;
}

function handleClick(
	{ target, detail }: TargetedMouseEvent<RowsElement>,
	{ tree, control, isText, onAct }: RowEventOptions,
): void {
	const node = nodeAt(target);
	if (node === undefined || !(target instanceof Element)) return;
	const { expansion } = control.state;
	const act = target.closest("[data-act]")?.getAttribute("data-act");
	if (act === "open" || act === "menu") {
		control.change({ selected: node });
		onAct(act, node, target.getBoundingClientRect());
		return;
	}
	const isTurned = act === "turn" || (detail === 2 && !isText);
	if (!isTurned || !isContainer(tree, node)) {
		control.change({ selected: node });
		return;
	}
	const open = !isExpanded(expansion, node, depthOf(tree, node));
	control.change({
		selected: node,
		expansion: setExpanded(tree, expansion, { nodes: [node], open }),
	});
}

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
	return key === "ContextMenu" || (key === "F10" && shiftKey);
}

function boxOf(id: string): DOMRect | undefined {
	return document.getElementById(id)?.getBoundingClientRect();
}

function isTextSelected(): boolean {
	const selection = getSelection();
	return selection !== null && !selection.isCollapsed;
}

import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import {
	type CopyFormat,
	copyFormats,
	copyText as textOf,
} from "../../../document/json/copy-formats.ts";
import type { Tree } from "../../../document/json/tree.ts";
import { formatNumber } from "../../../document/text/format-number.ts";
import { Menu, type MenuItem } from "../../components/Menu.tsx";
import { type Announce, useAnnounce } from "../../components/status.tsx";
import { copyAndAnnounce } from "../../copy/clipboard.ts";
import type { NodeActionHandler } from "./use-row-events.ts";

export interface NodeActionsOptions {
	readonly tree: Tree;
	/** Shows a value in full, where it has more than its row. */
	readonly onOpen?: (node: number) => void;
}

export interface NodeActions {
	readonly onAct: NodeActionHandler;
	readonly menu: ComponentChild;
}

interface Opened {
	readonly tree: Tree;
	readonly node: number;
	readonly at: DOMRect;
	/** Where the focus was. */
	readonly from: Element | null;
}

export function useNodeActions({
	tree,
	onOpen,
}: NodeActionsOptions): NodeActions {
	// Of the tree that was pointed at, even when a new version comes meanwhile.
	const announce = useAnnounce();
	const [opened, setOpened] = useState<Opened>();
	const close = () => {
		setOpened(undefined);
		if (opened?.from instanceof HTMLElement) opened.from.focus();
	};
	return {
		onAct(act, node, at = new DOMRect()) {
			if (act === "copy-value") copyNode({ tree, node, announce }, "value");
			else if (act === "copy-path")
				copyNode({ tree, node, announce }, "JSONPath");
			else if (act === "open") onOpen?.(node);
			else
				setOpened({
					tree,
					node,
					at,
					from: document.activeElement?.closest(".scroller") ?? null,
				});
		},
		menu: opened && (
			<Menu
				name="Copy"
				at={opened.at}
				groups={nodeMenu({ ...opened, announce })}
				onClose={close}
			/>
		),
	};
}

const NAMES: Readonly<
	Record<CopyFormat, readonly [item: string, said: string]>
> = {
	value: ["Copy value", "the value"],
	source: ["Copy value as in the source", "the value as in the source"],
	formatted: ["Copy formatted value", "the value, formatted"],
	key: ["Copy key", "the key"],
	JSONPath: ["Copy path as JSONPath", "the path as JSONPath"],
	JavaScript: ["Copy path as JavaScript", "the path as JavaScript"],
	jq: ["Copy path as jq", "the path as jq"],
	"JSON Pointer": ["Copy path as JSON Pointer", "the path as JSON Pointer"],
};
const KEYS: Partial<Record<CopyFormat, string>> = {
	value: "Control+C",
	JSONPath: "Control+Shift+C",
};
const VALUES: readonly CopyFormat[] = ["value", "source", "formatted"];
/** Characters of what was copied that the confirmation repeats. */
const ECHO = 60;

export interface NodeMenuOptions {
	readonly tree: Tree;
	readonly node: number;
	readonly announce: Announce;
}

/** In groups: what a node is, where it is. */
export function nodeMenu(
	options: NodeMenuOptions,
): readonly (readonly MenuItem[])[] {
	const kinds = copyFormats(options.tree, options.node);
	const item = (kind: CopyFormat): MenuItem => ({
		name: NAMES[kind][0],
		shortcut: KEYS[kind],
		onSelect: () => copyNode(options, kind),
	});
	const isValue = (kind: CopyFormat) => VALUES.includes(kind);
	return [
		kinds.filter(isValue).map(item),
		kinds.filter((kind) => !isValue(kind)).map(item),
	];
}

export function copyNode(
	{ tree, node, announce }: NodeMenuOptions,
	kind: CopyFormat,
): void {
	const text = textOf(tree, node, kind);
	void copyAndAnnounce(
		text,
		`Copied ${NAMES[kind][1]}: ${echo(text)}`,
		announce,
	);
}

function echo(text: string): string {
	const line = text.replace(/\s+/g, " ");
	return line.length <= ECHO
		? line
		: `${formatNumber(text.length)} characters.`;
}

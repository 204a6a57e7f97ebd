// What is done with a node, as a hook: copied at once, or chosen from a menu; anything else is the caller's.
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import type { Tree } from "../../../document/json/tree.ts";
import { Menu } from "../../components/Menu.tsx";
import { useAnnounce } from "../../components/status.tsx";
import { copyNode, nodeMenu } from "./node-menu.ts";
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

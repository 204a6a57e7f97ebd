// JSON as a tree: windowed rows in a WAI-ARIA treeview, driven by keys and clicks.
import type {
	ComponentChild,
	TargetedKeyboardEvent,
	TargetedMouseEvent,
} from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import {
	isOpenAt,
	rowOf,
	turn,
	visibleRows,
} from "../../document/expansion.ts";
import { depthsOf } from "../../document/rows.ts";
import {
	at,
	childCount,
	depthOf,
	isContainer,
	isEmpty,
	NONE,
} from "../../document/tree.ts";
import { Ancestors, ancestorsAt, COVERED } from "./Ancestors.tsx";
import { Marks } from "./Marks.tsx";
import { TreeRow } from "./TreeRow.tsx";
import { moveFor, type TreeStand, typeAhead } from "./tree-keys.ts";
import type { Found } from "./use-find.ts";
import type { Json } from "./use-json.ts";
import type { OutlineControl } from "./use-outline.ts";
import { putOnTop, ROW_HEIGHT, showRow, Windowed } from "./Windowed.tsx";

export type NodeAct = "copy-value" | "copy-path" | "menu" | "open";

export interface TreeViewProps {
	readonly json: Json;
	readonly control: OutlineControl;
	readonly duplicates: ReadonlySet<number>;
	readonly found: Found;
	readonly onAct: (act: NodeAct, node: number, at: DOMRect | undefined) => void;
}

/** Letters typed within this time belong together. */
const TYPE_AHEAD_MS = 800;

export function TreeView(props: TreeViewProps) {
	const { json, control, duplicates, found, onAct } = props;
	const { tree, revision } = json;
	const { expansion, selected, top } = control.outline;
	const scroller = useRef<HTMLDivElement>(null);
	const typed = useRef({ text: "", at: 0 });
	const id = useId();
	const rows = useMemo(
		() => visibleRows(tree, expansion, found.kept),
		[tree, revision, expansion, found.kept],
	);
	const sizes = useMemo(() => new Map<number, number>(), [tree, revision]);
	const sizeOf = (node: number) => {
		if (!isContainer(tree, node)) return 0;
		const known = sizes.get(node);
		if (known !== undefined) return known;
		const size = childCount(tree, node);
		sizes.set(node, size);
		return size;
	};

	const count = rows.length;
	// A new version, or another view before: what was at the top is there again.
	useLayoutEffect(() => {
		if (scroller.current && top !== NONE && top !== 0)
			putOnTop(scroller.current, { row: rowOf(rows, top), count });
	}, [tree]);
	useLayoutEffect(() => {
		if (!scroller.current || selected === NONE) return;
		const row = rowOf(rows, selected);
		const covered = Math.min(COVERED, depthOf(tree, selected));
		showRow(scroller.current, { row, count, covered });
	}, [selected, expansion, found.kept]);

	const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const page = Math.max(
			1,
			Math.floor(event.currentTarget.clientHeight / ROW_HEIGHT) - 1,
		);
		const stand: TreeStand = { tree, rows, expansion, selected, page };
		if (handleKey(event, stand)) event.preventDefault();
	};
	const handleKey = (event: KeyboardEvent, stand: TreeStand): boolean => {
		const { key, timeStamp } = event;
		const isTyping =
			typed.current.text !== "" && timeStamp - typed.current.at < TYPE_AHEAD_MS;
		const act = isTyping ? undefined : actFor(event);
		if (act && selected !== NONE) {
			onAct(act, selected, boxOf(`${id}-${selected}`));
			return true;
		}
		const move = moveFor(key, stand);
		if (move) control.change(move);
		if (move) return true;
		if (key === "Enter" && selected !== NONE) {
			onAct("open", selected, undefined);
			return true;
		}
		if (key.length !== 1 || key === "/" || key === " ") return false;
		const text = (isTyping ? typed.current.text : "") + key;
		typed.current = { text, at: timeStamp };
		const node = typeAhead(text, stand);
		if (node !== undefined) control.change({ selected: node });
		return true;
	};
	const onClick = (event: TargetedMouseEvent<HTMLDivElement>) => {
		const target = event.target;
		if (!(target instanceof Element)) return;
		const node = nodeOf(target);
		if (node === undefined) return;
		const act = target.closest("[data-act]")?.getAttribute("data-act");
		if (act === "open" || act === "menu") {
			control.change({ selected: node });
			onAct(act, node, target.getBoundingClientRect());
			return;
		}
		const isTurned = target.classList.contains("twisty") || event.detail === 2;
		if (!isTurned || !isContainer(tree, node)) {
			control.change({ selected: node });
			return;
		}
		const open = !isOpenAt(expansion, node, depthOf(tree, node));
		control.change({
			selected: node,
			expansion: turn(tree, expansion, { nodes: [node], open }),
		});
	};
	const onContextMenu = (event: TargetedMouseEvent<HTMLDivElement>) => {
		const node =
			event.target instanceof Element ? nodeOf(event.target) : undefined;
		if (node === undefined) return;
		event.preventDefault();
		control.change({ selected: node });
		onAct("menu", node, new DOMRect(event.clientX, event.clientY, 0, 0));
	};

	// A row that is drawn again as it was is the same object, which Preact then passes over.
	const drawn = useMemo(
		() => new Map<number, ComponentChild>(),
		[tree, revision, expansion, selected, duplicates, found],
	);
	const draw = (first: number, behind: number) => {
		const nodes = rows.subarray(first, behind);
		const depths = depthsOf(tree, nodes);
		for (const node of drawn.keys())
			if (node < at(nodes, 0) || node > at(nodes, nodes.length - 1))
				drawn.delete(node);
		return Array.from(nodes, (node, index) => {
			const depth = depths[index] ?? 0;
			const parent = at(tree.parent, node);
			const known = drawn.get(node);
			if (known) return known;
			const row = (
				<TreeRow
					key={node}
					tree={tree}
					node={node}
					id={`${id}-${node}`}
					depth={depth}
					isOpen={found.kept !== undefined || isOpenAt(expansion, node, depth)}
					isSelected={node === selected}
					siblings={parent === NONE ? 1 : sizeOf(parent)}
					children={isEmpty(tree, node) ? 0 : sizeOf(node)}
					isDuplicate={duplicates.has(node)}
					isFound={found.isFound(node)}
					found={found.pattern}
				/>
			);
			drawn.set(node, row);
			return row;
		});
	};
	return (
		<div class="scrolled">
			<Windowed
				count={count}
				rows={draw}
				scroller={scroller}
				pinned={(first) => (
					<Ancestors tree={tree} nodes={ancestorsAt(tree, rows, first)} />
				)}
				onTop={(row) => control.change({ top: at(rows, row) })}
				attributes={{
					role: "tree",
					"aria-label": "Configuration as a tree",
					"aria-activedescendant":
						selected === NONE ? undefined : `${id}-${selected}`,
					tabIndex: 0,
					onKeyDown,
					onClick,
					onContextMenu,
				}}
			/>
			<Marks
				count={count}
				rows={useMemo(
					() => found.nodes.map((node) => rowOf(rows, node)),
					[found.nodes, rows],
				)}
				current={found.current === NONE ? NONE : rowOf(rows, found.current)}
			/>
		</div>
	);
}

function actFor({ key, shiftKey }: KeyboardEvent): NodeAct | undefined {
	if (key === "c") return "copy-value";
	if (key === "p") return "copy-path";
	return key === "ContextMenu" || (key === "F10" && shiftKey)
		? "menu"
		: undefined;
}

function nodeOf(element: Element): number | undefined {
	const row = element.closest("[data-node]");
	return row ? Number(row.getAttribute("data-node")) : undefined;
}

function boxOf(id: string): DOMRect | undefined {
	return document.getElementById(id)?.getBoundingClientRect();
}

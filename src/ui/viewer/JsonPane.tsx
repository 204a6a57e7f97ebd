// JSON on show as a tree or formatted: finding in it, copying of it, values opened beside it.
import type { ComponentChildren } from "preact";
import { useCallback, useMemo, useState } from "preact/hooks";
import { expandTo, reveal } from "../../document/expansion.ts";
import { readPath, resolvePath } from "../../document/paths.ts";
import { NONE, type Tree } from "../../document/tree.ts";
import { CopyMenu } from "./CopyMenu.tsx";
import { Details, Refused } from "./Details.tsx";
import { FindBar } from "./FindBar.tsx";
import { FormattedView } from "./FormattedView.tsx";
import { LevelButtons } from "./LevelButtons.tsx";
import { PathBar } from "./PathBar.tsx";
import { ProblemBar } from "./ProblemBar.tsx";
import { TreeView } from "./TreeView.tsx";
import { neighbour, useFind } from "./use-find.ts";
import type { FindControl } from "./use-find-control.tsx";
import { useDuplicates, useJson } from "./use-json.ts";
import { useNodeCopy } from "./use-node-copy.ts";
import type { NodeAct } from "./use-node-rows.ts";
import { useOutline } from "./use-outline.ts";
import { hasDetails } from "./Value.tsx";

export interface JsonPaneProps {
	readonly body: Uint8Array;
	readonly view: "tree" | "pretty";
	/** The switch of views, at the left of the bar. */
	readonly viewSwitch: ComponentChildren;
	readonly find: FindControl;
	readonly onSay: (text: string) => void;
	/** Gives the focus back to the rows. */
	readonly onFocusRows: () => void;
}

interface Opened {
	readonly node: number;
	readonly at: DOMRect;
}

export function JsonPane(props: JsonPaneProps) {
	const { body, view, viewSwitch, find, onSay } = props;
	const json = useJson(body);
	const { tree } = json;
	const duplicates = useDuplicates(json);
	const treeControl = useOutline(tree, firstLevel(body.length));
	const textControl = useOutline(tree, Number.POSITIVE_INFINITY);
	const control = view === "tree" ? treeControl : textControl;
	const { selected } = control.outline;
	const found = useFind(json, find.isOpen ? find.form : undefined, selected);
	const { copy, refused, dismiss } = useNodeCopy(tree, onSay);
	const [menu, setMenu] = useState<Opened>();
	// It stays what it was when a new version comes.
	const [details, setDetails] = useState<{ tree: Tree; node: number }>();
	const closeMenu = useCallback(() => setMenu(undefined), []);

	const go = (node: number) => {
		const { expansion } = control.outline;
		control.change({
			selected: node,
			expansion: reveal(tree, expansion, node),
		});
	};
	const step = (direction: 1 | -1) => {
		const node = neighbour(found.nodes, selected, direction);
		if (node !== undefined) go(node);
	};
	const target = useMemo(() => {
		const path = find.form.regex ? undefined : readPath(find.form.typed);
		return find.form.typed && path ? resolvePath(tree, path) : undefined;
	}, [tree, find.form]);
	const act = (what: NodeAct, node: number, at: DOMRect | undefined) => {
		if (what === "copy-value") void copy(node, "value");
		else if (what === "copy-path") void copy(node, "JSONPath");
		else if (what === "menu") setMenu({ node, at: at ?? new DOMRect() });
		else if (hasDetails(tree, node)) setDetails({ tree, node });
	};
	return (
		<>
			<div class="views">
				{viewSwitch}
				<LevelButtons
					onLevel={(level) => control.change({ expansion: expandTo(level) })}
				/>
				{find.button}
			</div>
			{find.isOpen && (
				<FindBar
					form={find.form}
					onChange={find.change}
					total={found.nodes.length}
					position={found.nodes.indexOf(found.current)}
					trouble={found.trouble}
					onStep={step}
					onGo={target === undefined ? undefined : () => go(target)}
					canFilter={view === "tree"}
					onClose={find.close}
				/>
			)}
			{tree.problem && <ProblemBar text={tree.text} problem={tree.problem} />}
			{duplicates.size > 0 && (
				<p class="problem note">
					{duplicates.size} keys stand more than once in their object. Most
					readers keep the last of each.{" "}
					<button
						type="button"
						class="link"
						onClick={() => go(neighbour([...duplicates], selected, 1) ?? 0)}
					>
						Show the next
					</button>
				</p>
			)}
			{view === "tree" ? (
				<TreeView
					json={json}
					control={treeControl}
					duplicates={duplicates}
					found={found}
					onAct={act}
				/>
			) : (
				<FormattedView
					json={json}
					control={textControl}
					found={found}
					onAct={act}
				/>
			)}
			{refused !== undefined && <Refused text={refused} onClose={dismiss} />}
			{details && (
				<Details {...details} onClose={() => setDetails(undefined)} />
			)}
			{selected !== NONE && (
				<PathBar
					tree={tree}
					node={selected}
					onCopy={() => void copy(selected, "JSONPath")}
				/>
			)}
			{menu && (
				<CopyMenu
					tree={tree}
					node={menu.node}
					at={menu.at}
					onChoose={(kind) => {
						void copy(menu.node, kind);
						closeMenu();
						props.onFocusRows();
					}}
					onClose={() => {
						closeMenu();
						props.onFocusRows();
					}}
				/>
			)}
		</>
	);
}

/** Levels open at first, by size in bytes: all of a small document, the top of a big one. */
function firstLevel(size: number): number {
	if (size <= 4_000) return Number.POSITIVE_INFINITY;
	return size <= 64_000 ? 2 : 1;
}

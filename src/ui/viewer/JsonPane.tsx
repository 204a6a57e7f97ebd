import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
	type Expansion,
	expandToLevel,
	reveal,
} from "../../document/json/expansion.ts";
import { parsePath, resolvePath } from "../../document/json/paths.ts";
import { NONE, type Tree } from "../../document/json/tree.ts";
import { useAnnounce } from "../components/status.tsx";
import { escapedText } from "../components/text-spans.tsx";
import type { Content } from "../content/content.ts";
import { useConverted } from "../content/conversion.ts";
import type { JsonSource } from "../content/json-source.ts";
import type { ChangeHighlight } from "../content/previous-version.ts";
import {
	type SourceHighlight,
	useDuplicateKeys,
	useJsonDocument,
} from "../content/use-json-document.ts";
import { Details } from "./Details.tsx";
import { FindBar, type FindControl } from "./find/FindBar.tsx";
import { type FindResult, nextMatch, useFind } from "./find/use-find.ts";
import {
	DuplicatesBar,
	LevelButtons,
	PathBar,
	ProblemBar,
} from "./JsonBars.tsx";
import { FormattedView } from "./text/FormattedView.tsx";
import { useBlameColumn, useTreeAnnotations } from "./tree/annotations.tsx";
import { TreeView } from "./tree/TreeView.tsx";
import { copyNode, useNodeActions } from "./tree/use-node-actions.tsx";
import {
	type ScrollTarget,
	type TreeStateControl,
	useTreeState,
} from "./tree/use-tree-state.ts";
import { hasDetails } from "./tree/Value.tsx";

export interface JsonPaneProps {
	readonly source: JsonSource;
	/** What the source was read from. */
	readonly content: Content;
	readonly view: "tree" | "formatted";
	/** The switch of views, at the left of the bar. */
	readonly viewSwitch: ComponentChildren;
	readonly find: FindControl;
	readonly highlight: SourceHighlight | undefined;
}

export function JsonPane(props: JsonPaneProps) {
	const { source, content, view, viewSwitch, find, highlight } = props;
	const announce = useAnnounce();
	const json = useJsonDocument(source);
	const { tree } = json;
	const annotations = useTreeAnnotations(
		json.source === source ? content : undefined,
	);
	const blame = useBlameColumn(json.source === source ? content : undefined);
	const duplicates = useDuplicateKeys(json);
	const trees = useTreeState(tree, firstLevel(json.source.size));
	const texts = useTreeState(tree, Number.POSITIVE_INFINITY);
	const control = view === "tree" ? trees : texts;
	const { selected } = control.state;
	const found = useFind(json, find.isOpen ? find.form : undefined, selected);
	// It stays what it was when a new version comes.
	const [details, setDetails] = useState<{ tree: Tree; node: number }>();
	const onOpen = (node: number) => {
		if (hasDetails(tree, node)) setDetails({ tree, node });
	};
	const { onAct, menu } = useNodeActions({ tree, onOpen });
	const onGo = (node: number) => go(control, node);
	const target = useFirstMatch(control, found);
	return (
		<>
			<div class="views">
				{viewSwitch}
				<LevelButtons
					onLevel={(level) =>
						control.change({ expansion: expandToLevel(level) })
					}
				/>
				{view === "tree" && (
					// Always in its place: it is known a moment after the tree whose column it is.
					<button
						type="button"
						class="blame"
						aria-pressed={blame?.isOn ?? false}
						disabled={!blame}
						title="Version and age of the last change of each value (Shift+B)"
						onClick={() => blame?.onToggle()}
					>
						Blame
					</button>
				)}
				{find.button}
			</div>
			{find.isOpen && (
				<TreeFind
					find={find}
					view={view}
					tree={tree}
					found={found}
					selected={selected}
					onGo={onGo}
				/>
			)}
			{tree.problem && <ProblemBar text={tree.text} problem={tree.problem} />}
			<DuplicatesBar duplicates={duplicates} selected={selected} onGo={onGo} />
			{view === "tree" ? (
				<TreeView
					json={json}
					control={control}
					found={found}
					target={target}
					onAct={onAct}
					duplicates={duplicates}
					annotations={annotations}
					blame={blame?.isOn ? blame : undefined}
					changed={
						highlight?.source === json.source ? highlight.nodes : undefined
					}
				/>
			) : (
				<FormattedView
					json={json}
					control={control}
					found={found}
					target={target}
					onAct={onAct}
				/>
			)}
			{details && (
				<Details {...details} onClose={() => setDetails(undefined)} />
			)}
			{selected !== NONE && (
				<PathBar
					tree={tree}
					node={selected}
					onCopy={() =>
						copyNode({ tree, node: selected, announce }, "JSONPath")
					}
				/>
			)}
			{menu}
		</>
	);
}

/** The match that an answer brings into sight: of those that it found, the one that Enter goes to. */
function useFirstMatch(
	control: TreeStateControl,
	found: FindResult,
): ScrollTarget | undefined {
	const [sought, setSought] = useState<ScrollTarget>();
	const opened = useRef<{ before: Expansion; after: Expansion }>(undefined);
	const { nodes, current, isAnswered } = found;
	useEffect(() => {
		const { tree, expansion, selected } = control.state;
		const node = current === NONE ? nextMatch(nodes, selected, 1) : undefined;
		if (node === undefined) return;
		// What was opened for the match before is closed again, unless the user has gone on from there.
		const before =
			opened.current?.after === expansion ? opened.current.before : expansion;
		const after = reveal(tree, before, node);
		opened.current = { before, after };
		if (after !== expansion) control.change({ expansion: after });
		setSought({ node });
	}, [nodes, isAnswered]);
	return sought;
}

function go({ state, change }: TreeStateControl, node: number): void {
	const { tree, expansion } = state;
	change({ selected: node, expansion: reveal(tree, expansion, node) });
}

interface TreeFindProps {
	readonly find: FindControl;
	readonly view: JsonPaneProps["view"];
	readonly tree: Tree;
	readonly found: FindResult;
	readonly selected: number;
	readonly onGo: (node: number) => void;
}

function TreeFind(props: TreeFindProps) {
	const { find, view, tree, found, selected, onGo } = props;
	const announce = useAnnounce();
	const { typed, regex } = find.form;
	const target = useMemo(() => {
		const path = typed && !regex ? parsePath(typed) : undefined;
		return path && resolvePath(tree, path);
	}, [tree, typed, regex]);
	return (
		<FindBar
			form={find.form}
			onChange={find.change}
			total={found.nodes.length}
			position={found.nodes.indexOf(found.current)}
			isAnswered={found.isAnswered}
			error={found.error}
			onStep={(steps) => {
				let node: number | undefined = selected;
				for (const by of steps)
					node = nextMatch(found.nodes, node ?? selected, by);
				if (node !== undefined) onGo(node);
			}}
			onGoToPath={target === undefined ? undefined : () => onGo(target)}
			onCopy={
				selected === NONE
					? undefined
					: () => copyNode({ tree, node: selected, announce }, "value")
			}
			target={view === "tree" ? "tree" : "formatted"}
			onClose={find.close}
		/>
	);
}

/** Levels open at first, by size in bytes: all of a small document, the top of a big one. */
function firstLevel(size: number): number {
	if (size <= 4_000) return Number.POSITIVE_INFINITY;
	return size <= 64_000 ? 2 : 1;
}

export interface ConvertedPaneProps
	extends Omit<JsonPaneProps, "source" | "content" | "highlight"> {
	readonly content: Content & { readonly kind: "yaml" | "ion" };
	readonly highlight: ChangeHighlight | undefined;
}

/** YAML or Ion as a tree: the JSON that it was converted to, or why it cannot be. */
export function ConvertedPane(props: ConvertedPaneProps) {
	const { content, view, viewSwitch, find, highlight } = props;
	const conversion = useConverted(content);
	if (conversion.state === "ready")
		return (
			<JsonPane
				view={view}
				viewSwitch={viewSwitch}
				find={find}
				source={conversion.converted.json()}
				content={conversion.content}
				highlight={
					highlight?.content === conversion.content
						? { source: conversion.converted.json(), nodes: highlight.nodes }
						: undefined
				}
			/>
		);
	return (
		<>
			<div class="views">{viewSwitch}</div>
			{conversion.state === "failed" ? (
				<pre class="problem" role="alert">
					No tree of this {content.kind === "yaml" ? "YAML" : "Ion"}:{" "}
					{escapedText(conversion.reason)}
					{"\n"}Raw shows the text.
				</pre>
			) : (
				<div class="placeholder" />
			)}
		</>
	);
}

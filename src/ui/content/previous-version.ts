import { useEffect, useRef, useState } from "preact/hooks";
import type { Tree } from "../../document/json/tree.ts";
import type { Content } from "./content.ts";

/** The version before the one on show. */
export interface PreviousVersion {
	readonly hash: string;
	/** `undefined` when it is no longer stored. */
	read(): Promise<Content | undefined>;
	/** Nodes of the shown version's tree that differ from it. */
	changedNodes(): Promise<Int32Array>;
}

/** As long as the animation in rows.css, and a moment more. */
const HIGHLIGHT_MS = 2_000;

/** What has just changed: nodes of the tree of a content. */
export interface ChangeHighlight {
	readonly content: Content;
	readonly nodes: Int32Array;
}

/** Nodes that changed in the version that has just arrived, for two seconds. To select another version highlights nothing. */
export function useChangeHighlight(
	content: Content,
	previous: PreviousVersion | undefined,
	isNewest: boolean,
): ChangeHighlight | undefined {
	const shown = useRef({ content, isNewest });
	const [highlight, setHighlight] = useState<ChangeHighlight>();
	useEffect(() => {
		const old = shown.current;
		shown.current = { content, isNewest };
		if (!previous || !isNewest || !old.isNewest || old.content === content)
			return;
		previous.changedNodes().then(
			(nodes) => setHighlight({ content, nodes }),
			// The history shows why a version cannot be compared.
			() => undefined,
		);
	}, [content]);
	useEffect(() => {
		if (!highlight) return;
		const timer = setTimeout(() => setHighlight(undefined), HIGHLIGHT_MS);
		return () => clearTimeout(timer);
	}, [highlight]);
	return highlight?.content === content ? highlight : undefined;
}

/** The tree of the version before; it is read when a version is given. */
export function usePreviousTree(
	previous: PreviousVersion | undefined,
): Tree | undefined {
	const [read, setRead] = useState<{
		readonly hash: string;
		readonly tree: Tree;
	}>();
	const hash = previous?.hash;
	useEffect(() => {
		if (!previous) return;
		let stop = () => {};
		let isCancelled = false;
		const start = async () => {
			const content = await previous.read();
			if (!content || isCancelled) return;
			const { tree, parseRest } = content.json();
			const publish = () => setRead({ hash: previous.hash, tree });
			if (tree.done) publish();
			else stop = parseRest(publish);
		};
		void start();
		return () => {
			isCancelled = true;
			stop();
		};
	}, [hash]);
	return read && read.hash === hash ? read.tree : undefined;
}

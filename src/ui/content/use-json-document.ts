import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
	type DuplicateSearch,
	findDuplicateKeys,
} from "../../document/json/duplicate-keys.ts";
import {
	childCount,
	isContainer,
	type Tree,
} from "../../document/json/tree.ts";
import { runInSlices } from "./cooperative-work.ts";
import type { JsonSource } from "./json-source.ts";

export interface JsonDocument {
	/** The source on show: the one before, until the new one has been parsed. */
	readonly source: JsonSource;
	readonly tree: Tree;
	/** Grows when more of the same tree has been parsed. */
	readonly revision: number;
}

/** Nodes of a source's tree that have just changed. */
export interface SourceHighlight {
	readonly source: JsonSource;
	readonly nodes: Int32Array;
}

/** A new source takes the place of the one on show when it has been parsed, so that the view does not jump. */
export function useJsonDocument(source: JsonSource): JsonDocument {
	const [shown, setShown] = useState({ source, revision: 0 });
	// The effect would retain the document that was on show when it was created.
	const latest = useRef(shown);
	latest.current = shown;
	useEffect(() => {
		const publish = () =>
			setShown(({ revision }) => ({ source, revision: revision + 1 }));
		if (!source.tree.done) return source.parseRest(publish);
		if (source !== latest.current.source) publish();
	}, [source]);
	return { ...shown, tree: shown.source.tree };
}

const NO_NODES: DuplicateSearch["nodes"] = new Set();

/** Members whose keys are not theirs alone; looked for behind the first paint. */
export function useDuplicateKeys({
	tree,
	revision,
}: JsonDocument): ReadonlySet<number> {
	const [found, setFound] = useState({ tree, nodes: NO_NODES });
	useEffect(() => {
		if (!tree.done) return;
		const search = findDuplicateKeys(tree);
		return runInSlices(search.work, () =>
			setFound({ tree, nodes: search.nodes }),
		);
	}, [tree, revision]);
	return found.tree === tree ? found.nodes : NO_NODES;
}

/** How many children a node has, counted once: all children of a big array state it on their rows. */
export function useChildCounts({
	tree,
	revision,
}: JsonDocument): (node: number) => number {
	const counts = useMemo(() => new Map<number, number>(), [tree, revision]);
	return (node) => {
		if (!isContainer(tree, node)) return 0;
		const known = counts.get(node);
		if (known !== undefined) return known;
		const count = childCount(tree, node);
		counts.set(node, count);
		return count;
	};
}

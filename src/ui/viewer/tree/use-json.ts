// The JSON document on show, as a hook; a new version takes its place when it has been read, so that nothing jumps.
import { useEffect, useRef, useState } from "preact/hooks";
import {
	type DuplicateSearch,
	findDuplicateKeys,
} from "../../../document/json/duplicate-keys.ts";
import type { Dialect } from "../../../document/json/json-parser.ts";
import type { Tree } from "../../../document/json/tree.ts";
import { runInSlices } from "../../content/cooperative-work.ts";
import { openJson } from "../../content/json-source.ts";

export interface JsonDocument {
	/** What the tree was read from: the one before, until the new one has been read. */
	readonly body: Uint8Array;
	readonly tree: Tree;
	readonly dialect: Dialect;
	/** Grows when more of the same tree has been read. */
	readonly revision: number;
}

export function useJsonDocument(
	body: Uint8Array,
	dialect: Dialect = "json",
): JsonDocument {
	const [shown, setShown] = useState(() => ({
		body,
		source: openJson(body, dialect),
		revision: 0,
	}));
	// The effect would keep what was on show before it ran: the document before this one.
	const latest = useRef(shown);
	latest.current = shown;
	useEffect(() => {
		const shown = latest.current;
		const source = body === shown.body ? shown.source : openJson(body, dialect);
		const publish = () =>
			setShown(({ revision }) => ({ body, source, revision: revision + 1 }));
		if (!source.tree.done) return source.readRest(publish);
		if (source !== shown.source) publish();
	}, [body]);
	return {
		body: shown.body,
		tree: shown.source.tree,
		dialect,
		revision: shown.revision,
	};
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

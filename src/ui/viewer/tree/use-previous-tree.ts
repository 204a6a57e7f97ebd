// The tree of the version before, as a hook; read when it is wanted, in slices behind the paint.
import { useEffect, useState } from "preact/hooks";
import type { Tree } from "../../../document/json/tree.ts";
import { openJson } from "../../content/json-source.ts";
import type { VersionChange } from "../../history/changes.ts";

interface PreviousTree {
	readonly hash: string;
	readonly tree: Tree;
}

/** Without a step nothing is wanted. */
export function usePreviousTree(
	step: VersionChange | undefined,
): Tree | undefined {
	const [before, setBefore] = useState<PreviousTree>();
	const hash = step?.before.hash;
	useEffect(() => {
		if (!step) return;
		let stop = () => {};
		let isWanted = true;
		const read = async () => {
			const { hash, number } = step.before;
			const body = await step.reader.readBody(step.id, number);
			if (!body || !isWanted) return;
			const { tree, readRest } = openJson(body);
			const publish = () => setBefore({ hash, tree });
			if (tree.done) publish();
			else stop = readRest(publish);
		};
		void read();
		return () => {
			isWanted = false;
			stop();
		};
	}, [hash]);
	return before && before.hash === hash ? before.tree : undefined;
}

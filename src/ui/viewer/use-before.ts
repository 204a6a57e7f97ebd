// The tree of the version before, as a hook; read in slices behind the paint.
import { useEffect, useState } from "preact/hooks";
import type { Tree } from "../../document/tree.ts";
import { openJson } from "./json-source.ts";

export function useBefore(body: Uint8Array | undefined): Tree | undefined {
	const [before, setBefore] = useState<{ body: Uint8Array; tree: Tree }>();
	useEffect(() => {
		if (!body) return;
		const source = openJson(body);
		const publish = () => setBefore({ body, tree: source.tree });
		if (!source.tree.done) return source.readRest(publish);
		publish();
	}, [body]);
	return before && before.body === body ? before.tree : undefined;
}

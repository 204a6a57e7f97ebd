import type { Plugin, Rolldown } from "vite";

/** https://v8.dev/blog/explicit-compile-hints: from Chromium 136 on. For other browsers it is a comment. */
const HINT = "//# allFunctionsCalledOnLoad\n";

/**
 * Lets the browser compile chunks completely in the background while it loads them. For chunks whose functions are nearly all
 * called before their first paint: in others the hint would compile unused functions, and a worker has a thread of its own.
 */
export function compileHints(
	isHinted: (chunk: Rolldown.OutputChunk) => boolean,
): Plugin {
	return {
		name: "compile-hints",
		apply: "build",
		enforce: "post",
		generateBundle: {
			// The hint has to be the first line, above what Vite inserts when all chunks are known.
			order: "post",
			handler(_options, bundle) {
				const hinted = Object.values(bundle)
					.filter((file) => file.type === "chunk")
					.filter(isHinted);
				if (hinted.length === 0)
					this.error("no chunk has the name of one that is hinted");
				for (const chunk of hinted) hint(chunk, bundle);
			},
		},
	};
}

function hint(
	chunk: Rolldown.OutputChunk,
	bundle: Rolldown.OutputBundle,
): void {
	chunk.code = HINT + chunk.code;
	const map = bundle[`${chunk.fileName}.map`];
	if (map?.type !== "asset") return;
	const { mappings, ...rest } = JSON.parse(`${map.source}`);
	// The code moved down by one line.
	map.source = JSON.stringify({ ...rest, mappings: `;${mappings}` });
}

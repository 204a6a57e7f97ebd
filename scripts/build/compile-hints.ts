// Has the browser compile files whole while it loads them, beside the page, rather than function by function in the page's way.
import type { Plugin, Rolldown } from "vite";

/** https://v8.dev/blog/explicit-compile-hints: Chromium from 136 on; to other browsers it is a comment. */
const HINT = "//# allFunctionsCalledOnLoad\n";

/**
 * For chunks nearly all of which is called before the first paint of what they show. In others the hint would compile what
 * nobody asks for, and in a worker, which is compiled in its own thread, what is asked for no sooner.
 */
export function compileHints(
	isMeant: (chunk: Rolldown.OutputChunk) => boolean,
): Plugin {
	return {
		name: "with-compile-hint",
		apply: "build",
		enforce: "post",
		generateBundle: {
			// Nothing may stand before it, not even what Vite writes when all chunks are known.
			order: "post",
			handler(_options, bundle) {
				const meant = Object.values(bundle)
					.filter((file) => file.type === "chunk")
					.filter(isMeant);
				if (meant.length === 0) this.error("no chunk is meant");
				for (const chunk of meant) hint(chunk, bundle);
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
	// A line further down.
	map.source = JSON.stringify({ ...rest, mappings: `;${mappings}` });
}

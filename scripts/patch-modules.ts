// Leaves parts of libraries out of a build that cannot be reached in it, and makes sure that they are still where they were.
import type { Plugin } from "vite";

export interface Cut {
	/** The end of the module's path. */
	readonly module: string;
	/** What stands there now; when it does not, or there is no such module, the SDK has changed and the build says so. */
	readonly find: string;
	/** In its place. */
	readonly put?: string;
	/** In place of the whole module. */
	readonly whole?: string;
}

/** `id` matches the paths of the library's modules. */
export function leaveOut(
	name: string,
	id: RegExp,
	cuts: readonly Cut[],
): Plugin {
	const found = new Set<Cut>();
	return {
		name,
		apply: "build",
		transform: {
			filter: { id },
			handler(code, path) {
				const cut = cuts.find(({ module }) =>
					path.replaceAll("\\", "/").endsWith(module),
				);
				if (!cut) return undefined;
				found.add(cut);
				if (!code.includes(cut.find))
					this.error(
						`${cut.find} was not found: look at how the library does it now`,
					);
				if (cut.whole) return { code: cut.whole, map: { mappings: "" } };
				// A null map keeps the one there is: no line moves.
				return { code: code.replace(cut.find, cut.put ?? ""), map: null };
			},
		},
		buildEnd(error) {
			const moved = cuts.filter((cut) => !found.has(cut));
			if (!error && found.size > 0 && moved.length > 0)
				this.error(
					`Not met: ${moved.map(({ module }) => module).join(", ")}; look at where the library has it now`,
				);
		},
	};
}

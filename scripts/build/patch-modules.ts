// Leaves parts of libraries out of a build that cannot be reached in it, and makes sure that they are still where they were.
import type { Plugin } from "vite";

export interface ModulePatch {
	/** The end of the module's path. */
	readonly module: string;
	/** What stands there now; when it does not, or there is no such module, the SDK has changed and the build says so. */
	readonly find: string;
	/** In its place. */
	readonly replaceWith?: string;
	/** In place of the whole module. */
	readonly replaceModule?: string;
}

/** `id` matches the paths of the library's modules. */
export function patchModules(
	name: string,
	id: RegExp,
	cuts: readonly ModulePatch[],
): Plugin {
	const found = new Set<ModulePatch>();
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
				if (cut.replaceModule)
					return { code: cut.replaceModule, map: { mappings: "" } };
				// A null map keeps the one there is: no line moves.
				return {
					code: code.replace(cut.find, cut.replaceWith ?? ""),
					map: null,
				};
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

// Gives the worker its own copy of the modules that it shares with the pages, so that neither loads what only the other needs.
import type { Plugin } from "vite";

const OWN = "?worker-copy";
const SHARED = /\/src\/(core|storage)\/|\/node_modules\/idb\//;
const WORKER = /\/src\/background\//;

/** Without it the bundler puts shared modules into chunks with all that anyone uses of them: about 4 kB more for each, against 4 kB more on disk. */
export function workerModuleCopies(): Plugin {
	return {
		name: "with-own-core",
		enforce: "pre",
		async resolveId(source, importer, options) {
			if (!importer || !(WORKER.test(importer) || importer.endsWith(OWN)))
				return undefined;
			const resolved = await this.resolve(source, importer, options);
			if (!resolved || resolved.external || !SHARED.test(resolved.id))
				return resolved;
			return { ...resolved, id: resolved.id + OWN };
		},
	};
}

import type { Plugin } from "vite";

const SUFFIX = "?worker-copy";
const SHARED = /\/src\/(core|storage)\/|\/node_modules\/(idb)\//;
const WORKER = /\/src\/background\//;

/**
 * Gives the service worker its own copies of the modules that it shares with the pages. Otherwise a shared module is in a
 * chunk with everything that any page or the worker uses of it: 26 kB more for the worker and 2 kB more for each page, while
 * the copies take 5 kB of the zip.
 */
export function workerModuleCopies(): Plugin {
	return {
		name: "worker-module-copies",
		enforce: "pre",
		async resolveId(source, importer, options) {
			if (!importer || !(WORKER.test(importer) || importer.endsWith(SUFFIX)))
				return undefined;
			const resolved = await this.resolve(source, importer, options);
			if (!resolved || resolved.external || !SHARED.test(resolved.id))
				return resolved;
			return { ...resolved, id: resolved.id + SUFFIX };
		},
	};
}

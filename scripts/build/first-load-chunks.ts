import type { Rolldown } from "vite";

const ENTRY_FOLDER = /\/src\/([a-z]+)\/[^/]*$/;
/** What the forms of the options page consist of, and other pages load on demand. */
const FORM_MODULE = /\/src\/(core|options)\/.*\.tsx?$/;

/** One chunk for the modules that the popup and another page load first: many small files compress and load worse. */
export const firstLoadChunk: Rolldown.CodeSplittingGroup = {
	debugName: "shared",
	name: (id, modules) => {
		const pages = pagesLoadingFirst(id, modules);
		return pages.has("popup") && pages.size > 1 ? "shared" : null;
	},
	// Styles keep a file for each page.
	test: (id) => !id.endsWith(".css"),
	priority: 2,
};

/** One chunk for the modules that the options page loads first and another chunk needs as well. */
export const formsChunk: Rolldown.CodeSplittingGroup = {
	debugName: "forms",
	name: (id, modules) =>
		pagesLoadingFirst(id, modules).has("options") ? "forms" : null,
	test: FORM_MODULE,
	minShareCount: 2,
};

/** The folders of the pages that import a module statically, directly or through others. */
function pagesLoadingFirst(
	id: string,
	modules: Rolldown.ChunkingContext,
): ReadonlySet<string> {
	const pages = new Set<string>();
	const visited = new Set<string>();
	const waiting = [id];
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		if (visited.has(next)) continue;
		visited.add(next);
		const module = modules.getModuleInfo(next);
		const [, folder] = (module?.isEntry && ENTRY_FOLDER.exec(next)) || [];
		// The worker is no page, and has copies of its own.
		if (folder && folder !== "background") pages.add(folder);
		waiting.push(...(module?.importers ?? []));
	}
	return pages;
}

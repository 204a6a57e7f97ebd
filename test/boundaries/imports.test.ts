import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/paths.ts";

/** Edges from importer to imported, by path from the project's folder. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

const IMPORT =
	/(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\bnew URL\(\s*)["'](\.{1,2}\/[^"'?]+)/g;

/**
 * Folders of src/ui from the bottom up. A folder may import those of the rows above it here, and nothing beside or below it.
 */
const UI_LAYERS = [
	["components", "hooks", "background-client", "virtual-list", "content"],
	["diff"],
	["errors", "snippets", "viewer", "copy"],
	["version-chooser"],
	["compare"],
	[
		"history",
		"deployments",
		"since",
		"matrix",
		"watch",
		"blame",
		"timeline",
		"profiles",
		"search",
	],
	["inspector"],
] as const;

const files = readFiles();

describe("imports", () => {
	it("form no cycle of files, type-only imports included", () => {
		expect(cyclesOf(files)).toEqual([]);
	});

	it("form no cycle of folders, where a folder and its subfolder are two", () => {
		expect(cyclesOf(byFolder(files))).toEqual([]);
	});

	it("lead from the upper folders of the UI to the lower ones", () => {
		const layerOf = (path: string) => {
			const [, src, folder] = path.match(/^src\/(ui)\/([^/]+)\//) ?? [];
			if (!src) return undefined;
			const layer = UI_LAYERS.findIndex((row) =>
				(row as readonly string[]).includes(folder ?? ""),
			);
			expect(layer, `${path} is in no layer of UI_LAYERS`).not.toBe(-1);
			return { folder, layer };
		};
		const upward: string[] = [];
		for (const [file, imported] of files) {
			const from = layerOf(file);
			for (const path of from ? imported : []) {
				const to = layerOf(path);
				if (from && to && to.folder !== from.folder && to.layer > from.layer)
					upward.push(`${file} imports ${path}`);
			}
		}
		expect(upward).toEqual([]);
	});
});

it("files whose names differ in case alone stand nowhere: macOS and Windows take them for one", () => {
	const names = [...files.keys()].map((path) =>
		path.replace(/\.\w+$/, "").toLowerCase(),
	);
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual(
		[],
	);
});

function readFiles(): Graph {
	const root = fromRoot();
	const paths = readdirSync(join(root, "src"), {
		recursive: true,
		withFileTypes: true,
	})
		.filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name))
		.map((entry) =>
			relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"),
		);
	const known = new Set(paths);
	return new Map(
		paths.map((path) => {
			const source = readFileSync(join(root, path), "utf8");
			const imported = [...source.matchAll(IMPORT)].map(([, to = ""]) =>
				posix.join(posix.dirname(path), to),
			);
			return [path, new Set(imported.filter((to) => known.has(to)))];
		}),
	);
}

function byFolder(graph: Graph): Graph {
	const folders = new Map<string, Set<string>>();
	for (const [file, imported] of graph) {
		const folder = dirname(file);
		const targets = folders.get(folder) ?? new Set();
		folders.set(folder, targets);
		for (const path of imported)
			if (dirname(path) !== folder) targets.add(dirname(path));
	}
	return folders;
}

/** The strongly connected components of more than one node (Tarjan 1972). */
function cyclesOf(graph: Graph): readonly (readonly string[])[] {
	const indexes = new Map<string, number>();
	const stack: string[] = [];
	const cycles: string[][] = [];
	const visit = (node: string): number => {
		const index = indexes.size;
		indexes.set(node, index);
		stack.push(node);
		let low = index;
		for (const next of graph.get(node) ?? []) {
			if (!indexes.has(next)) low = Math.min(low, visit(next));
			else if (stack.includes(next))
				low = Math.min(low, indexes.get(next) ?? low);
		}
		if (low === index) {
			const component = stack.splice(stack.indexOf(node));
			if (component.length > 1) cycles.push(component.sort());
		}
		return low;
	};
	for (const node of graph.keys()) if (!indexes.has(node)) visit(node);
	return cycles;
}

import type { Rolldown } from "vite";
import { expect, test } from "vitest";
import {
	firstLoadChunk,
	formsChunk,
} from "../../../scripts/build/first-load-chunks.ts";

/** The static importers of each module. Those of pages are entries. */
const IMPORTERS: Readonly<Record<string, readonly string[]>> = {
	"/src/popup/index.html": [],
	"/src/devtools/panel.html": [],
	"/src/options/index.html": [],
	"/src/background/main.ts": [],
	"/src/ui/inspector/Inspector.tsx": [
		"/src/popup/index.html",
		"/src/devtools/panel.html",
	],
	"/src/ui/components/Icon.tsx": [
		"/src/ui/inspector/Inspector.tsx",
		"/src/ui/components/Icon.tsx",
	],
	"/src/core/connection/endpoint.ts": ["/src/options/index.html"],
	"/src/popup/popup.ts": ["/src/popup/index.html", "/src/background/main.ts"],
	// Only loaded on demand.
	"/src/ui/viewer/Viewer.tsx": [],
};

const modules = {
	getModuleInfo: (id: string) => ({
		isEntry: /html$|main\.ts$/.test(id),
		importers: IMPORTERS[id] ?? [],
	}),
} as unknown as Rolldown.ChunkingContext;

function chunkOf(group: Rolldown.CodeSplittingGroup, id: string) {
	return typeof group.name === "function" ? group.name(id, modules) : undefined;
}

test.each([
	["/src/ui/inspector/Inspector.tsx", "shared"],
	["/src/ui/components/Icon.tsx", "shared"],
	["/src/popup/popup.ts", null],
	["/src/core/connection/endpoint.ts", null],
	["/src/ui/viewer/Viewer.tsx", null],
])(
	"%s, if the popup and another page load it first, is in the chunk %s",
	(id, chunk) => {
		expect(chunkOf(firstLoadChunk, id)).toBe(chunk);
	},
);

test("the chunk of the forms has what the options page loads first", () => {
	expect(chunkOf(formsChunk, "/src/core/connection/endpoint.ts")).toBe("forms");
	expect(chunkOf(formsChunk, "/src/ui/inspector/Inspector.tsx")).toBeNull();
});

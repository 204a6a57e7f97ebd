// How the extension is bundled: every page and the worker from one build, byte-identical each time.
import { crx, type ManifestV3Export } from "@crxjs/vite-plugin";
import { defineConfig } from "vite";
import manifest from "./manifest.json" with { type: "json" };
import { compileHints } from "./scripts/build/compile-hints.ts";
import {
	firstLoadChunk,
	formsChunk,
} from "./scripts/build/first-load-chunks.ts";
import { patchSdk } from "./scripts/build/patch-sdk.ts";
import { withFirstFrame } from "./scripts/build/with-first-frame.ts";
import { workerModuleCopies } from "./scripts/build/worker-module-copies.ts";

/** What is shown of a configuration or a comparison before anything is clicked. */
const SHOWS_FIRST = /^(shared|viewer|Viewer|ComparePane|convert)$/;

export default defineConfig({
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	plugins: [
		workerModuleCopies(),
		patchSdk(),
		crx({ manifest: manifest as ManifestV3Export }),
		withFirstFrame(),
		compileHints(({ name }) => SHOWS_FIRST.test(name)),
	],
	worker: {
		rolldownOptions: {
			checks: { pluginTimings: false },
			output: { minify: true },
		},
	},
	build: {
		outDir: "dist",
		emptyOutDir: true,
		// As manifest.json's minimum_chrome_version.
		target: "chrome123",
		modulePreload: {
			// Every browser that can load the extension preloads modules by itself.
			polyfill: false,
			// Only the viewer is in a hurry; what else loads on demand finds its parts by its own imports.
			resolveDependencies: (file, parts, { hostType }) =>
				hostType === "html" || file.includes("/Viewer-")
					? parts
					: parts.filter((part) => part.endsWith(".css")),
		},
		rolldownOptions: {
			// DevTools and the views open them by name, so no manifest entry leads to them.
			input: {
				panel: "src/devtools/panel.html",
				page: "src/page/index.html",
				welcome: "src/welcome/index.html",
				// By name too: the bundler would make one script of it and the popup's own.
				"first-frame": "src/popup/restore-frame.ts",
			},
			output: {
				entryFileNames: ({ name }) =>
					name === "first-frame" ? "first-frame.js" : "assets/[name]-[hash].js",
				codeSplitting: { groups: [firstLoadChunk, formsChunk] },
			},
		},
	},
});

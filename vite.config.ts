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

/** The chunks that show a configuration or a comparison before the user clicks anything. */
const FIRST_VIEW = /^(shared|viewer|Viewer|ComparePane|compare-client)$/;

export default defineConfig({
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	plugins: [
		workerModuleCopies(),
		patchSdk(),
		crx({ manifest: manifest as ManifestV3Export }),
		withFirstFrame(),
		compileHints(({ name }) => FIRST_VIEW.test(name)),
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
			// All browsers that can load the extension support modulepreload.
			polyfill: false,
			// Only the viewer preloads its scripts; other chunks that load on demand find theirs by their imports.
			resolveDependencies: (file, parts, { hostType }) =>
				hostType === "html" || file.includes("/Viewer-")
					? parts
					: parts.filter((part) => part.endsWith(".css")),
		},
		rolldownOptions: {
			// The manifest does not name these pages: DevTools and other pages open them.
			input: {
				panel: "src/devtools/panel.html",
				page: "src/page/index.html",
				welcome: "src/welcome/index.html",
				// An entry of its own, because the bundler would otherwise join it with the popup's script.
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

// How the extension is bundled: every page and the worker from one build, byte-identical each time.
import { crx, type ManifestV3Export } from "@crxjs/vite-plugin";
import { defineConfig } from "vite";
import manifest from "./manifest.json" with { type: "json" };
import { withOwnCore } from "./scripts/with-own-core.ts";
import { withoutStrayMap } from "./scripts/without-stray-map.ts";
import { withoutUnreachedSdk } from "./scripts/without-unreached-sdk.ts";

export default defineConfig({
	oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
	plugins: [
		withOwnCore(),
		withoutUnreachedSdk(),
		crx({ manifest: manifest as ManifestV3Export }),
		withoutStrayMap(),
	],
	build: {
		outDir: "dist",
		emptyOutDir: true,
		sourcemap: true,
		// As manifest.json's minimum_chrome_version.
		target: "chrome123",
		// Every browser that can load the extension preloads modules by itself.
		modulePreload: { polyfill: false },
		rolldownOptions: {
			// DevTools opens it by name, so no manifest entry leads to it.
			input: { panel: "src/devtools/panel.html" },
			output: {
				// What popup, panel and options share comes in one file: eight small ones compress and load worse.
				codeSplitting: {
					groups: [
						{
							name: "view",
							test: /\/node_modules\/preact\/|\/src\/(store\/|core\/contract|ui\/(?!viewer\/(?!ConfigurationView)|compare\/|Comparison|FaultBar|remedy|needed-host))|rolldown\/runtime/,
							minShareCount: 2,
						},
					],
				},
			},
		},
	},
});

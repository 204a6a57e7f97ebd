import { createHash } from "node:crypto";
import type { Plugin, Rolldown } from "vite";

const PAGE = "src/popup/index.html";
const MANIFEST = "manifest.json";

const STYLE = /\s*<link rel="stylesheet"[^>]* href="\/([^"]+)">/;
const MODULE = /\s*<script type="module"[^>]* src="([^"]+)"><\/script>/;
/** The module's preloads. */
const PARTS = /\s*<link rel="modulepreload"[^>]*>/g;

/**
 * Lets the popup paint before it loads its script: the style is in the page, and restore-frame.ts loads the module that stands in
 * `data-next` after the first paint.
 */
export function withFirstFrame(): Plugin {
	return {
		name: "with-first-frame",
		apply: "build",
		enforce: "post",
		generateBundle: {
			// After the page and the manifest have been generated.
			order: "post",
			handler(_options, bundle) {
				const [page, manifest] = [PAGE, MANIFEST].map((name) =>
					assetOf(bundle, name),
				);
				if (!page || !manifest) throw new Error("no popup was built");
				const html = textOf(page);
				const [styleTag = "", styleName = ""] = STYLE.exec(html) ?? [];
				const [moduleTag = "", module = ""] = MODULE.exec(html) ?? [];
				const style = textOf(assetOf(bundle, styleName)).trim();
				delete bundle[styleName];
				page.source = html
					.replace(PARTS, "")
					.replace(moduleTag, "")
					.replace(styleTag, () => `<style>${style}</style>`)
					.replace("data-next", `data-next="${module}"`);
				manifest.source = allowStyle(textOf(manifest), style);
			},
		},
	};
}

/** Adds the hash of the popup's style to the Content Security Policy, which allows no other inline style. */
function allowStyle(manifest: string, style: string): string {
	const hash = createHash("sha256").update(style).digest("base64");
	const own = "style-src 'self'";
	if (!manifest.includes(own)) throw new Error(`${MANIFEST} has no ${own}`);
	return manifest.replace(own, `${own} 'sha256-${hash}'`);
}

function assetOf(
	bundle: Rolldown.OutputBundle,
	name: string,
): Rolldown.OutputAsset {
	const found = bundle[name];
	if (found?.type !== "asset") throw new Error(`${name} was not built`);
	return found;
}

function textOf({ source }: Rolldown.OutputAsset): string {
	return typeof source === "string" ? source : Buffer.from(source).toString();
}

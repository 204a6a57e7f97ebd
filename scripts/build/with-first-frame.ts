// The popup's page as a browser shows it soonest: its style stands in it, and nothing but the first frame is asked for before that is painted.
import { createHash } from "node:crypto";
import type { Plugin, Rolldown } from "vite";

const PAGE = "src/popup/index.html";
const MANIFEST = "manifest.json";

const STYLE = /\s*<link rel="stylesheet"[^>]* href="\/([^"]+)">/;
const MODULE = /\s*<script type="module"[^>]* src="([^"]+)"><\/script>/;
/** What the module would be preloaded with. */
const PARTS = /\s*<link rel="modulepreload"[^>]*>/g;

export function withFirstFrame(): Plugin {
	return {
		name: "with-first-frame",
		apply: "build",
		enforce: "post",
		generateBundle: {
			// After the page and the manifest have been written.
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

/** The Content Security Policy takes no style out of a page but this one, by its hash. */
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

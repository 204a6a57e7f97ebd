// Drops the source map of a file that the extension plugin itself removes, so that dist/ holds nothing without a purpose.
import type { Plugin } from "vite";

export function withoutStrayMap(): Plugin {
	return {
		name: "without-stray-map",
		apply: "build",
		enforce: "post",
		generateBundle(_options, bundle) {
			for (const name of Object.keys(bundle))
				if (/crx-manifest\.js-.*\.map$/.test(name)) delete bundle[name];
		},
	};
}

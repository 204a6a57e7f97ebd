// Puts a short helper in the place of the one that Vite loads modules on demand with: every page has it in its first load.
import type { Plugin } from "vite";
import { patchModules } from "./build/patch-modules.ts";

/** Vite's own is for browsers without modulepreload, for nonces and for other bases too. A style that does not load keeps nothing waiting. */
const HELPER = `
const seen = {};
export const __vitePreload = async (load, paths = []) => {
	await Promise.all(paths.map((path) => seen[path] ??= new Promise((done) => {
		const href = "/" + path;
		if (document.querySelector('link[href="' + href + '"]')) return done();
		const link = document.createElement("link");
		const isStyle = path.endsWith(".css");
		link.rel = isStyle ? "stylesheet" : "modulepreload";
		link.href = href;
		if (isStyle) link.onload = link.onerror = done;
		else done();
		document.head.append(link);
	})));
	return load();
};`;

export function withShortPreload(): Plugin {
	return patchModules("with-short-preload", /vite\/preload-helper/, [
		{
			module: "vite/preload-helper.js",
			find: "export const __vitePreload",
			replaceModule: HELPER,
		},
	]);
}

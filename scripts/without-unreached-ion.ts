// Leaves out of the worker that reads text Ion what reads binary Ion, writes, and makes objects of it.
import type { Plugin } from "vite";
import { patchModules } from "./build/patch-modules.ts";

export function withoutUnreachedIon(): Plugin {
	return patchModules("without-unreached-ion", /[\\/]ion-js[\\/]/, [
		{
			module: "/es6/Ion.js",
			find: "return new TextReader(new StringSpan(buf), catalog);",
			replaceModule: `import { StringSpan } from "./IonSpan";
				import { TextReader } from "./IonTextReader";
				export { toBase64 } from "./IonText";
				export { IonTypes } from "./IonTypes";
				export const makeReader = (text) => new TextReader(new StringSpan(text));`,
		},
	]);
}

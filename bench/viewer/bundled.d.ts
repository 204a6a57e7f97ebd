// Types of imports that are not code or have no types.
declare module "*.css";
declare module "*?worker" {
	const WorkerClass: new () => Worker;
	export default WorkerClass;
}
declare module "monaco-editor/editor/editor.api.js" {
	export * from "monaco-editor";
}
declare module "monaco-editor/languages/definitions/javascript/register.js";
declare module "react-dom" {
	export function flushSync(work: () => void): void;
}
declare module "react-dom/client" {
	export function createRoot(container: Element): {
		render(element: unknown): void;
	};
}
declare module "jsoneditor" {
	export default class JSONEditor {
		constructor(container: Element, options: { mode: "view" });
		set(json: unknown): void;
	}
}

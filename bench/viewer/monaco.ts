// Monaco's editor without language services.
import * as monaco from "monaco-editor/editor/editor.api.js";
import "monaco-editor/languages/definitions/javascript/register.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

Object.assign(globalThis, {
	MonacoEnvironment: { getWorker: () => new EditorWorker() },
});
const container = room();
let editor: monaco.editor.IStandaloneCodeEditor | undefined;

offer({
	show: (bytes) => {
		editor = monaco.editor.create(container, {
			value: toText(bytes),
			language: "javascript",
		});
	},
	search: async (text) =>
		editor?.getModel()?.findMatches(text, false, false, false, null, false)
			.length ?? 0,
});

// Monaco's diff editor, side by side.
import * as monaco from "monaco-editor/editor/editor.api.js";
import "monaco-editor/languages/definitions/javascript/register.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

Object.assign(globalThis, {
	MonacoEnvironment: { getWorker: () => new EditorWorker() },
});
const container = room();

offer({
	show: (bytes) => {
		const model = (text: string) =>
			monaco.editor.createModel(text, "javascript");
		const editor = monaco.editor.createDiffEditor(container, {
			readOnly: true,
		});
		const shown = new Promise<void>((resolve) =>
			editor.onDidUpdateDiff(() => resolve()),
		);
		editor.setModel({
			original: model(toText(bytes)),
			modified: model(toText(window.other)),
		});
		return shown;
	},
});

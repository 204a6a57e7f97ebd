// CodeMirror 6 with JSON and search in its basic setup.
import { json } from "@codemirror/lang-json";
import { SearchQuery } from "@codemirror/search";
import { basicSetup, EditorView } from "codemirror";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

const parent = room();
const isFormatted = new URLSearchParams(location.search).has("formatted");
let view: EditorView | undefined;

offer({
	show: (bytes) => {
		const text = toText(bytes);
		const doc = isFormatted
			? JSON.stringify(JSON.parse(text), undefined, 2)
			: text;
		view = new EditorView({ doc, extensions: [basicSetup, json()], parent });
	},
	scroller: () => view?.scrollDOM ?? null,
	search: async (text) => {
		if (!view) return 0;
		const cursor = new SearchQuery({ search: text }).getCursor(view.state);
		let count = 0;
		while (!cursor.next().done) count += 1;
		return count;
	},
});

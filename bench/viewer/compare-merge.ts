// CodeMirror's merge view, side by side.
import { json } from "@codemirror/lang-json";
import { MergeView } from "@codemirror/merge";
import { basicSetup } from "codemirror";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

const parent = room();

offer({
	show: (bytes) => {
		const side = (text: string) => ({
			doc: text,
			extensions: [basicSetup, json()],
		});
		new MergeView({
			a: side(toText(bytes)),
			b: side(toText(window.other)),
			parent,
		});
	},
});

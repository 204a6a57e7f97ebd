// jsoneditor in its view mode.
import JSONEditor from "jsoneditor";
import "jsoneditor/dist/jsoneditor.css";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

const container = room();

offer({
	show: (bytes) => {
		const editor = new JSONEditor(container, { mode: "view" });
		editor.set(JSON.parse(toText(bytes)));
	},
});

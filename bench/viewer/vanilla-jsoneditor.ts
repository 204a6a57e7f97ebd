// vanilla-jsoneditor, as tree or as text.
import { createJSONEditor, Mode } from "vanilla-jsoneditor";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

const target = room();
const isText = new URLSearchParams(location.search).has("text");

offer({
	show: (bytes) => {
		createJSONEditor({
			target,
			props: {
				content: { text: toText(bytes) },
				mode: isText ? Mode.text : Mode.tree,
				readOnly: true,
			},
		});
	},
});

// The plain text in a <pre>.
import "./page.css";
import { offer, room, toText } from "./subject.ts";

const container = room();

offer({
	show: (bytes) => {
		const element = document.createElement("pre");
		element.textContent = toText(bytes);
		container.append(element);
	},
});

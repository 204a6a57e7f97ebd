// Our viewer, in the view that the page's address names.
import { render } from "preact";
import { openContent } from "../../src/ui/content/content.ts";
import { Viewer } from "../../src/ui/viewer/Viewer.tsx";
import "../../src/ui/components/tokens.css";
import "./page.css";
import { offer, room, until } from "./subject.ts";

const container = room("ours");
const view = new URLSearchParams(location.search).get("view") ?? "tree";
localStorage.setItem("view.bench", view);

offer({
	show: (body) =>
		render(
			<Viewer
				content={openContent(body, "application/json")}
				compact={false}
				preferencesKey="bench"
			/>,
			container,
		),
	expandAll: () => button("Expand all").click(),
	scroller: () => document.querySelector<HTMLElement>(".scroller"),
	openSearch: () => {
		document.querySelector<HTMLElement>(".opens-find")?.click();
		return until(field);
	},
	search: async (text) => {
		const element = await until(field);
		element.value = text;
		element.dispatchEvent(new InputEvent("input", { bubbles: true }));
		const found = await until(() => {
			const words = document.querySelector(".find output")?.textContent ?? "";
			const number = /^([\d,]+|No) match/.exec(words)?.[1];
			return number
				? { count: Number(number.replaceAll(",", "")) || 0 }
				: undefined;
		});
		return found.count;
	},
});

function field(): HTMLInputElement | null {
	return document.querySelector<HTMLInputElement>(".find input");
}

function button(name: string): HTMLElement {
	const found = document.querySelector<HTMLElement>(`[aria-label="${name}"]`);
	if (!found) throw new Error(`There is no button "${name}".`);
	return found;
}

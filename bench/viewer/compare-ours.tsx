// Our comparison of two versions, from their bytes to the displayed changes.
import { render } from "preact";
import { ComparePane } from "../../src/ui/compare/ComparePane.tsx";
import { openContent } from "../../src/ui/content/content.ts";
import "../../src/ui/components/tokens.css";
import "./page.css";
import { offer, room, until } from "./subject.ts";

const container = room("ours");
localStorage.setItem("view.compare.bench", "split");

offer({
	show: (body) => {
		const side = {
			name: "Version",
			hash: "",
			receivedAt: 0,
		};
		render(
			<ComparePane
				original={{ ...side, content: openContent(body, "application/json") }}
				modified={{
					...side,
					content: openContent(window.other, "application/json"),
				}}
				fileName="configuration.json"
				preferencesKey="bench"
			/>,
			container,
		);
		return until(() => document.querySelector(".is-inserted, .is-deleted"));
	},
});

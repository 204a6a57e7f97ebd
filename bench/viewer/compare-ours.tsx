// Our comparison of two versions, from their bytes to the displayed changes.
import { render } from "preact";
import { ComparePane } from "../../src/ui/compare/ComparePane.tsx";
import "../../src/ui/components/tokens.css";
import "./page.css";
import { offer, room, until } from "./subject.ts";

const container = room("ours");
localStorage.setItem("view.compare.bench", "split");

offer({
	show: (body) => {
		const side = {
			contentType: "application/json",
			name: "Version",
			hash: "",
			receivedAt: 0,
		};
		render(
			<ComparePane
				original={{ ...side, body }}
				modified={{ ...side, body: window.other }}
				fileName="configuration.json"
				compact={false}
				memoryKey="bench"
				onCopy={() => {}}
			/>,
			container,
		);
		return until(() => document.querySelector(".came, .gone"));
	},
});

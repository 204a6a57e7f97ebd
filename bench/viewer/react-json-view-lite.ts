// react-json-view-lite, which also shows all rows when everything is expanded.
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { allExpanded, collapseAllNested, JsonView } from "react-json-view-lite";
import "react-json-view-lite/dist/index.css";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

const root = createRoot(room());
let data: object = {};

offer({
	show: (bytes) => {
		data = JSON.parse(toText(bytes));
		draw(collapseAllNested);
	},
	expandAll: () => draw(allExpanded),
});

function draw(shouldExpandNode: (level: number) => boolean): void {
	flushSync(() =>
		root.render(createElement(JsonView, { data, shouldExpandNode })),
	);
}

// react-json-tree, collapsed but for its root.
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { JSONTree } from "react-json-tree";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

const root = createRoot(room());

offer({
	show: (bytes) =>
		flushSync(() =>
			root.render(createElement(JSONTree, { data: JSON.parse(toText(bytes)) })),
		),
});

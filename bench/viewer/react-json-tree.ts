// react-json-tree: as it comes, with the children of its root visible, or with its root collapsed too.
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { JSONTree } from "react-json-tree";
import "./page.css";
import { offer, room, toText } from "./subject.ts";

const root = createRoot(room());
const options = new URLSearchParams(location.search).has("closed")
	? { shouldExpandNodeInitially: () => false }
	: {};

offer({
	show: (bytes) =>
		flushSync(() =>
			root.render(
				createElement(JSONTree, {
					data: JSON.parse(toText(bytes)),
					...options,
				}),
			),
		),
});

// The popup's first script: it draws the frame that the last popup ended with (save-frame.ts), and only then loads the popup. The
// components take over the same elements. Without it a popup shows its content two to four frames later (npm run bench popup).
import type { Drawn, FRAME_KEY } from "./save-frame.ts";

/** Only its type is imported, so that this script stays small. */
const KEY: typeof FRAME_KEY = "popup.frame.2";
const SVG = "http://www.w3.org/2000/svg";

/** A page that is painted at all is painted by then. */
const MAX_WAIT_MS = 250;

// The popup's main module, which the build fills in (scripts/build/with-first-frame.ts).
const next = document.currentScript?.dataset.next ?? "";

try {
	const main = toNode(JSON.parse(localStorage.getItem(KEY) ?? ""), null);
	// Nothing reacts to clicks and keys until the components have taken the elements over.
	(main as Element).setAttribute("inert", "");
	document.body.replaceChildren(main);
} catch {
	// No frame was saved, or it is damaged: the popup starts empty.
}

afterFirstPaint(() => void import(/* @vite-ignore */ next));

/** Runs a callback after the first frame: on a busy machine that is painted the later the more runs before it. */
function afterFirstPaint(callback: () => void): void {
	let hasRun = false;
	const run = () => {
		if (!hasRun) callback();
		hasRun = true;
	};
	new PerformanceObserver((list) => {
		if (list.getEntriesByName("first-contentful-paint").length > 0) run();
	}).observe({ type: "paint", buffered: true });
	setTimeout(run, document.visibilityState === "hidden" ? 0 : MAX_WAIT_MS);
}

function toNode(drawn: Drawn, namespace: string | null): Node {
	if (typeof drawn === "string") return new Text(drawn);
	const [name, attributes, children] = drawn;
	const own = name === "svg" ? SVG : namespace;
	const element = own
		? document.createElementNS(own, name)
		: document.createElement(name);
	for (const attribute in attributes)
		element.setAttribute(attribute, attributes[attribute] ?? "");
	element.append(...children.map((child) => toNode(child, own)));
	return element;
}

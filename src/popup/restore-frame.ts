// The popup's first frame, as its last one was: small enough not to be waited for. Inspector then takes over the same elements.
import { afterFirstPaint } from "./after-first-paint.ts";
import type { Drawn, FRAME_KEY } from "./save-frame.ts";

/** The value is the compiler's to check: importing it would load what is not needed yet. */
const KEY: typeof FRAME_KEY = "popup.frame.2";
const SVG = "http://www.w3.org/2000/svg";

// The popup's own module; the build names it (scripts/build/with-first-frame.ts).
const next = document.currentScript?.dataset.next ?? "";

try {
	const main = toNode(JSON.parse(localStorage.getItem(KEY) ?? ""), null);
	// Nobody listens yet.
	(main as Element).setAttribute("inert", "");
	document.body.replaceChildren(main);
} catch {
	// There is none, or it was damaged: the popup begins empty, and is filled a moment later.
}

afterFirstPaint(() => void import(/* @vite-ignore */ next));

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

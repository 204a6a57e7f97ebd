// What the popup looks like, as plain data: from it the next one's first frame is drawn, before any component has run.
import type { BackgroundClient } from "../ui/background-client/background-client.ts";
import { saveItem } from "../ui/components/save-item.ts";

/** An element's name, attributes and children, or a text. */
export type Drawn =
	| string
	| readonly [
			name: string,
			attributes: Readonly<Record<string, string>>,
			children: readonly Drawn[],
	  ];

export const FRAME_KEY = "popup.frame.2";
/** A poll changes what is on show several times. */
const WAIT_MS = 500;
/** With many profiles there is always a poll, and each time costs a walk over the page. */
const WAIT_AGAIN_MS = 2_000;

/** Of what was said or opened then, of what servers said, of the bytes, and of what the history loads at rest, nothing is kept. */
const LEFT_OUT =
	".configuration > *, output, [data-memory-only], dialog, .menu, .tool, .used, .changes > *, input";
/** These would be wrong by then. */
const MOVING = ".age, [role=timer]";

/** Keeps it after every change. */
export function keepFrames(
	connection: BackgroundClient,
	storage: Storage,
): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let written = "";
	const keep = (waitMs: number) => {
		// Not put off by the next change: with many profiles there is always one.
		if (timer !== undefined) return;
		timer = setTimeout(() => {
			timer = undefined;
			const frame = draw() ?? written;
			if (frame === written) return;
			written = frame;
			// Older versions kept what servers had said in theirs.
			storage.removeItem("popup.frame");
			saveItem(storage, FRAME_KEY, frame);
		}, waitMs);
	};
	connection.subscribe(() => keep(WAIT_AGAIN_MS));
	keep(WAIT_MS);
}

function draw(): string | undefined {
	const main = document.querySelector("main");
	// The next one begins with the live version, whatever is on show in this one.
	if (!main || main.querySelector(".configuration > .bar, .compare"))
		return undefined;
	return JSON.stringify(toDrawn(main));
}

function toDrawn(element: Element): Drawn {
	const attributes = [...element.attributes].filter(
		// The Content Security Policy takes no styles from scripts, as attributes.
		({ name }) => name !== "style",
	);
	return [
		element.localName,
		Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
		element.matches(MOVING) ? [] : childrenOf(element).flatMap(toDrawnNode),
	];
}

function childrenOf(element: Element): readonly Node[] {
	return element instanceof HTMLSelectElement
		? [...element.selectedOptions]
		: [...element.childNodes];
}

function toDrawnNode(node: Node): readonly Drawn[] {
	if (node instanceof Text) return [node.data];
	return node instanceof Element && !node.matches(LEFT_OUT)
		? [toDrawn(node)]
		: [];
}

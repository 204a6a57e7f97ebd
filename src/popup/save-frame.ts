import type { BackgroundClient } from "../ui/background-client/background-client.ts";
import { saveItem } from "../ui/components/preferences.ts";

/** An element's name, attributes and children, or a text. */
export type Drawn =
	| string
	| readonly [
			name: string,
			attributes: Readonly<Record<string, string>>,
			children: readonly Drawn[],
	  ];

export const FRAME_KEY = "popup.frame.2";
/** A poll changes the page several times. */
const WAIT_MS = 500;
/** Longer, because with many profiles there is always a poll, and each save walks the whole page. */
const WAIT_AGAIN_MS = 2_000;

/** Not saved: messages, open menus, texts from servers, the bytes, and what the history loads when idle. */
const EXCLUDED =
	".configuration > *, output, [data-memory-only], dialog, .menu, .tool, .storage-use, .changes > *, input";
/** Texts that are out of date when the next popup opens. */
const VOLATILE = ".age, [role=timer]";

/** Saves the popup as plain data after each change, for restore-frame.ts. */
export function saveFrames(client: BackgroundClient, storage: Storage): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let written = "";
	const save = (waitMs: number) => {
		// A later change does not postpone it: with many profiles there is always one.
		if (timer !== undefined) return;
		timer = setTimeout(() => {
			timer = undefined;
			const frame = draw() ?? written;
			if (frame === written) return;
			written = frame;
			// Older versions saved texts from servers in it.
			storage.removeItem("popup.frame");
			saveItem(storage, FRAME_KEY, frame);
		}, waitMs);
	};
	client.subscribe(() => save(WAIT_AGAIN_MS));
	save(WAIT_MS);
}

function draw(): string | undefined {
	const main = document.querySelector("main");
	// The next popup starts with the live version, whatever this one shows.
	if (!main || main.querySelector(".configuration > .bar, .compare"))
		return undefined;
	return JSON.stringify(toDrawn(main));
}

function toDrawn(element: Element): Drawn {
	const attributes = [...element.attributes].filter(
		// The Content Security Policy blocks style attributes that a script sets.
		({ name }) => name !== "style",
	);
	return [
		element.localName,
		Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
		element.matches(VOLATILE) ? [] : childrenOf(element).flatMap(toDrawnNode),
	];
}

function childrenOf(element: Element): readonly Node[] {
	return element instanceof HTMLSelectElement
		? [...element.selectedOptions]
		: [...element.childNodes];
}

function toDrawnNode(node: Node): readonly Drawn[] {
	if (node instanceof Text) return [node.data];
	return node instanceof Element && !node.matches(EXCLUDED)
		? [toDrawn(node)]
		: [];
}

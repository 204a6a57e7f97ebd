import { useLayoutEffect, useRef } from "preact/hooks";

interface Entry {
	readonly close: () => void;
}

/** What Escape closes, the topmost last. Menus and dialogs stand above: they keep the key for themselves. */
const open: Entry[] = [];

/** Escape closes what was opened last, and nothing else. */
export function useEscape(isOpen: boolean, onEscape: () => void): void {
	const latest = useRef(onEscape);
	latest.current = onEscape;
	useLayoutEffect(() => {
		if (!isOpen) return;
		const entry = { close: () => latest.current() };
		if (open.length === 0) document.addEventListener("keydown", onKeyDown);
		open.push(entry);
		return () => {
			open.splice(open.indexOf(entry), 1);
			if (open.length === 0) document.removeEventListener("keydown", onKeyDown);
		};
	}, [isOpen]);
}

function onKeyDown(event: KeyboardEvent): void {
	if (event.key !== "Escape" || event.defaultPrevented) return;
	// The browser empties a search field.
	const { target } = event;
	if (
		target instanceof HTMLInputElement &&
		target.type === "search" &&
		target.value
	)
		return;
	event.preventDefault();
	open.at(-1)?.close();
}

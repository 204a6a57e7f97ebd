import { useLayoutEffect, useRef } from "preact/hooks";

interface Entry {
	readonly close: () => void;
}

/** What Escape closes, the last one first. Menus and dialogs handle the key themselves. */
const open: Entry[] = [];

/**
 * Escape calls `onEscape` of the part that was opened last, and of no other. `isBelow`: for a part that opens by itself, which
 * takes the key only when nothing else is open.
 */
export function useEscape(
	isOpen: boolean,
	onEscape: () => void,
	{ isBelow = false } = {},
): void {
	const latest = useRef(onEscape);
	latest.current = onEscape;
	useLayoutEffect(() => {
		if (!isOpen) return;
		const entry = { close: () => latest.current() };
		if (open.length === 0) document.addEventListener("keydown", onKeyDown);
		if (isBelow) open.unshift(entry);
		else open.push(entry);
		return () => {
			open.splice(open.indexOf(entry), 1);
			if (open.length === 0) document.removeEventListener("keydown", onKeyDown);
		};
	}, [isOpen]);
}

function onKeyDown(event: KeyboardEvent): void {
	if (event.key !== "Escape" || event.defaultPrevented) return;
	// The browser itself clears a search field.
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

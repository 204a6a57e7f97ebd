/** For a list's onKeyDown; `[data-stop]` marks the buttons that the keys stop at. */
export function moveByArrows(event: KeyboardEvent): void {
	const list = event.currentTarget;
	if (!(list instanceof HTMLElement)) return;
	const stops = [...list.querySelectorAll<HTMLElement>("[data-stop]")];
	const at = stops.findIndex((stop) => stop.matches(":focus"));
	const target = targetOf(event.key, at, stops.length - 1);
	if (at < 0 || target === undefined) return;
	event.preventDefault();
	stops[target]?.focus();
}

function targetOf(key: string, at: number, last: number): number | undefined {
	switch (key) {
		case "ArrowUp":
			return Math.max(at - 1, 0);
		case "ArrowDown":
			return Math.min(at + 1, last);
		case "Home":
			return 0;
		case "End":
			return last;
		default:
			return undefined;
	}
}

export function isTyping({ target }: Event): boolean {
	return (
		target instanceof HTMLElement &&
		target.matches("input, textarea, select, [contenteditable]")
	);
}

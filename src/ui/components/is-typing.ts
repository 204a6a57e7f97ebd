// Whether a key was pressed where text is written, so that it is no shortcut.
export function isTyping({ target }: Event): boolean {
	return (
		target instanceof HTMLElement &&
		target.matches("input, textarea, select, [contenteditable]")
	);
}

// The older way to the clipboard, which needs no permission.

/** Whether it was taken. To be called soon after a click. */
export function execCopyCommand(text: string): boolean {
	let isTaken = false;
	// Not through a textarea, whose value turns CRLF into LF. https://html.spec.whatwg.org/multipage/form-elements.html#concept-textarea-api-value
	const onCopy = (event: ClipboardEvent) => {
		event.clipboardData?.setData("text/plain", text);
		event.preventDefault();
		isTaken = event.clipboardData !== null;
	};
	document.addEventListener("copy", onCopy, { once: true });
	const isDone = document.execCommand("copy");
	document.removeEventListener("copy", onCopy);
	return isDone && isTaken;
}

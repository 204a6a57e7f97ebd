import { formatExactSize } from "../components/format.ts";
import type { Announce } from "../components/status.tsx";
import { toClipboardText } from "../content/encoding.ts";

/** The bytes of a version, by its number. */
export interface VersionBytes {
	readonly number: number;
	readonly bytes: Uint8Array;
}

/** Returns whether the bytes are text. If not, nothing is copied, and the user has to choose a format. */
export function copyBody(body: VersionBytes, announce: Announce): boolean {
	const text = toClipboardText(body.bytes);
	if (text !== undefined) void copyText(text, describeBody(body), announce);
	return text !== undefined;
}

/** `1,204 bytes of version 3` */
export function describeBody({ bytes, number }: VersionBytes): string {
	return `${formatExactSize(bytes.length)} of version ${number}`;
}

/** Copies a text and announces `Copied <what>.` */
export function copyText(
	text: string,
	what: string,
	announce: Announce,
): Promise<void> {
	return copyAndAnnounce(text, `Copied ${what}.`, announce);
}

/** Must be called in a click. Where the browser refuses the clipboard, the text is offered for copying by keyboard. */
export async function copyAndAnnounce(
	text: string,
	message: string,
	announce: Announce,
): Promise<void> {
	if (await writeToClipboard(text)) announce(message);
	else announce("The browser refused the clipboard.", text);
}

async function writeToClipboard(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// Older DevTools panels have no clipboard permission, but still obey the copy command.
		return execCopyCommand(text);
	}
}

function execCopyCommand(text: string): boolean {
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

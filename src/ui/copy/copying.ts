// Copying: a text, or the bytes of a version exactly, if they are text; said in either case what came of it.

import { formatExactSize } from "../components/size.ts";
import type { Announce } from "../components/status.tsx";
import { toClipboardText, writeToClipboard } from "./clipboard.ts";

export interface VersionBytes {
	/** Of the version. */
	readonly number: number;
	readonly bytes: Uint8Array;
}

/** `false`: the bytes are no text, so the user has to choose a form. */
export function copyBody(body: VersionBytes, say: Announce): boolean {
	const text = toClipboardText(body.bytes);
	if (text !== undefined) void copyText(text, describeBody(body), say);
	return text !== undefined;
}

export function describeBody({ bytes, number }: VersionBytes): string {
	return `${formatExactSize(bytes.length)} of version ${number}`;
}

/** Copies, and says what; a text that the browser would not take is offered. */
export function copyText(
	text: string,
	what: string,
	say: Announce,
): Promise<void> {
	return copyAndAnnounce(text, `Copied ${what}.`, say);
}

export async function copyAndAnnounce(
	text: string,
	words: string,
	say: Announce,
): Promise<void> {
	const isCopied = await writeToClipboard(text);
	if (isCopied) say(words);
	else say("The browser refused the clipboard.", text);
}

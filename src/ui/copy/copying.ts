// Copying: a text, or the bytes of a version exactly, if they are text; said in either case what came of it.

import { exactSize } from "../components/size.ts";
import type { Body } from "../content/use-body.ts";
import type { Say } from "../hooks/use-status.ts";
import { copyText, toClipboardText } from "./clipboard.ts";

export type ReadyBody = Extract<Body, { state: "ready" }>;

/** `false`: the bytes are no text, so the user has to choose a form. */
export function copyBody(body: ReadyBody, say: Say): boolean {
	const text = toClipboardText(body.bytes);
	if (text !== undefined) void put(text, whatOf(body), say);
	return text !== undefined;
}

export function whatOf({ bytes, number }: ReadyBody): string {
	return `${exactSize(bytes.length)} of version ${number}`;
}

/** Copies, and says what; a text that the browser would not take is offered. */
export function put(text: string, what: string, say: Say): Promise<void> {
	return putSaying(text, `Copied ${what}.`, say);
}

export async function putSaying(
	text: string,
	words: string,
	say: Say,
): Promise<void> {
	const isCopied = await copyText(text);
	if (isCopied) say(words);
	else say("The browser refused the clipboard.", text);
}

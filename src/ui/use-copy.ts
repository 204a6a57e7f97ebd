// Copying the configuration on show, as a hook: exactly its bytes, if they are text.
import { useState } from "preact/hooks";
import { copyText, toClipboardText } from "./clipboard.ts";
import { exactSize } from "./size.ts";
import type { Body } from "./use-body.ts";
import type { Say } from "./use-status.ts";

export type ReadyBody = Extract<Body, { state: "ready" }>;

export interface Copying {
	/** Absent while there is nothing to copy. */
	readonly copy: (() => void) | undefined;
	/** What was to be copied, but is no text: the user has to choose a form. */
	readonly binary: ReadyBody | undefined;
	dismissBinary(): void;
}

export function useCopy(body: Body, say: Say): Copying {
	const [binary, setBinary] = useState<Body>();
	const isReady = body.state === "ready";
	const copy = () => {
		if (!isReady) return;
		const text = toClipboardText(body.bytes);
		if (text === undefined) setBinary(body);
		else void put(text, whatOf(body), say);
	};
	return {
		copy: isReady ? copy : undefined,
		binary: isReady && binary === body ? body : undefined,
		dismissBinary: () => setBinary(undefined),
	};
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

// The line of confirmations, as a hook: says a thing, and takes it back after a while.
import { useCallback, useEffect, useState } from "preact/hooks";

/** `offered`: a text that the clipboard did not take; an empty one takes it away. */
export type Announce = (text: string, offered?: string) => void;

export interface Status {
	readonly text: string;
	readonly offered?: string | undefined;
	readonly announce: Announce;
}

export interface StatusOptions {
	/** The profile that things are said about from here on; what was said about another one is not shown. */
	readonly owner?: string | undefined;
	/** Epoch ms of a fault of it: what was said before is overtaken. */
	readonly faultAt?: number | undefined;
}

interface Announcement {
	readonly text: string;
	readonly offered?: string | undefined;
	readonly owner?: string | undefined;
	/** Epoch ms. */
	readonly at: number;
}

/** Long enough to read two lines. */
const SHOWN_MS = 8_000;

export function useStatus({ owner, faultAt }: StatusOptions = {}): Status {
	const [said, setSaid] = useState<Announcement>({ text: "", at: 0 });
	// A command's answer that comes when another profile is on show is still about its own.
	const announce = useCallback<Announce>(
		(text, offered) =>
			// What is offered stays until it is taken away, whatever else happens meanwhile.
			setSaid((old) => ({
				text,
				offered: offered ?? old.offered,
				owner,
				at: Date.now(),
			})),
		[owner],
	);
	useEffect(() => {
		if (!said.text) return;
		const timer = setTimeout(
			() => setSaid((now) => ({ ...now, text: "" })),
			SHOWN_MS,
		);
		return () => clearTimeout(timer);
	}, [said.text, said.at]);
	return {
		text: isShown(said, { owner, faultAt }) ? said.text : "",
		offered: said.offered,
		announce,
	};
}

export function isShown(
	said: Pick<Announcement, "owner" | "at">,
	{ owner, faultAt }: StatusOptions,
): boolean {
	if (said.owner !== undefined && said.owner !== owner) return false;
	return faultAt === undefined || said.at >= faultAt;
}

// The line of confirmations, as a hook: says a thing, and takes it back after a while.
import { useCallback, useEffect, useState } from "preact/hooks";

/** `offered`: a text that the clipboard did not take; an empty one takes it away. */
export type Say = (text: string, offered?: string) => void;

export interface Status {
	readonly text: string;
	readonly offered?: string | undefined;
	readonly say: Say;
}

/** Long enough to read two lines. */
const SHOWN_MS = 8_000;

export function useStatus(): Status {
	const [said, setSaid] = useState<Omit<Status, "say">>({ text: "" });
	// What is offered stays until it is taken away, whatever else happens meanwhile.
	const say = useCallback<Say>(
		(text, offered) =>
			setSaid((old) => ({ text, offered: offered ?? old.offered })),
		[],
	);
	useEffect(() => {
		if (!said.text) return;
		const timer = setTimeout(
			() => setSaid(({ offered }) => ({ text: "", offered })),
			SHOWN_MS,
		);
		return () => clearTimeout(timer);
	}, [said]);
	return { ...said, say };
}

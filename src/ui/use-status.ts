// The line of confirmations, as a hook: says a thing, and takes it back after a while.
import { useCallback, useEffect, useState } from "preact/hooks";

export interface Status {
	readonly text: string;
	say(text: string): void;
}

/** Long enough to read two lines. */
const SHOWN_MS = 8_000;

export function useStatus(): Status {
	const [said, setSaid] = useState({ text: "" });
	const say = useCallback((text: string) => setSaid({ text }), []);
	useEffect(() => {
		if (!said.text) return;
		const timer = setTimeout(() => setSaid({ text: "" }), SHOWN_MS);
		return () => clearTimeout(timer);
	}, [said]);
	return { text: said.text, say };
}

// Whether the page has come to rest after its first paint, as a hook: what nobody waits for is loaded then.
import { useEffect, useState } from "preact/hooks";

export function useRest(): boolean {
	const [isAtRest, setAtRest] = useState(false);
	useEffect(() => {
		const wait = requestIdleCallback(() => setAtRest(true));
		return () => cancelIdleCallback(wait);
	}, []);
	return isAtRest;
}

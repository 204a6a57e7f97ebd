// Whether the page has come to rest after its first paint, as a hook: what nobody waits for is loaded then.
import { useEffect, useState } from "preact/hooks";

export function useIdle(): boolean {
	const [isIdle, setIdle] = useState(false);
	useEffect(() => {
		const wait = requestIdleCallback(() => setIdle(true));
		return () => cancelIdleCallback(wait);
	}, []);
	return isIdle;
}

import { useEffect, useState } from "preact/hooks";

/** Whether the browser has been idle since the first paint: what is not needed for that loads then. */
export function useIdle(): boolean {
	const [isIdle, setIdle] = useState(false);
	useEffect(() => {
		const wait = requestIdleCallback(() => setIdle(true));
		return () => cancelIdleCallback(wait);
	}, []);
	return isIdle;
}

// A module that only some states need, as a hook: loaded when wanted for the first time.
import { useLayoutEffect, useState } from "preact/hooks";

export function useModule<T>(
	isWanted: boolean,
	load: () => Promise<T>,
): T | undefined {
	const [loaded, setLoaded] = useState<{ readonly module: T }>();
	// Not after the paint: it can load meanwhile.
	useLayoutEffect(() => {
		if (isWanted && !loaded)
			void load().then((module) => setLoaded({ module }));
	}, [isWanted, loaded, load]);
	return isWanted ? loaded?.module : undefined;
}

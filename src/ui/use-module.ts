// A module that only some states need, as a hook: loaded when wanted for the first time.
import { useEffect, useState } from "preact/hooks";

export function useModule<T>(
	isWanted: boolean,
	load: () => Promise<T>,
): T | undefined {
	const [loaded, setLoaded] = useState<{ readonly module: T }>();
	useEffect(() => {
		if (isWanted && !loaded)
			void load().then((module) => setLoaded({ module }));
	}, [isWanted, loaded, load]);
	return isWanted ? loaded?.module : undefined;
}

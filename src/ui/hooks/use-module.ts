import { useLayoutEffect, useState } from "preact/hooks";

export interface LazyModule<T> {
	/** Absent until the module is wanted and has been loaded. */
	readonly module: T | undefined;
	/** Loads the module once more. Absent unless loading it has failed. */
	readonly retry: (() => void) | undefined;
}

/** Loads a module when it is wanted for the first time. Pass the same `load` in each render. */
export function useModule<T>(
	isWanted: boolean,
	load: () => Promise<T>,
): LazyModule<T> {
	const [loaded, setLoaded] = useState<{ readonly module: T }>();
	const [hasFailed, setFailed] = useState(false);
	// A layout effect, so that the module loads while the first frame is painted.
	useLayoutEffect(() => {
		if (!isWanted || loaded || hasFailed) return;
		load().then(
			(module) => setLoaded({ module }),
			() => setFailed(true),
		);
	}, [isWanted, loaded, hasFailed, load]);
	return {
		module: isWanted ? loaded?.module : undefined,
		retry: isWanted && hasFailed ? () => setFailed(false) : undefined,
	};
}

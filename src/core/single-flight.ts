// One of a kind at a time: whoever asks while it is under way gets the same answer.

export type SingleFlight<K, T> = (key: K, work: () => Promise<T>) => Promise<T>;

export function createSingleFlight<K, T>(): SingleFlight<K, T> {
	const inFlight = new Map<K, Promise<T>>();
	return (key, work) => {
		const known = inFlight.get(key);
		if (known) return known;
		const started = work().finally(() => inFlight.delete(key));
		inFlight.set(key, started);
		return started;
	};
}

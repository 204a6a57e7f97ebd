export type RunExclusive = <T>(job: () => Promise<T>) => Promise<T>;

/** Runs jobs one at a time, in order. A job that throws rejects its own promise; those behind it run all the same. */
export function createMutex(): RunExclusive {
	let tail: Promise<unknown> = Promise.resolve();
	return (job) => {
		const done = tail.then(job);
		tail = done.catch(() => undefined);
		return done;
	};
}

export type SingleFlight<K, T> = (key: K, work: () => Promise<T>) => Promise<T>;

/** Runs one piece of work per key at a time. Callers that come while it is in flight share its promise. */
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

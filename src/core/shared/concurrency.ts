// One at a time, in order: the lock under which every change of the state happens.

export type RunExclusive = <T>(job: () => Promise<T>) => Promise<T>;

/** A job that throws rejects its own promise; the ones behind it run all the same. */
export function createMutex(): RunExclusive {
	let tail: Promise<unknown> = Promise.resolve();
	return (job) => {
		const done = tail.then(job);
		tail = done.catch(() => undefined);
		return done;
	};
}

// Work in steps: a generator that stops every few milliseconds, so that whoever runs it decides when it goes on.

/** Yields nothing, only the chance to pause; returns the result. */
export type CooperativeTask<Result> = Generator<undefined, Result, undefined>;

/** All of it at once: for a Worker of its own, and for tests. */
export function runToEnd<Result>(steps: CooperativeTask<Result>): Result {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

/** Work that pauses at every `yield`, so that its caller can let the page respond in between. Returns the result. */
export type CooperativeTask<Result> = Generator<undefined, Result, undefined>;

/** Runs a task without a pause: in a worker of its own, and in tests. */
export function runToEnd<Result>(task: CooperativeTask<Result>): Result {
	for (;;) {
		const step = task.next();
		if (step.done) return step.value;
	}
}

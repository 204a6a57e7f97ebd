/** Browsers end a worker 30 s after the last event or call of an extension API; a request under way does not count. */
const ACTIVITY_INTERVAL_MS = 20_000;

export interface KeepAwake {
	/** Keeps the worker running until the work is done. */
	during<T>(work: () => Promise<T>): Promise<T>;
}

/** `touch`: a call that the browser answers from outside the worker, such as `alarms.get`; one to storage does not count in Firefox. */
export function createKeepAwake(touch: () => unknown): KeepAwake {
	let running = 0;
	let timer: ReturnType<typeof setInterval> | undefined;
	return {
		async during(work) {
			running += 1;
			timer ??= setInterval(touch, ACTIVITY_INTERVAL_MS);
			try {
				return await work();
			} finally {
				running -= 1;
				if (running === 0) {
					clearInterval(timer);
					timer = undefined;
				}
			}
		},
	};
}

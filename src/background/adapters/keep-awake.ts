/** Browsers end a worker 30 s after the last event or call of an extension API; a request under way does not count. */
const TOUCH_MS = 20_000;

export interface KeepAwake {
	/** Keeps the worker running until the work is done. */
	during<T>(work: () => Promise<T>): Promise<T>;
}

/** `touch`: a call that the browser answers from outside the worker, such as `alarms.get`; one to storage does not count in Firefox. */
export function createKeepAwake(touch: () => unknown): KeepAwake {
	let underWay = 0;
	let timer: ReturnType<typeof setInterval> | undefined;
	return {
		async during(work) {
			underWay += 1;
			timer ??= setInterval(touch, TOUCH_MS);
			try {
				return await work();
			} finally {
				underWay -= 1;
				if (underWay === 0) {
					clearInterval(timer);
					timer = undefined;
				}
			}
		},
	};
}

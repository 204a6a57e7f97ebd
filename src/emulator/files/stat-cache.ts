/** Decides how long the state of files may be reused: for one request or, when a server is busy, for 5 ms. */
export interface StatCache {
	/** As long as the number stays the same, files need not be checked again. */
	generation(): number;
	/** For a server, whose concurrent requests may share a check. */
	shareAcrossRequests(): void;
	/** Files must be checked again. */
	invalidate(): void;
}

/** With more requests than this in BUSY_MS, which is 2,000 a second, all requests within BUSY_MS share a check. */
const BUSY_REQUESTS = 10;
const BUSY_MS = 5;

export function createStatCache(
	now: () => number = () => performance.now(),
): StatCache {
	let generation = 0;
	let sharing = false;
	let busy = false;
	let requests = 0;
	let countedFrom = 0;

	function countFrom(time: number): void {
		busy = requests > BUSY_REQUESTS && time - countedFrom < 2 * BUSY_MS;
		requests = 0;
		countedFrom = time;
		generation += 1;
	}

	return {
		generation() {
			if (!sharing) return ++generation;
			const time = now();
			if (time - countedFrom >= BUSY_MS) countFrom(time);
			else if (!busy && requests < BUSY_REQUESTS) generation += 1;
			requests += 1;
			return generation;
		},
		shareAcrossRequests() {
			sharing = true;
		},
		invalidate() {
			generation += 1;
		},
	};
}

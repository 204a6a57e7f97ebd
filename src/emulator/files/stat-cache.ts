// How long a look at the disk stays good: for one request, or for some milliseconds under a server that is very busy.

export interface StatCache {
	/** The same number as long as nothing need be looked at again. */
	generation(): number;
	/** Under a server requests come from outside, and many of them may share a look. */
	shareAcrossRequests(): void;
	/** What was seen is old from now on. */
	invalidate(): void;
}

/** From this many requests within the time below, a look stays good for that time: over 2 000 requests a second. */
const BUSY_REQUESTS = 10;
const BUSY_MS = 5;

export function createStatCache(
	now: () => number = () => performance.now(),
): StatCache {
	let turn = 0;
	let sharing = false;
	let busy = false;
	let asked = 0;
	let countedFrom = 0;

	function countFrom(time: number): void {
		busy = asked > BUSY_REQUESTS && time - countedFrom < 2 * BUSY_MS;
		asked = 0;
		countedFrom = time;
		turn += 1;
	}

	return {
		generation() {
			if (!sharing) return ++turn;
			const time = now();
			if (time - countedFrom >= BUSY_MS) countFrom(time);
			else if (!busy && asked < BUSY_REQUESTS) turn += 1;
			asked += 1;
			return turn;
		},
		shareAcrossRequests() {
			sharing = true;
		},
		invalidate() {
			turn += 1;
		},
	};
}

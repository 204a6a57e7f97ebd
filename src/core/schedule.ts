// Due times: when a poll is allowed, how long to rest after a failure, and when to wake next.

/** What the service uses when a session asks for none. */
export const DEFAULT_INTERVAL_SECONDS = 60;

/** The service's clock and ours do not tick together: a poll a moment early is refused, one a second late is not. */
const MARGIN_MS = 1_000;

/** A token lives 24 h; a quarter of an hour is left for clocks that differ. https://docs.aws.amazon.com/appconfig/latest/userguide/about-data-plane.html */
const TOKEN_STALE_MS = (23 * 60 + 45) * 60_000;

/** How long after a call was made somebody looks whether it was ever answered; longer than every timeout of a call. */
export const WATCHDOG_MS = 60_000;

const BACKOFF_BASE_MS = 2_000;
/** Even a lucky draw waits this long: an outage on this machine would be asked in a busy loop. */
const BACKOFF_FLOOR_MS = 500;
const BACKOFF_CAP_MIN_SECONDS = 60;
const BACKOFF_CAP_MAX_SECONDS = 300;

export function nextPollAt(now: number, intervalSeconds: number): number {
	return now + intervalSeconds * 1_000 + MARGIN_MS;
}

/** Also true for a token from the future, which only a clock set back can make. */
export function isTokenStale(tokenAt: number, now: number): boolean {
	return now - tokenAt >= TOKEN_STALE_MS || tokenAt > now + TOKEN_STALE_MS;
}

/** Full jitter: anything up to 2 s · 2ⁿ, capped near the interval so that recovery is seen within about one. `random` is 0 ≤ r < 1. */
export function backoffMs(
	failures: number,
	intervalSeconds: number,
	random: number,
): number {
	const capSeconds = Math.min(
		Math.max(intervalSeconds, BACKOFF_CAP_MIN_SECONDS),
		BACKOFF_CAP_MAX_SECONDS,
	);
	// 2³⁰ ms is past every cap; the limit keeps the power finite.
	const ceiling = Math.min(
		BACKOFF_BASE_MS * 2 ** Math.min(failures - 1, 30),
		capSeconds * 1_000,
	);
	return Math.max(BACKOFF_FLOOR_MS, Math.round(random * ceiling));
}

/** The due time, unless the clock was set back so far that it is further off than a wait can be; `longestMs` is that wait. */
export function sooner(dueAt: number, longestMs: number, now: number): number {
	return Math.min(dueAt, now + longestMs);
}

/** The longest that a session waits in one go, in ms: between polls, and when resting after a failure. */
export function longestWaitMs(
	phase: "waiting" | "resting",
	intervalSeconds: number,
): number {
	const betweenPolls = nextPollAt(0, intervalSeconds);
	if (phase === "waiting") return betweenPolls;
	return Math.max(betweenPolls, BACKOFF_CAP_MAX_SECONDS * 1_000);
}

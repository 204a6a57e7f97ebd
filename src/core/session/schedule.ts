import type { RetryStrategy } from "./fault.ts";

/** What the service uses when a session asks for none. */
export const DEFAULT_INTERVAL_SECONDS = 60;

/** The bounds of https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_StartConfigurationSession.html */
export const MIN_INTERVAL_SECONDS = 15;
export const MAX_INTERVAL_SECONDS = 86_400;

export interface ClampedInterval {
	readonly intervalSeconds: number;
	/** What the service asked for, where that is out of bounds. */
	readonly requestedIntervalSeconds?: number;
}

/**
 * `requested` is what the service asked for, if anything. In seconds; polls are never closer than `min`, nor further apart
 * than a day.
 */
export function clampInterval(
	requested: number | undefined,
	min: number,
): ClampedInterval {
	if (requested === undefined || !(requested > 0))
		return { intervalSeconds: Math.max(min, DEFAULT_INTERVAL_SECONDS) };
	const intervalSeconds = Math.min(
		Math.max(requested, min),
		MAX_INTERVAL_SECONDS,
	);
	return intervalSeconds === requested
		? { intervalSeconds }
		: {
				intervalSeconds,
				requestedIntervalSeconds: Math.min(requested, Number.MAX_SAFE_INTEGER),
			};
}

/** The service refuses a poll that is a moment early by its own clock; one that is a second late costs nothing. */
const MARGIN_MS = 1_000;

/** A token is valid for 24 h; 15 minutes are left for clocks that differ. https://docs.aws.amazon.com/appconfig/latest/userguide/about-data-plane.html */
const TOKEN_STALE_MS = (23 * 60 + 45) * 60_000;

/** Jitter, so that profiles that started together (with the browser, or when the lid was opened) drift apart. `random` is 0 ≤ r < 1. */
export function jitterMs(
	intervalSeconds: number,
	{
		random,
		otherProfiles = 0,
	}: { readonly random: number; readonly otherProfiles?: number },
): number {
	return Math.round(
		random * Math.min(otherProfiles * 100, intervalSeconds * 50),
	);
}

/** After this time a call of an earlier worker counts as lost. Longer than every timeout of a single request. */
export const WATCHDOG_MS = 60_000;

/** After this time a call of this worker counts as lost. Longer than a slow connection is given for a whole configuration. */
export const MAX_CALL_MS = 660_000;

/** Most calls are shorter, so one alarm this long after the next poll is due serves the watchdog and that poll. */
const CALL_MS = 2_000;

/** How long after the start of a call the watchdog checks it, in ms: when the next poll is due, if that is within two minutes. */
export function watchdogMs(intervalSeconds: number): number {
	const next = nextPollAt(0, intervalSeconds) + CALL_MS;
	return next >= WATCHDOG_MS && next <= 2 * WATCHDOG_MS ? next : WATCHDOG_MS;
}

/** The user's "Poll now" retries a failure no sooner than this. */
export const MIN_RETRY_DELAY_MS = 5_000;

/** The first refused token in this time is the ordinary end of a session and no fault; a second one is a fault. */
export const SILENT_REOPEN_WINDOW_MS = 3_600_000;

const BACKOFF_BASE_MS = 2_000;
const BACKOFF_CAP_MIN_SECONDS = 60;
const BACKOFF_CAP_MAX_SECONDS = 300;

export function nextPollAt(now: number, intervalSeconds: number): number {
	return now + intervalSeconds * 1_000 + MARGIN_MS;
}

export function isTokenStale(tokenAt: number, now: number): boolean {
	return now - tokenAt >= TOKEN_STALE_MS;
}

/** Caps the delay of the `growing` strategy. */
const MAX_RETRY_DELAY_MS = 3_600_000;

export interface RetryDelayInput {
	readonly failures: number;
	readonly intervalSeconds: number;
	/** 0 ≤ r < 1. */
	readonly random: number;
}

/** Full jitter: between 0 and 2 s · 2ⁿ, capped near the interval so that a recovery is noticed within about one. */
function backoffMs({
	failures,
	intervalSeconds,
	random,
}: RetryDelayInput): number {
	const capSeconds = Math.min(
		Math.max(intervalSeconds, BACKOFF_CAP_MIN_SECONDS),
		BACKOFF_CAP_MAX_SECONDS,
	);
	// 2³⁰ ms is past every cap; the limit keeps the power finite.
	const ceiling = Math.min(
		BACKOFF_BASE_MS * 2 ** Math.min(failures - 1, 30),
		capSeconds * 1_000,
	);
	return Math.round(random * ceiling);
}

/** How long to wait after the nth failure in a row, in ms. Never less than a poll interval. */
export function retryDelayMs(
	strategy: RetryStrategy,
	input: RetryDelayInput,
): number {
	const { failures, intervalSeconds } = input;
	const interval = nextPollAt(0, intervalSeconds);
	if (strategy === "backoff") return Math.max(interval, backoffMs(input));
	if (strategy === "slower") return interval + backoffMs(input);
	const doubled = interval * 2 ** Math.min(failures - 1, 30);
	return Math.max(interval, Math.min(doubled, MAX_RETRY_DELAY_MS));
}

/** In ms. A due time further off than this is damaged, or was set by a clock that was wrong. */
export function maxWaitMs(intervalSeconds: number, isResting: boolean): number {
	const wait = 2 * nextPollAt(0, intervalSeconds);
	return isResting ? Math.max(MAX_RETRY_DELAY_MS, wait) : wait;
}

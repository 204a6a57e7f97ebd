// Due times: when a poll is allowed, how long to rest after a failure, and when to wake next.
import type { RetryStrategy } from "./fault.ts";
import type { TransitionContext } from "./session.ts";

/** What the service uses when a session asks for none. */
export const DEFAULT_INTERVAL_SECONDS = 60;

/** The bounds of https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_StartConfigurationSession.html */
export const MIN_INTERVAL_SECONDS = 15;
export const MAX_INTERVAL_SECONDS = 86_400;

export interface ClampedInterval {
	readonly intervalSeconds: number;
	/** What was asked for, where that is out of bounds. */
	readonly requestedIntervalSeconds?: number;
}

/** `asked`: by the service, which may say nothing; polls are never closer than `min`, nor further apart than a day. */
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

/** The service's clock and ours do not tick together: a poll a moment early is refused, one a second late is not. */
const MARGIN_MS = 1_000;

/** A token lives 24 h; a quarter of an hour is left for clocks that differ. https://docs.aws.amazon.com/appconfig/latest/userguide/about-data-plane.html */
const TOKEN_STALE_MS = (23 * 60 + 45) * 60_000;

/** Profiles that begin together, as the browser starts or the lid is opened, are not polled together for ever: each poll parts them a little. */
export function jitterMs(
	intervalSeconds: number,
	{
		random,
		otherProfiles = 0,
	}: Pick<TransitionContext, "random" | "otherProfiles">,
): number {
	return Math.round(
		random * Math.min(otherProfiles * 100, intervalSeconds * 50),
	);
}

/** How long after it was made a call counts as never answered; longer than every timeout of a call. */
export const WATCHDOG_MS = 60_000;

/** How long a call may take that this worker is still making; longer than a slow line is given for a whole configuration. */
export const MAX_CALL_MS = 660_000;

/** A call is not often longer: what is armed that long after the next poll is due will do for both. */
const CALL_MS = 2_000;

/** How long after a call was made to look whether it was answered: about when the next poll is due, where that is soon enough. */
export function watchdogMs(intervalSeconds: number): number {
	const next = nextPollAt(0, intervalSeconds) + CALL_MS;
	return next >= WATCHDOG_MS && next <= 2 * WATCHDOG_MS ? next : WATCHDOG_MS;
}

/** How soon after a failure the user may have it tried again. */
export const MIN_RETRY_DELAY_MS = 5_000;

/** A second refused token within this time is a fault, not the end of a session's life. */
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

/** The longest rest where every try may cost. */
const MAX_RETRY_DELAY_MS = 3_600_000;

export interface RetryDelayInput {
	readonly failures: number;
	readonly intervalSeconds: number;
	/** 0 ≤ r < 1. */
	readonly random: number;
}

/** Full jitter: anything up to 2 s · 2ⁿ, capped near the interval so that recovery is seen within about one. `random` is 0 ≤ r < 1. */
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

/** How long to rest after a failure in a row of `failures`, in ms; never less than a poll interval. */
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

/** A due time further off than this is damaged, or was set by a clock that was wrong. */
export function maxWaitMs(intervalSeconds: number, isResting: boolean): number {
	const wait = 2 * nextPollAt(0, intervalSeconds);
	return isResting ? Math.max(MAX_RETRY_DELAY_MS, wait) : wait;
}

/** Epoch milliseconds. */
export type Clock = () => number;

export interface AdjustableClock {
	/** The system time, plus what was advanced. It can be set back. */
	readonly now: Clock;
	/** Like `now`, but continues when the system clock is set back. For intervals and deployments. */
	readonly monotonic: Clock;
	advance(milliseconds: number): void;
}

export interface ClockOptions {
	readonly wall?: Clock;
	/** A monotonic clock in ms. Without it, a system clock that is set back is not detected. */
	readonly elapsed?: (() => number) | undefined;
}

/** Smaller differences come from reading two clocks one after the other. */
const SET_BACK_TOLERANCE_MS = 250;

/** Follows `wall`, and can be advanced or set back. */
export function createAdjustableClock({
	wall = Date.now,
	elapsed = wall === Date.now ? () => performance.now() : undefined,
}: ClockOptions = {}): AdjustableClock {
	let offsetMs = 0;
	let monotonicOffsetMs = 0;
	let lastElapsed = elapsed?.() ?? 0;
	let lastWall = wall();

	function monotonic(): number {
		if (!elapsed) return wall() + monotonicOffsetMs;
		const nowElapsed = elapsed();
		const nowWall = wall();
		const setBackMs = nowElapsed - lastElapsed - (nowWall - lastWall);
		// A jump ahead is correct: the clock was corrected, or the machine was asleep.
		if (setBackMs > SET_BACK_TOLERANCE_MS) monotonicOffsetMs += setBackMs;
		lastElapsed = nowElapsed;
		lastWall = nowWall;
		return nowWall + monotonicOffsetMs;
	}

	return {
		now: () => wall() + offsetMs,
		monotonic,
		advance(milliseconds) {
			offsetMs += milliseconds;
			if (milliseconds > 0) monotonicOffsetMs += milliseconds;
		},
	};
}

/** The Date header, formatted once per second. */
export function createHttpDate(clock: Clock): () => string {
	let second = Number.NaN;
	let text = "";
	return () => {
		const current = Math.floor(clock() / 1000);
		if (current === second) return text;
		second = current;
		text = new Date(current * 1000).toUTCString();
		return text;
	};
}

/** Epoch milliseconds. */
export type Clock = () => number;

export interface AdjustableClock {
	/** What the clock on the wall says. It may be set back. */
	readonly now: Clock;
	/**
	 * What intervals and deployments go by: as `now`, but it does not go back. When the clock on the wall is set back, this
	 * one goes on from where it was.
	 */
	readonly monotonic: Clock;
	advance(milliseconds: number): void;
}

export interface ClockOptions {
	readonly wall?: Clock;
	/** Milliseconds that pass whatever happens to the clock on the wall; without it, setting back is not noticed. */
	readonly elapsed?: (() => number) | undefined;
}

/** Less is the imprecision of reading two clocks one after the other. */
const SET_BACK_TOLERANCE_MS = 250;

/** Runs like `wall`, and jumps ahead or back when told to. */
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
		// A clock that is set ahead, or a machine that slept, has the clock on the wall right.
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

/** HTTP dates have whole seconds, so one text serves a second's worth of replies. */
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

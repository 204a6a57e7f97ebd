/** Slower changes are a clock that is kept right, not one that is set. */
const MIN_STEP_MS = 1_000;

/** Both in ms. `elapsed` grows evenly, whatever happens to the clock; it may stand still while the computer sleeps. */
export interface ClockSources {
	readonly now: () => number;
	readonly elapsed: () => number;
}

/** Returns by how many ms the clock was set back since the last call, or since the watch was made; 0 = not at all. */
export function createClockStepDetector({
	now,
	elapsed,
}: ClockSources): () => number {
	let ahead = now() - elapsed();
	return () => {
		const current = now() - elapsed();
		const byMs = ahead - current;
		if (byMs > 0 && byMs < MIN_STEP_MS) return 0;
		ahead = current;
		return Math.max(0, byMs);
	};
}

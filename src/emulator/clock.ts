// Time as something handed in: the computer's own, or one that a test moves.

/** Epoch milliseconds. */
export type Clock = () => number;

export interface AdjustableClock {
	now: Clock;
	advance(milliseconds: number): void;
}

/** Runs like `base`, and jumps ahead when told to. */
export function createAdjustableClock(base: Clock = Date.now): AdjustableClock {
	let offsetMs = 0;
	return {
		now: () => base() + offsetMs,
		advance: (milliseconds) => {
			offsetMs += milliseconds;
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

// AWS's clock: credentials end by it. How far it is ahead of this computer's is learnt from answers, and kept for the browser session.
import type { StorageArea } from "../adapters/storage-adapter.ts";

export interface ServiceClock {
	/** Epoch ms, as far as it is known. */
	now(): number;
	/** In ms; `undefined` until AWS has answered. */
	offset(): number | undefined;
	/** An answer of AWS's own came: so far its clock was ahead. */
	recordOffset(offsetMs: number): void;
	load(): Promise<void>;
}

const KEY = "clock-offset";
/** Less is a slow answer and whole seconds; the SDK draws the line there as well. */
const MIN_SKEW_MS = 300_000;

export function createServiceClock(
	session: StorageArea,
	now: () => number,
): ServiceClock {
	let offset: number | undefined;
	return {
		now: () => now() + (offset ?? 0),
		offset: () => offset,
		recordOffset(offsetMs) {
			const rounded = Math.abs(offsetMs) < MIN_SKEW_MS ? 0 : offsetMs;
			// Of two answers a second apart the first will do.
			if (offset !== undefined && Math.abs(rounded - offset) < MIN_SKEW_MS)
				return;
			offset = rounded;
			void session.set({ [KEY]: offset });
		},
		async load() {
			const { [KEY]: kept } = await session.get(KEY);
			if (typeof kept === "number") offset ??= kept;
		},
	};
}

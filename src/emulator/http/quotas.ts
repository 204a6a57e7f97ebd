// Request rates of AWS: https://docs.aws.amazon.com/general/latest/gr/appconfig.html
import type { Clock } from "../shared/clock.ts";

/** Counts a request. False when the rate of its operation is exceeded. */
export type Quotas = (operation: string) => boolean;

const PER_SECOND: Readonly<Record<string, number>> = {
	GetLatestConfiguration: 1000,
	StartConfigurationSession: 500,
	ListTagsForResource: 20,
	TagResource: 20,
	UntagResource: 20,
};

/** A token bucket per operation, with the capacity of one second. */
export function createQuotas(clock: Clock): Quotas {
	const buckets = new Map<string, { left: number; at: number }>();
	return (operation) => {
		const rate = toRate(operation);
		if (rate === undefined) return true;
		const now = clock();
		const bucket = buckets.get(operation) ?? { left: rate, at: now };
		buckets.set(operation, bucket);
		// When the clock is set back, the bucket keeps its content.
		const filled = bucket.left + (Math.max(0, now - bucket.at) * rate) / 1000;
		bucket.left = Math.min(rate, filled);
		bucket.at = now;
		if (bucket.left < 1) return false;
		bucket.left -= 1;
		return true;
	};
}

function toRate(operation: string): number | undefined {
	if (/^(Agent|Unknown|Emulator)/.test(operation)) return undefined;
	return PER_SECOND[operation] ?? (operation.startsWith("Get") ? 100 : 10);
}

import type { StorageArea } from "../adapters/storage-adapter.ts";

/** AWS's clock, by which credentials expire and signatures are checked. */
export interface ServiceClock {
	/** Epoch ms, by this computer's clock until AWS has replied. */
	now(): number;
	/** How far AWS's clock is ahead of this computer's, in ms; `undefined` until AWS has replied. */
	offset(): number | undefined;
	/** `date`: the time (epoch ms) in a reply of AWS that has just arrived. */
	recordServerDate(date: number): void;
	/** Restores the offset that was recorded earlier in this browser session. */
	load(): Promise<void>;
}

const KEY = "clock-offset";
/** AWS accepts signatures whose time is up to 5 minutes off: smaller differences are slow replies and whole seconds. */
const MIN_OFFSET_MS = 300_000;
/** Smaller changes of the skew cannot be the reason for a refused signature. */
const MIN_RETRY_SKEW_MS = 60_000;

/** The codes with which AWS refuses a signature, among other reasons because of its time. */
export const SIGNATURE_ERROR =
	/SignatureDoesNotMatch|InvalidSignature|RequestExpired|TimeTooSkewed/;

export function createServiceClock(
	session: StorageArea,
	now: () => number,
): ServiceClock {
	let offset: number | undefined;
	return {
		now: () => now() + (offset ?? 0),
		offset: () => offset,
		recordServerDate(date) {
			const measured = date - now();
			const next = Math.abs(measured) < MIN_OFFSET_MS ? 0 : measured;
			if (offset !== undefined && Math.abs(next - offset) < MIN_OFFSET_MS)
				return;
			offset = next;
			void session.set({ [KEY]: offset });
		},
		async load() {
			const { [KEY]: stored } = await session.get(KEY);
			if (typeof stored === "number") offset ??= stored;
		},
	};
}

export interface SkewedCall<T> {
	/** Signs with the skew that is known so far, sends, and updates the skew from the reply. */
	call(): Promise<T>;
	/** In ms. */
	skew(): number;
	isSignatureRefused(outcome: T): boolean;
}

/**
 * Repeats a call once if its signature was refused and its reply shows that the clock it was signed by is wrong. The service
 * does not process a request with a wrong signature, so a single-use token in it is still unused.
 */
export async function retryAfterClockSkew<T>({
	call,
	skew,
	isSignatureRefused,
}: SkewedCall<T>): Promise<T> {
	const before = skew();
	const outcome = await call();
	const change = Math.abs(skew() - before);
	return isSignatureRefused(outcome) && change >= MIN_RETRY_SKEW_MS
		? call()
		: outcome;
}

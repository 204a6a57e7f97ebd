// Whether all bytes are of their encoding; looked at a slice at a time.
import type { Decoded } from "./encoding.ts";

export interface EncodingCheck {
	/** Looks on; true when it is known. */
	work(): boolean;
	isInvalid(): boolean;
}

/** Bytes between two looks at the clock. */
const STEP = 64 * 1024;

export function checkEncoding(
	bytes: Uint8Array,
	encoding: Decoded["encoding"],
): EncodingCheck {
	const decoder = new TextDecoder(encoding, { fatal: true });
	let from = 0;
	let isInvalid = false;
	return {
		work() {
			const slice = bytes.subarray(from, from + STEP);
			from += STEP;
			const stream = from < bytes.length;
			try {
				decoder.decode(slice, { stream });
			} catch (error) {
				if (!(error instanceof TypeError)) throw error;
				isInvalid = true;
			}
			return isInvalid || !stream;
		},
		isInvalid: () => isInvalid,
	};
}

import { collectBounded } from "./bounded-body.ts";
import { lockedFetch } from "./locked-fetch.ts";

/** Until the response's headers; a browser has no separate time for the connection. */
const HEADERS_TIMEOUT_MS = 15_000;
/** As long as bytes come in, a slow line is given time; after so long without any the call is given up. */
const STALL_TIMEOUT_MS = 15_000;
/** The longest that a call takes: the 4 MB that AppConfig serves at most, at 7 kB/s. */
export const CALL_LIMIT_MS = 600_000;

/** The body began to arrive and did not arrive whole. */
export class IncompleteError extends Error {
	override readonly name = "IncompleteError";
}

export interface Whole {
	readonly response: Response;
	readonly body: Uint8Array;
}

/** One request with its whole body, bounded in time and size. */
export async function fetchWhole(
	url: string,
	init: Omit<RequestInit, "signal">,
): Promise<Whole> {
	const controller = new AbortController();
	const abort = (reason: Error) => () => controller.abort(reason);
	const incomplete = abort(new IncompleteError("no more bytes came"));
	const limit = setTimeout(incomplete, CALL_LIMIT_MS);
	let timer = setTimeout(
		abort(new DOMException("no answer", "TimeoutError")),
		HEADERS_TIMEOUT_MS,
	);
	const restart = () => {
		clearTimeout(timer);
		timer = setTimeout(incomplete, STALL_TIMEOUT_MS);
	};
	try {
		const response = await lockedFetch(url, {
			...init,
			signal: controller.signal,
		});
		restart();
		return { response, body: await collectBounded(response, restart) };
	} finally {
		clearTimeout(timer);
		clearTimeout(limit);
	}
}

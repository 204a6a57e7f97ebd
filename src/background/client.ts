// The AWS SDK's client as this extension uses it: no redirects, cookies or caches, bounded in size and time, and no retries of its own.
import {
	AppConfigDataClient,
	type AppConfigDataClientConfig,
} from "@aws-sdk/client-appconfigdata";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import type { Credentials } from "../core/credentials.ts";

/** AppConfig itself allows at most 4 MB; the rest is room for a service that says otherwise. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Until the response's headers; a browser has no separate time for the connection. */
const REQUEST_TIMEOUT_MS = 15_000;
/** With the body. Under the 30 s after which a browser ends a worker whose request has not been answered. */
export const CALL_TIMEOUT_MS = 25_000;

/** Browsers follow redirects to other hosts with X-Amz-Security-Token still on the request. */
export const LOCKED_DOWN = {
	redirect: "error",
	credentials: "omit",
	cache: "no-store",
	referrerPolicy: "no-referrer",
} as const satisfies RequestInit;

/** The body went past the cap; the rest of it was not read. */
export class OversizedError extends Error {
	override readonly name = "OversizedError";
}

/** The connection was lost in the middle of a body. */
export class InterruptedError extends Error {
	override readonly name = "InterruptedError";
}

export interface ClientOptions {
	readonly region: string;
	readonly endpoint: string | undefined;
	readonly credentials: Credentials;
}

export function createClient(options: ClientOptions): AppConfigDataClient {
	const { region, endpoint, credentials } = options;
	return new AppConfigDataClient({
		region,
		credentials,
		...(endpoint === undefined ? {} : { endpoint }),
		// A retry by the SDK would send a single-use token twice.
		maxAttempts: 1,
		retryMode: "standard",
		requestHandler: new FetchHttpHandler({
			requestTimeout: REQUEST_TIMEOUT_MS,
			requestInit: () => LOCKED_DOWN,
		}),
		streamCollector: collectBounded,
	} satisfies AppConfigDataClientConfig);
}

/** Reads a body whole, or throws an OversizedError as soon as it is known to be too large. */
export async function collectBounded(
	body: ReadableStream<Uint8Array> | Blob | undefined,
): Promise<Uint8Array> {
	if (!body) return new Uint8Array();
	const reader = ("stream" in body ? body.stream() : body).getReader();
	const chunks: Uint8Array[] = [];
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read().catch(interrupted);
		if (done) return concatenate(chunks, size);
		chunks.push(value);
		size += value.byteLength;
		if (size <= MAX_BODY_BYTES) continue;
		const error = new OversizedError(`more than ${MAX_BODY_BYTES} bytes`);
		await reader.cancel(error);
		throw error;
	}
}

// An abort is the caller's own doing and keeps its name.
function interrupted(cause: unknown): never {
	if (cause instanceof TypeError)
		throw new InterruptedError("the body was cut", { cause });
	throw cause;
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
	const whole = new Uint8Array(size);
	let offset = 0;
	for (const chunk of chunks) {
		whole.set(chunk, offset);
		offset += chunk.byteLength;
	}
	return whole;
}

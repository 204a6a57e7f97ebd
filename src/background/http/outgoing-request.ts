import type { FaultKind } from "../../core/session/fault.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";

export interface HttpPorts {
	/** Whether the browser lets the extension call the hosts of a match pattern. */
	readonly mayCall: (pattern: string) => Promise<boolean>;
	/** Called with the time (epoch ms) in the reply of an https server. */
	readonly onServerDate?: (date: number) => void;
}

export interface RequestOptions extends Omit<RequestInit, "signal"> {
	/** A longer body is not read. */
	readonly maxBytes?: number | undefined;
	/** For the request with its whole body. */
	readonly timeoutMs?: number | undefined;
}

export interface HttpReply {
	/** With its port. */
	readonly host: string;
	readonly status: number;
	readonly headers: Headers;
	readonly body: Uint8Array;
	/** The server's clock in epoch ms, if the reply has a valid `Date`. */
	readonly date: number | undefined;
	text(): string;
	/** The body parsed as JSON, if it is an object. */
	jsonObject(): Readonly<Record<string, unknown>> | undefined;
}

/** Why there is no reply, or none that may be used. */
export interface RequestFault {
	readonly kind: Extract<
		FaultKind,
		| "network"
		| "timeout"
		| "permission-missing"
		| "not-appconfig"
		| "incomplete"
		| "oversized"
	>;
	readonly host: string;
	/** A sentence for the user; for `permission-missing` the match pattern. Never contains words of the server. */
	readonly detail: string;
}

/** AppConfig delivers at most 4 MB, and stores hosted configurations of 2 MB unless a quota was raised. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** `fetch` has no separate time limit for connecting. */
const HEADERS_TIMEOUT_MS = 15_000;
/** A slow body may take up to the whole timeout, as long as bytes keep arriving. */
const STALL_TIMEOUT_MS = 15_000;
/** Time for 4 MB at 7 kB/s. */
export const REQUEST_TIMEOUT_MS = 600_000;

/** A browser that follows a redirect sends X-Amz-Security-Token along to the other host. */
const FETCH_OPTIONS = {
	redirect: "manual",
	credentials: "omit",
	cache: "no-store",
	referrerPolicy: "no-referrer",
} as const satisfies RequestInit;

/**
 * The one place where the background calls `fetch`. Sends a request without cookies, cache or referrer, does not follow
 * redirects, and reads the body up to a limit of size and time. Never throws for what a server or the network does.
 */
export async function sendRequest(
	ports: HttpPorts,
	url: string,
	options: RequestOptions,
): Promise<Result<HttpReply, RequestFault>> {
	const {
		maxBytes = MAX_BODY_BYTES,
		timeoutMs = REQUEST_TIMEOUT_MS,
		...init
	} = options;
	const { host, protocol, hostname } = new URL(url);
	const fail = (kind: RequestFault["kind"], detail = "") =>
		err({ kind, host, detail });
	const timeout = createTimeout(timeoutMs);
	try {
		const { signal } = timeout;
		let response: Response;
		try {
			response = await fetch(url, { ...init, ...FETCH_OPTIONS, signal });
		} catch (error) {
			// fetch() rejects in the same way for a host that is down and for one that the extension has no permission for.
			const pattern = `${protocol}//${hostname}/*`;
			if (!(await ports.mayCall(pattern)))
				return fail("permission-missing", pattern);
			return fail(error instanceof TypeError ? "network" : "timeout");
		}
		if (isRedirect(response)) {
			await response.body?.cancel();
			return fail(
				"not-appconfig",
				"The reply was a redirect, which is not followed.",
			);
		}
		timeout.restart();
		const body = await readBody(response, maxBytes, timeout.restart);
		if (!body.ok)
			return body.error === "oversized"
				? fail("oversized", `The reply is larger than ${maxBytes / 1_024} KiB.`)
				: fail("incomplete");
		const reply = toReply(host, response, body.value);
		if (protocol === "https:" && reply.date && !response.headers.has("age"))
			ports.onServerDate?.(reply.date);
		return ok(reply);
	} finally {
		timeout.clear();
	}
}

/** Aborts after `HEADERS_TIMEOUT_MS`, after each `restart` when nothing else happens for `STALL_TIMEOUT_MS`, and after `limitMs` in any case. */
function createTimeout(limitMs: number) {
	const controller = new AbortController();
	const abort = () =>
		controller.abort(new DOMException("timed out", "TimeoutError"));
	const limit = setTimeout(abort, limitMs);
	let timer = setTimeout(abort, HEADERS_TIMEOUT_MS);
	return {
		signal: controller.signal,
		restart() {
			clearTimeout(timer);
			timer = setTimeout(abort, STALL_TIMEOUT_MS);
		},
		clear() {
			clearTimeout(timer);
			clearTimeout(limit);
		},
	};
}

/** Browsers report neither status nor target of a redirect that is not followed. */
function isRedirect({ type, status }: Response): boolean {
	return type === "opaqueredirect" || (status >= 300 && status < 400);
}

/** Stops reading as soon as the body is longer than `maxBytes`. */
async function readBody(
	{ headers, body }: Response,
	maxBytes: number,
	onChunk: () => void,
): Promise<Result<Uint8Array, "oversized" | "incomplete">> {
	// Most polls have an empty body: this saves opening a stream for them.
	if (!body || headers.get("content-length") === "0")
		return ok(new Uint8Array());
	const reader = body.getReader();
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return ok(concatenate(chunks, size));
			onChunk();
			chunks.push(value);
			size += value.byteLength;
			if (size <= maxBytes) continue;
			await reader.cancel();
			return err("oversized");
		}
	} catch {
		// The connection was lost, or the time was up.
		return err("incomplete");
	}
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

function toReply(
	host: string,
	{ status, headers }: Response,
	body: Uint8Array,
): HttpReply {
	const date = Date.parse(headers.get("date") ?? "");
	const text = () => new TextDecoder().decode(body);
	return {
		host,
		status,
		headers,
		body,
		date: Number.isFinite(date) ? date : undefined,
		text,
		jsonObject: () => parseObject(text()),
	};
}

function parseObject(
	text: string,
): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}

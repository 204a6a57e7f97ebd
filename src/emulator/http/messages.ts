// The two values every part of the emulator speaks in: a request that came in and a reply that goes out.
import type { IncomingHttpHeaders } from "node:http";

export interface HttpRequest {
	readonly method: string;
	/** Path and query exactly as they came over the wire. */
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Uint8Array;
	/** The body was larger than any operation takes; `body` is then empty. */
	readonly isTooLarge?: boolean;
}

export interface Reply {
	readonly status: number;
	/** Names and values in turn, as they go over the wire. */
	readonly headers: string[];
	readonly body: Uint8Array | string;
	/** What happened in one or two words, for the log. */
	readonly outcome: string;
	/** What it happened to, for the log: `application/environment/profile` where there is one. */
	subject?: string;
	readonly transferFault?: TransferFault;
	/** Instead of the true date. */
	readonly date?: string;
}

/** How a reply reaches the socket when a fault is asked for. */
export interface TransferFault {
	readonly delayMs?: number;
	/** The connection is broken after this many bytes of the body. */
	readonly cutAfterBytes?: number;
	readonly bytesPerSecond?: number;
}

/** Declares a JSON body. No page of another origin can send this type without a preflight. */
export function isJson({ headers }: HttpRequest): boolean {
	return /^application\/(?:json|x-amz-json-1\.[01])[ \t]*(?:;|$)/i.test(
		headers["content-type"] ?? "",
	);
}

export type ReplyOrPromise = Reply | Promise<Reply>;

export function jsonReply(
	status: number,
	value: unknown,
	outcome = "ok",
): Reply {
	return {
		status,
		headers: ["Content-Type", "application/json"],
		body: JSON.stringify(value),
		outcome,
	};
}

/** Undefined for a body that is not JSON in UTF-8. */
export function parseJson(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError)
			return undefined;
		throw error;
	}
}

/** Undefined for a value that is not a JSON object. */
export function toRecord(value: unknown): Record<string, unknown> | undefined {
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? { ...value }
		: undefined;
}

export function toPath(url: string): string {
	const end = url.search(/[?#]/);
	return end === -1 ? url : url.slice(0, end);
}

/** One decoded query parameter; undefined when absent, "malformed" text stays as it came. */
export function queryParameter(url: string, name: string): string | undefined {
	const start = url.indexOf("?");
	if (start === -1) return undefined;
	return new URLSearchParams(url.slice(start)).get(name) ?? undefined;
}

/** A header's text: Node hands over each of its bytes as one character, and clients send UTF-8 or Latin-1. */
export function decodeHeader(raw: string): string {
	if (!/[\x80-\xff]/.test(raw) || /[^\0-\xff]/.test(raw)) return raw;
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(
			Buffer.from(raw, "latin1"),
		);
	} catch (error) {
		if (error instanceof TypeError) return raw;
		throw error;
	}
}

/** A request whose operation is known, not yet carried out. */
export interface OperationCall {
	readonly operation: string;
	/** `application/environment/profile`, where the request names them. */
	readonly subject?: string;
	/** What it acts on, for policies: by ids, and by names. */
	resources?(): readonly string[];
	run(): ReplyOrPromise;
}

import type { IncomingHttpHeaders } from "node:http";

export interface HttpRequest {
	readonly method: string;
	/** Path and query as received, still encoded. */
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Uint8Array;
	/** The body exceeds the limit of every operation, and `body` is empty. */
	readonly isTooLarge?: boolean;
}

export interface Reply {
	readonly status: number;
	/** Names and values alternate. */
	readonly headers: string[];
	readonly body: Uint8Array | string;
	/** The result in one or two words, for the log. */
	readonly outcome: string;
	/** `application/environment/profile`, for the log. */
	subject?: string;
	readonly transferFault?: TransferFault;
	/** Replaces the Date header. */
	readonly date?: string;
}

/** How an injected fault disturbs the transfer of a reply. */
export interface TransferFault {
	readonly delayMs?: number;
	/** The connection is closed after this many bytes of the body. */
	readonly cutAfterBytes?: number;
	readonly bytesPerSecond?: number;
}

/** Whether the request declares a JSON body. Pages of other origins need a preflight to send this type. */
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

/** One decoded query parameter; undefined when absent. Malformed escapes stay as they are. */
export function queryParameter(url: string, name: string): string | undefined {
	const start = url.indexOf("?");
	if (start === -1) return undefined;
	return new URLSearchParams(url.slice(start)).get(name) ?? undefined;
}

/** Decodes a header value: Node returns each byte as one character, and clients send UTF-8 or Latin-1. */
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

/** A request that was matched to an operation. `run` performs it. */
export interface OperationCall {
	readonly operation: string;
	/** `application/environment/profile`, where the request names them. */
	readonly subject?: string;
	/** The IAM resources that the operation acts on, by ids and by names. */
	resources?(): readonly string[];
	run(): ReplyOrPromise;
}

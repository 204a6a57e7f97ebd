import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { HttpRequest, Reply, ReplyOrPromise } from "./messages.ts";
import { sendWithFault } from "./transfer-fault.ts";

export interface ListeningServer {
	readonly port: number;
	readonly host: string;
	readonly url: string;
	/** Completes the requests in progress, then closes. */
	close(): Promise<void>;
}

export interface ListenOptions {
	readonly port: number;
	readonly host: string;
	/** The time in which a request has to arrive. */
	readonly requestTimeoutMs?: number;
	/** The time after which an idle connection is closed. */
	readonly keepAliveTimeoutMs?: number;
}

/** A hosted configuration version of 4,000 KB and some room. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;
/** A token may have 8,192 characters, each percent-encoded as three. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Ends connections that occupy the server by sending a request byte by byte. */
export const REQUEST_TIMEOUT_MS = 60_000;
/** A client that polls once a minute keeps its connection. */
const KEEP_ALIVE_TIMEOUT_MS = 90_000;
const NO_BODY = new Uint8Array(0);

/** Rejects when the port is in use. `handle` must not throw. */
export async function listen(
	handle: (request: HttpRequest) => ReplyOrPromise,
	{
		port,
		host,
		requestTimeoutMs = REQUEST_TIMEOUT_MS,
		keepAliveTimeoutMs = KEEP_ALIVE_TIMEOUT_MS,
	}: ListenOptions,
): Promise<ListeningServer> {
	const server = createServer(
		{
			maxHeaderSize: MAX_HEADER_BYTES,
			headersTimeout: requestTimeoutMs,
			requestTimeout: requestTimeoutMs,
			connectionsCheckingInterval: requestTimeoutMs / 4,
			keepAliveTimeout: keepAliveTimeoutMs,
		},
		(message, response) =>
			receive(message, (request) => {
				const reply = handle(request);
				if (reply instanceof Promise)
					void reply.then((settled) => send(response, settled));
				else send(response, reply);
			}),
	);
	server.on("clientError", refuseMalformedRequest);
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, resolve);
	});
	const address = server.address() as AddressInfo;
	const hostname = host.includes(":") ? `[${host}]` : host;
	return {
		port: address.port,
		host,
		url: `http://${hostname}:${address.port}`,
		close: () => close(server),
	};
}

function receive(
	message: IncomingMessage,
	handle: (request: HttpRequest) => void,
): void {
	const { method = "", headers } = message;
	const url = toOriginForm(message.url ?? "");
	// Node discards the body of a GET request after the reply.
	if (method === "GET" || method === "HEAD") {
		handle({ method, url, headers, body: NO_BODY });
		return;
	}
	const chunks: Buffer[] = [];
	let length = 0;
	message.on("data", (chunk: Buffer) => {
		length += chunk.length;
		if (length <= MAX_BODY_BYTES) chunks.push(chunk);
		else chunks.length = 0;
	});
	message.on("end", () => {
		const isTooLarge = length > MAX_BODY_BYTES;
		const body = isTooLarge ? NO_BODY : Buffer.concat(chunks);
		handle({ method, url, headers, body, isTooLarge });
	});
	// The client disconnected before its request was complete.
	message.on("error", () => message.destroy());
}

/** Clients of a proxy send the absolute URL, and servers have to accept that (RFC 9112, 3.2.2). */
function toOriginForm(url: string): string {
	if (url.startsWith("/")) return url;
	const [, path] = /^https?:\/\/[^/?#]*(.*)$/is.exec(url) ?? [];
	if (path === undefined) return url;
	return path.startsWith("/") ? path : `/${path}`;
}

function send(response: ServerResponse, reply: Reply): void {
	const { headers, body, status } = reply;
	// The emulator's clock, which tests can move, determines the Date header.
	response.sendDate = false;
	if (status !== 204)
		headers.push("Content-Length", String(Buffer.byteLength(body)));
	if (reply.transferFault) {
		sendWithFault(response, reply, reply.transferFault);
		return;
	}
	try {
		response.writeHead(status, headers);
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		sendInvalidHeaderError(response, error);
		return;
	}
	// Given an empty body, Node would write the head and the body as two buffers, which takes a third longer.
	if (body.length === 0) response.end();
	else response.end(body);
}

/** A header value with a line break or a character beyond Latin-1 is a bug of the emulator. */
function sendInvalidHeaderError(
	response: ServerResponse,
	{ message }: TypeError,
): void {
	const body = JSON.stringify({
		Message: `The reply cannot be sent: ${message}`,
	});
	response.writeHead(500, [
		"Content-Type",
		"application/json",
		"x-amzn-ErrorType",
		"InternalServerException",
		"Content-Length",
		String(Buffer.byteLength(body)),
	]);
	response.end(body);
}

const REQUEST_TIMEOUT_CODE = "ERR_HTTP_REQUEST_TIMEOUT";

function refuseMalformedRequest(
	error: NodeJS.ErrnoException,
	socket: Duplex,
): void {
	if (error.code === "ECONNRESET" || !socket.writable) {
		socket.destroy();
		return;
	}
	const [status, Message] = describeClientError(error.code);
	const body = JSON.stringify({ Message });
	// A client that sends slowly would also keep its half of the connection open.
	if (error.code === REQUEST_TIMEOUT_CODE)
		socket.once("finish", () => socket.destroy());
	socket.end(
		[
			`HTTP/1.1 ${status}`,
			"Connection: close",
			"Content-Type: application/json",
			"x-amzn-ErrorType: BadRequestException",
			`Content-Length: ${Buffer.byteLength(body)}`,
			"",
			body,
		].join("\r\n"),
	);
}

function describeClientError(code: string | undefined): [string, string] {
	switch (code) {
		case "HPE_HEADER_OVERFLOW":
			return ["400 Bad Request", "The request headers are too large"];
		case REQUEST_TIMEOUT_CODE:
			return ["408 Request Timeout", "The request took too long to arrive"];
		default:
			return ["400 Bad Request", "The request is not valid HTTP"];
	}
}

function close(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
		// An injected fault may hold back a reply for ever.
		setTimeout(() => server.closeAllConnections(), 1000).unref();
	});
}

// The HTTP side: node:http in, a Request to the handler, its Reply out; nothing here knows AppConfig.
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { closeIdle } from "./idle-connections.ts";
import { Message, NO_BODY } from "./incoming-message.ts";
import type { HttpRequest, Reply, ReplyOrPromise } from "./messages.ts";
import { sendWithFault } from "./transfer-fault.ts";

export interface ListeningServer {
	readonly port: number;
	readonly host: string;
	readonly url: string;
	/** Answers what is under way, then ends. */
	close(): Promise<void>;
}

type Handler = (request: HttpRequest) => ReplyOrPromise;

export interface ListenOptions {
	readonly port: number;
	readonly host: string;
	/** How long a request may take to arrive. */
	readonly requestTimeoutMs?: number;
}

/** A hosted configuration of 4 000 KB and some room. */
const LARGEST_BODY = 5 * 1024 * 1024;
/** A token may have 8 192 characters, each percent-encoded as three. */
const LARGEST_HEADERS = 64 * 1024;
/** Who needs longer holds a connection on purpose, byte by byte, until there are none left for others. */
export const REQUEST_TIMEOUT_MS = 60_000;

/** Rejects when the port is taken. */
export async function listen(
	handle: Handler,
	{ port, host, requestTimeoutMs = REQUEST_TIMEOUT_MS }: ListenOptions,
): Promise<ListeningServer> {
	const server = createServer(
		{
			IncomingMessage: Message,
			maxHeaderSize: LARGEST_HEADERS,
			headersTimeout: requestTimeoutMs,
			requestTimeout: requestTimeoutMs,
			connectionsCheckingInterval: requestTimeoutMs / 4,
		},
		(message, response) => receive(message, () => answer(message, response)),
	);
	const idle = closeIdle(server);

	function answer(message: Message, response: ServerResponse): void {
		const reply = handle(message);
		if (!(reply instanceof Promise)) {
			if (reply.transferFault) idle.keepUntilSent(response);
			write(response, reply);
			return;
		}
		idle.keepUntilSent(response);
		void reply.then((settled) => write(response, settled));
	}

	server.on("clientError", refuseGarbage);
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, resolve);
	});
	const address = server.address() as AddressInfo;
	const name = host.includes(":") ? `[${host}]` : host;
	return {
		port: address.port,
		host,
		url: `http://${name}:${address.port}`,
		close: () => close(server),
	};
}

function receive(message: Message, done: () => void): void {
	// Proxies are asked with the whole URL, and a server has to understand that, too (RFC 9112, 3.2.2).
	if (!message.url.startsWith("/")) message.url = toOriginForm(message.url);
	// A GET's body, if there is one, is thrown away by Node after the reply.
	if (message.method === "GET" || message.method === "HEAD") done();
	else readBody(message, done);
}

function toOriginForm(url: string): string {
	const [, path] = /^https?:\/\/[^/?#]*(.*)$/is.exec(url) ?? [];
	if (path === undefined) return url;
	return path.startsWith("/") ? path : `/${path}`;
}

function readBody(message: Message, done: () => void): void {
	const chunks: Buffer[] = [];
	let length = 0;
	message.on("data", (chunk: Buffer) => {
		length += chunk.length;
		if (length <= LARGEST_BODY) chunks.push(chunk);
		else chunks.length = 0;
	});
	message.on("end", () => {
		message.isTooLarge = length > LARGEST_BODY;
		message.body = message.isTooLarge ? NO_BODY : Buffer.concat(chunks);
		done();
	});
	// The client went away in the middle of its request: there is nobody to answer.
	message.on("error", () => message.destroy());
}

function write(response: ServerResponse, reply: Reply): void {
	const { headers, body, status } = reply;
	response.sendDate = false;
	if (status !== 204)
		headers.push("Content-Length", String(Buffer.byteLength(body)));
	if (reply.transferFault) {
		sendWithFault(response, reply, reply.transferFault);
		return;
	}
	if (!writeHead(response, status, headers)) return;
	// Without a body the head goes out as one string, in half the time of a vector of two.
	if (body.length === 0) response.end();
	else response.end(body);
}

/** A value that no header can carry is a fault of the emulator's own, which must not end the process. */
function writeHead(
	response: ServerResponse,
	status: number,
	headers: string[],
): boolean {
	try {
		response.writeHead(status, headers);
		return true;
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		const body = JSON.stringify({
			Message: `The reply cannot be sent: ${error.message}`,
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
		return false;
	}
}

function refuseGarbage(
	error: NodeJS.ErrnoException,
	socket: import("node:stream").Duplex,
): void {
	if (error.code === "ECONNRESET" || !socket.writable) {
		socket.destroy();
		return;
	}
	const [status, Message] = PROBLEMS.get(error.code ?? "") ?? [
		"400 Bad Request",
		"The request is not HTTP",
	];
	const body = JSON.stringify({ Message });
	// It would keep its half open as slowly.
	if (error.code === TOO_SLOW) socket.once("finish", () => socket.destroy());
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

const TOO_SLOW = "ERR_HTTP_REQUEST_TIMEOUT";
const PROBLEMS: ReadonlyMap<string, readonly [string, string]> = new Map([
	[
		"HPE_HEADER_OVERFLOW",
		["400 Bad Request", "The request's headers are too large"],
	],
	[TOO_SLOW, ["408 Request Timeout", "The request took too long to arrive"]],
]);

function close(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
		// A reply that is held back by a fault may never end.
		setTimeout(() => server.closeAllConnections(), 1000).unref();
	});
}

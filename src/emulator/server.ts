// The HTTP side: node:http in, a Request to the handler, its Reply out; nothing here knows AppConfig.
import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { deliver } from "./testing/delivery.ts";
import type { Answer, Reply, Request } from "./wire.ts";

export interface Listening {
	readonly port: number;
	readonly host: string;
	readonly url: string;
	/** Answers what is under way, then ends. */
	close(): Promise<void>;
}

type Handler = (request: Request) => Answer;

/** A hosted configuration of 4 000 KB and some room. */
const LARGEST_BODY = 5 * 1024 * 1024;
/** A token may have 8 192 characters, each percent-encoded as three. */
const LARGEST_HEADERS = 64 * 1024;
const NOTHING = new Uint8Array(0);

/** Rejects when the port is taken. */
export async function listen(
	handle: Handler,
	port: number,
	host: string,
): Promise<Listening> {
	const server = createServer(
		{ maxHeaderSize: LARGEST_HEADERS, keepAliveTimeout: 65_000 },
		(message, response) => receive(handle, message, response),
	);
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

function receive(
	handle: Handler,
	message: IncomingMessage,
	response: ServerResponse,
): void {
	const send = (body: Uint8Array, oversized: boolean) => {
		const reply = handle(toRequest(message, body, oversized));
		if (reply instanceof Promise)
			void reply.then((settled) => write(response, settled));
		else write(response, reply);
	};
	// A GET's body, if there is one, is thrown away by Node after the reply.
	if (message.method === "GET" || message.method === "HEAD")
		send(NOTHING, false);
	else readBody(message, send);
}

/**
 * The message itself, with what it lacks: most polls need no header but Host, and Node makes `headers` only when asked.
 * A literal with a getter of its own would cost a third of the whole request.
 */
function toRequest(
	message: IncomingMessage,
	body: Uint8Array,
	oversized: boolean,
): Request {
	const { method = "GET", url = "/", rawHeaders } = message;
	const host = findHost(rawHeaders);
	return Object.assign(message, { method, url, host, body, oversized });
}

function findHost(rawHeaders: readonly string[]): string | undefined {
	for (let at = 0; at < rawHeaders.length; at += 2) {
		const name = rawHeaders[at];
		if (name?.length === 4 && name.toLowerCase() === "host")
			return rawHeaders[at + 1];
	}
	return undefined;
}

function readBody(
	message: IncomingMessage,
	done: (body: Uint8Array, oversized: boolean) => void,
): void {
	const chunks: Buffer[] = [];
	let length = 0;
	message.on("data", (chunk: Buffer) => {
		length += chunk.length;
		if (length <= LARGEST_BODY) chunks.push(chunk);
		else chunks.length = 0;
	});
	message.on("end", () => {
		const oversized = length > LARGEST_BODY;
		done(oversized ? NOTHING : Buffer.concat(chunks), oversized);
	});
	// The client went away in the middle of its request: there is nobody to answer.
	message.on("error", () => message.destroy());
}

function write(response: ServerResponse, reply: Reply): void {
	const { headers, body, status } = reply;
	response.sendDate = false;
	if (status !== 204)
		headers.push("Content-Length", String(Buffer.byteLength(body)));
	if (reply.delivery) {
		deliver(response, reply, reply.delivery);
		return;
	}
	response.writeHead(status, headers);
	// Without a body the head goes out as one string, in half the time of a vector of two.
	if (body.length === 0) response.end();
	else response.end(body);
}

function refuseGarbage(
	error: NodeJS.ErrnoException,
	socket: import("node:stream").Duplex,
): void {
	if (error.code === "ECONNRESET" || !socket.writable) {
		socket.destroy();
		return;
	}
	const body = JSON.stringify({ Message: "The request is not valid HTTP" });
	socket.end(
		[
			"HTTP/1.1 400 Bad Request",
			"Connection: close",
			"Content-Type: application/json",
			"x-amzn-ErrorType: BadRequestException",
			`Content-Length: ${Buffer.byteLength(body)}`,
			"",
			body,
		].join("\r\n"),
	);
}

function close(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
		// A reply that is held back by a fault may never end.
		setTimeout(() => server.closeAllConnections(), 1000).unref();
	});
}

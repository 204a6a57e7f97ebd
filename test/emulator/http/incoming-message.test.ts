// The emulator's way to make a message's headers, held against Node's own.
import { createServer, IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
	Message,
	makeHeaders,
} from "../../../src/emulator/http/incoming-message.ts";

const byNode = Object.getOwnPropertyDescriptor(
	IncomingMessage.prototype,
	"headers",
)?.get;

const server = createServer(
	{ IncomingMessage: Message },
	(message, response) => {
		const headers = { ours: message.headers, nodes: byNode?.call(message) };
		response.end(JSON.stringify(headers));
	},
);

beforeAll(async () => {
	await new Promise<void>((resolve) => {
		server.listen(0, "127.0.0.1", resolve);
	});
});

afterAll(() => {
	server.close();
});

async function send(lines: readonly string[]) {
	const { port } = server.address() as AddressInfo;
	const socket = connect(port, "127.0.0.1");
	const head = ["GET / HTTP/1.1", "Host: a", ...lines, "Connection: close"];
	socket.write(`${head.join("\r\n")}\r\n\r\n`);
	const reply = await text(socket);
	return JSON.parse(reply.slice(reply.indexOf("\r\n\r\n{") + 4)) as {
		ours: Record<string, unknown>;
		nodes: Record<string, unknown>;
	};
}

const name = fc.oneof(
	fc.constantFrom(
		"Authorization",
		"authorization",
		"Cookie",
		"Set-Cookie",
		"X-Amz-Date",
		"x-amz-date",
		"Content-Type",
		"Accept",
		"__proto__",
		"constructor",
		"toString",
	),
	fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20}$/),
);
const line = fc
	.tuple(name, fc.stringMatching(/^[\x21-\x7e]{0,10}$/))
	.filter(([one]) => !/^(transfer-|content-length|expect|upgrade)/i.test(one))
	.map((pair) => pair.join(": "));

test("Headers are what Node makes of them, whatever comes", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
			const { ours, nodes } = await send(lines);
			expect(ours).toEqual(nodes);
		}),
		{ numRuns: 300 },
	);
});

test("The usual request is not left to Node", () => {
	const raw = ["Host", "a", "X-Amz-Date", "20260115T120000Z"];
	expect(makeHeaders(raw)).toEqual({
		host: "a",
		"x-amz-date": "20260115T120000Z",
	});
});

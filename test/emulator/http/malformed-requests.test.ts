import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import {
	listen,
	REQUEST_TIMEOUT_MS,
} from "../../../src/emulator/http/server.ts";
import { createHarness, SETTINGS, sendRaw } from "../harness.ts";

const FILES = { "shop/test/settings.json": '{"v": 1}' };

describe("Malformed and unusual HTTP requests", () => {
	test("headers that are too large are an error that says so", async () => {
		const harness = createHarness(FILES);
		const { port } = await harness.emulator.listen({ port: 0 });
		const answer = await sendRaw(
			port,
			`GET /ping HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(70_000)}\r\n\r\n`,
		);
		expect(answer).toContain("400 Bad Request");
		expect(answer).toContain("headers are too large");
	});

	test.each([
		"/ping",
		"http://localhost/ping",
		"HTTP://localhost:1/ping?x",
		"/ping#fragment",
	])("the request target %s is accepted", async (target) => {
		const harness = createHarness(FILES);
		const { port } = await harness.emulator.listen({ port: 0 });
		const answer = await sendRaw(
			port,
			`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
		);
		expect(answer).toContain("200 OK");
	});

	test.each(["*", "http://localhost", "//evil.example/ping", "/ping/"])(
		"the request target %s is an unknown operation",
		async (target) => {
			const harness = createHarness(FILES);
			const { port } = await harness.emulator.listen({ port: 0 });
			const answer = await sendRaw(
				port,
				`OPTIONS ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
			);
			expect(answer).toContain("501 Not Implemented");
			expect(answer).toContain("x-amzn-ErrorType: UnknownOperationException");
		},
	);

	test.each([
		["nothing", ""],
		["half a request's head", "GET /ping HTTP/1.1\r\nHost: localh"],
		[
			"a body that never ends",
			"POST /configurationsessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc",
		],
	])(
		"a client that sends %s gets 408, and the connection is closed",
		async (_, text) => {
			const harness = createHarness(FILES);
			const { port } = await harness.emulator.listen({
				port: 0,
				requestTimeoutMs: 40,
			});
			const answer = await sendRaw(port, text);
			expect(answer).toContain("408 Request Timeout");
			expect(answer).toContain("took too long to arrive");
		},
	);

	test("a slow client does not delay others, and has one minute", async () => {
		const harness = createHarness(FILES);
		const { port } = await harness.emulator.listen({ port: 0 });
		const slow = connect(port, "127.0.0.1", () => slow.write("GET /ping HT"));
		onTestFinished(() => void slow.destroy());
		await once(slow, "connect");
		const answer = await sendRaw(
			port,
			"GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
		);
		expect(answer).toContain("200 OK");
		expect(REQUEST_TIMEOUT_MS).toBeLessThanOrEqual(60_000);
	});

	test("pipelined requests are answered in order", async () => {
		const harness = createHarness(FILES);
		const { port } = await harness.emulator.listen({ port: 0 });
		const get = (target: string, more = "") =>
			`GET ${target} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
		const answer = await sendRaw(
			port,
			get("/ping") + get("/configuration") + get("/x", "Connection: close\r\n"),
		);
		const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)];
		expect(statuses.map(([, status]) => status)).toEqual(["200", "400", "501"]);
	});

	test("the body of a GET request is not read as the next request", async () => {
		const harness = createHarness(FILES);
		const { port } = await harness.emulator.listen({ port: 0 });
		const get = (more: string) =>
			`GET /ping HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
		const withBody = get("Content-Length: 9\r\n");
		const socket = connect(port, "127.0.0.1");
		onTestFinished(() => void socket.destroy());
		socket.write(withBody);
		expect(String((await once(socket, "data"))[0])).toContain("200 OK");
		socket.write(`GET /lost${withBody}GET /kept${get("")}`);
		let answers = "";
		for await (const chunk of socket) {
			answers += chunk;
			if (answers.split("200 OK").length === 3) break;
		}
		expect(answers).not.toMatch(/HTTP\/1\.1 4/);
	});

	test.each(["arn:aws:kms:r:1:key/☀", "arn:aws:kms:r:1:key/a\nb: c"])(
		"a KMS key identifier that no header can contain is stored, and the server keeps running: %j",
		async (KmsKeyIdentifier) => {
			const harness = createHarness();
			const { url } = await harness.emulator.listen({ port: 0 });
			const post = async (path: string, body: object) => {
				const reply = await fetch(url + path, {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify(body),
				});
				return { status: reply.status, text: await reply.text() };
			};
			const made = await post("/applications", { Name: "a" });
			const path = `/applications/${JSON.parse(made.text).Id}/configurationprofiles`;
			const profile = await post(path, {
				Name: "p",
				LocationUri: "hosted",
				KmsKeyIdentifier,
			});
			expect(JSON.parse(profile.text)).toMatchObject({ KmsKeyIdentifier });
			const versions = `${path}/${JSON.parse(profile.text).Id}/hostedconfigurationversions`;
			expect((await post(versions, {})).status).toBe(201);
			expect((await fetch(`${url}/ping`)).status).toBe(200);
		},
	);

	test("a reply with an invalid header value is error 500, and the server keeps running", async () => {
		const bad = { status: 200, body: "x", outcome: "bad" };
		const server = await listen(
			({ url }) =>
				url === "/bad"
					? { ...bad, headers: ["Version-Label", "a\nb"] }
					: { ...bad, headers: [] },
			{ port: 0, host: "127.0.0.1" },
		);
		onTestFinished(() => server.close());
		const reply = await fetch(`${server.url}/bad`);
		expect(reply.status).toBe(500);
		expect(await reply.text()).toContain("Version-Label");
		expect(await (await fetch(`${server.url}/good`)).text()).toBe("x");
	});

	test("the server keeps running after bodies that are not UTF-8, nested 200,000 deep, or incomplete", async () => {
		const harness = createHarness(FILES);
		const { port, url } = await harness.emulator.listen({ port: 0 });
		const post = (body: string | Uint8Array<ArrayBuffer>) =>
			fetch(`${url}/configurationsessions`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body,
			});
		for (const body of [new Uint8Array([0xff, 0xfe]), "[".repeat(200_000)])
			expect((await post(body)).status).toBe(400);
		const cut = connect(port, "127.0.0.1", () => {
			cut.write(
				"POST /configurationsessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc",
				() => cut.destroy(),
			);
		});
		expect((await post(JSON.stringify(SETTINGS))).status).toBe(201);
	});
});

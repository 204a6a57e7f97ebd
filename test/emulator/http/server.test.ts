import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { DEFAULT_PRINCIPALS } from "../../../src/emulator/auth/policy.ts";
import {
	createHarness,
	NOON,
	poll,
	SETTINGS,
	sendRaw,
	startSession,
	toBody,
	toText,
} from "../harness.ts";

const FILES = { "shop/test/settings.json": '{"v": 1}' };

/** The status of a request whose Host header is the given one. */
function statusFor(url: string, host: string): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		request(`${url}/configuration`, { headers: { host } }, (response) => {
			response.resume();
			resolve(response.statusCode);
		})
			.on("error", reject)
			.end();
	});
}

describe("HTTP server", () => {
	test("a Host header of another site is refused", async () => {
		const harness = createHarness(FILES);
		const { url, port } = await harness.emulator.listen({ port: 0 });
		for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, "[::1]"])
			expect(await statusFor(url, host)).toBe(400);
		for (const host of ["evil.example", "127.0.0.1.nip.io", "localhost.evil"])
			expect(await statusFor(url, host)).toBe(403);
	});

	test("a Host header that --allow-host names is accepted", async () => {
		const harness = createHarness(FILES, { allowedHosts: ["appconfig"] });
		const { url } = await harness.emulator.listen({ port: 0 });
		expect(await statusFor(url, "appconfig:4772")).toBe(400);
	});

	test("bytes that are not HTTP are a bad request, and the server keeps running", async () => {
		const harness = createHarness(FILES);
		const { url, port } = await harness.emulator.listen({ port: 0 });
		const answer = await sendRaw(
			port,
			"\u0000\u0001 nothing like HTTP\r\n\r\n",
		);
		expect(answer).toContain("x-amzn-ErrorType: BadRequestException");
		expect(await statusFor(url, "localhost")).toBe(400);
	});

	test("a body of 6 MB is refused", async () => {
		const harness = createHarness(FILES);
		const { url } = await harness.emulator.listen({ port: 0 });
		const reply = await fetch(`${url}/configurationsessions`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: new Uint8Array(6 * 1024 * 1024),
		});
		expect(reply.status).toBe(400);
		expect(await reply.json()).toMatchObject({
			Message: "The request body is too large",
		});
	});

	test("an idle connection is closed", async () => {
		const harness = createHarness(FILES);
		const { port } = await harness.emulator.listen({
			port: 0,
			keepAliveTimeoutMs: 20,
		});
		const answer = await sendRaw(
			port,
			"GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n",
		);
		expect(answer).toContain("200 OK");
	});

	test("a connection that waits for its reply is not closed", async () => {
		const harness = createHarness(FILES, { testing: true });
		harness.emulator.injectFault({ fault: "delay", milliseconds: 100 });
		const { url } = await harness.emulator.listen({
			port: 0,
			keepAliveTimeoutMs: 20,
		});
		expect((await fetch(`${url}/ping`)).status).toBe(200);
	});

	test("CORS headers are sent only with --cors", async () => {
		for (const corsOrigins of [[], ["*"]]) {
			const harness = createHarness(FILES, { corsOrigins });
			const { url } = await harness.emulator.listen({ port: 0 });
			const preflight = await fetch(`${url}/configurationsessions`, {
				method: "OPTIONS",
			});
			expect(preflight.ok).toBe(corsOrigins.length > 0);
			const allowed = preflight.headers.get("access-control-allow-origin");
			expect(allowed).toBe(corsOrigins[0] ?? null);
		}
	});

	test("CORS allows the headers of the Agent's endpoints and of creating versions", async () => {
		const reply = await createHarness(FILES, {
			corsOrigins: ["http://localhost:3000"],
		}).request({
			method: "OPTIONS",
			url: "/applications",
			headers: { origin: "http://localhost:3000" },
		});
		const allowed = reply.header("Access-Control-Allow-Headers")?.split(", ");
		for (const name of ["context", "entity-id", "versionlabel", "allow-revert"])
			expect(allowed).toContain(name);
	});

	test("a form of a web page cannot start a session", async () => {
		const harness = createHarness(FILES);
		const reply = await harness.request({
			method: "POST",
			url: "/configurationsessions",
			headers: { "content-type": "text/plain" },
			body: toBody(SETTINGS),
		});
		expect(reply.status).toBe(400);
	});
});

describe("HEAD", () => {
	const PATHS = [
		"/ping",
		"/applications/shop/environments/test/configurations/settings",
		"/applications",
		"/deploymentstrategies",
		"/_emulator/clock",
		"/_emulator/events",
		"/nothing/here",
		"/applications/none",
	];

	test.each(PATHS)("of %s is GET without the body", async (path) => {
		const harness = createHarness(FILES, { testing: true });
		const { url } = await harness.emulator.listen({ port: 0 });
		const get = await fetch(url + path);
		const body = await get.text();
		const head = await fetch(url + path, { method: "HEAD" });
		expect(head.status).toBe(get.status);
		expect(await head.text()).toBe("");
		expect(head.headers.get("content-length")).toBe(
			String(Buffer.byteLength(body)),
		);
		for (const name of ["content-type", "version-label", "x-amzn-errortype"])
			expect(head.headers.get(name)).toBe(get.headers.get(name));
	});

	test("of a poll is refused, and the token stays valid", async () => {
		const harness = createHarness(FILES);
		const token = await startSession(harness);
		const head = await harness.request({
			method: "HEAD",
			url: `/configuration?configuration_token=${encodeURIComponent(token)}`,
		});
		expect(head.status).toBe(400);
		expect(toText((await poll(harness, token)).body)).toBe('{"v": 1}');
	});

	test("needs a signature where GET does", async () => {
		const harness = createHarness(FILES, { principals: DEFAULT_PRINCIPALS });
		const reply = await harness.request({
			method: "HEAD",
			url: "/applications",
		});
		expect(reply.status).toBe(403);
	});
});

describe("Testing endpoints", () => {
	test("events, faults and clock exist only with --testing", async () => {
		const harness = createHarness(FILES);
		for (const url of ["events", "faults", "clock"]) {
			const reply = await harness.request({ url: `/_emulator/${url}` });
			expect(reply.status).toBe(501);
		}
	});

	test("events show the course of a session without its tokens", async () => {
		const harness = createHarness(FILES, { testing: true });
		const token = await startSession(harness);
		const first = await poll(harness, token);
		const next = first.header("Next-Poll-Configuration-Token") ?? "";
		await poll(harness, next);
		await poll(harness, token);
		const reply = await harness.request({ url: "/_emulator/events" });
		const { events: entries } = JSON.parse(toText(reply.body));
		expect(entries.map(({ event }: { event: string }) => event)).toEqual([
			"session-started",
			"token-issued",
			"token-accepted",
			"version-served",
			"token-issued",
			"too-early",
			"token-refused",
		]);
		expect(entries[3]).toMatchObject({
			at: NOON,
			subject: "shop/test/settings",
			bytes: 8,
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		expect(entries[2].token).toBe(entries[1].token);
		expect(toText(reply.body)).not.toContain(next.slice(0, 20));
	});

	test("the clock can be advanced", async () => {
		const harness = createHarness(FILES, { testing: true });
		const first = await poll(harness, await startSession(harness));
		const token = first.header("Next-Poll-Configuration-Token") ?? "";
		const moved = await harness.request({
			method: "POST",
			url: "/_emulator/clock",
			body: toBody({ advanceSeconds: 60 }),
		});
		expect(JSON.parse(toText(moved.body))).toEqual({ now: NOON + 60_000 });
		expect((await poll(harness, token)).status).toBe(200);
	});

	test.each([1e300, -1e300, "60", null])(
		"the clock cannot be advanced by %j",
		async (advanceSeconds) => {
			const harness = createHarness(FILES, { testing: true });
			const reply = await harness.request({
				method: "POST",
				url: "/_emulator/clock",
				body: toBody({ advanceSeconds }),
			});
			expect(reply.status).toBe(400);
		},
	);

	test("a fault is applied as often as requested", async () => {
		const harness = createHarness(FILES, { testing: true });
		const token = await startSession(harness);
		await harness.request({
			method: "POST",
			url: "/_emulator/faults",
			body: toBody([
				{ fault: "throttle", operation: "GetLatestConfiguration", count: 1 },
				{ fault: "error", profile: "settings", count: 1 },
				{ fault: "html", profile: "elsewhere" },
			]),
		});
		const statuses: number[] = [];
		for (let call = 0; call < 3; call++)
			statuses.push((await poll(harness, token)).status);
		expect(statuses).toEqual([429, 500, 200]);
	});

	test("the fault cut closes the connection during the body", async () => {
		const harness = createHarness(FILES, { testing: true });
		harness.emulator.injectFault({ fault: "cut", bytes: 3 });
		const { url } = await harness.emulator.listen({ port: 0 });
		const reply = await fetch(`${url}/configuration?configuration_token=x`);
		await expect(reply.text()).rejects.toThrow();
	});

	test("an unknown fault is refused with the known names", async () => {
		const harness = createHarness(FILES, { testing: true });
		const reply = await harness.request({
			method: "POST",
			url: "/_emulator/faults",
			body: toBody({ fault: "earthquake" }),
		});
		expect(reply.status).toBe(400);
		expect(toText(reply.body)).toContain("throttle");
	});
});

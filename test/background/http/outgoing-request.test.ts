import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
	MAX_BODY_BYTES,
	REQUEST_TIMEOUT_MS,
	sendRequest,
} from "../../../src/background/http/outgoing-request.ts";
import { serve } from "../../helpers/loopback-server.ts";

const PORTS = { mayCall: async () => true };
const ADDRESS = "https://appconfigdata.eu-west-1.amazonaws.com/configuration";
const HOST = "appconfigdata.eu-west-1.amazonaws.com";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Resolves as `answer` does, or rejects with the signal's reason. */
function stubFetch(answer: (signal: AbortSignal) => Promise<Response>) {
	const fetch = vi.fn<Fetch>((_url, { signal }) =>
		answer(signal as AbortSignal),
	);
	vi.stubGlobal("fetch", fetch);
	return fetch;
}

function never(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason));
	});
}

function streamOf(chunks: number, size: number) {
	let sent = 0;
	let isCancelled = false;
	const stream = new ReadableStream<Uint8Array>({
		pull(controller) {
			if (sent++ === chunks) controller.close();
			else controller.enqueue(new Uint8Array(size).fill(sent));
		},
		cancel() {
			isCancelled = true;
		},
	});
	stubFetch(async () => new Response(stream));
	return { sent: () => sent, isCancelled: () => isCancelled };
}

async function bodyOf(response: Response): Promise<Uint8Array> {
	stubFetch(async () => response);
	const reply = await sendRequest(PORTS, ADDRESS, {});
	if (!reply.ok) throw new Error(reply.error.kind);
	return reply.value.body;
}

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe("a request", () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});

	it("is sent once, without redirects, cookies, cache or referrer", async () => {
		const fetch = stubFetch(async () => new Response("body"));
		await sendRequest(PORTS, ADDRESS, { headers: { a: "b" } });
		expect(fetch).toHaveBeenCalledOnce();
		expect(fetch).toHaveBeenCalledWith(ADDRESS, {
			headers: { a: "b" },
			redirect: "manual",
			credentials: "omit",
			cache: "no-store",
			referrerPolicy: "no-referrer",
			signal: expect.any(AbortSignal),
		});
	});

	it("times out after 15 s without headers", async () => {
		stubFetch(never);
		let outcome: unknown;
		const sent = sendRequest(PORTS, ADDRESS, {}).then((reply) => {
			outcome = reply;
		});
		await vi.advanceTimersByTimeAsync(14_999);
		expect(outcome).toBeUndefined();
		await vi.advanceTimersByTimeAsync(1);
		await sent;
		expect(outcome).toMatchObject({ error: { kind: "timeout", host: HOST } });
		expect(vi.getTimerCount()).toBe(0);
	});

	it("is incomplete 15 s after its headers if no body comes", async () => {
		stubFetch(async (signal) => {
			const body = new ReadableStream({
				start: (controller) =>
					signal.addEventListener("abort", () =>
						controller.error(signal.reason),
					),
			});
			return new Response(body);
		});
		const sent = sendRequest(PORTS, ADDRESS, {});
		await vi.advanceTimersByTimeAsync(15_000);
		expect(await sent).toMatchObject({ error: { kind: "incomplete" } });
	});

	it("ends after the caller's own time limit", async () => {
		stubFetch(never);
		const sent = sendRequest(PORTS, ADDRESS, { timeoutMs: 10_000 });
		await vi.advanceTimersByTimeAsync(10_000);
		expect(await sent).toMatchObject({ error: { kind: "timeout" } });
	});

	it("leaves no timer behind", async () => {
		stubFetch(async () => new Response("body"));
		await sendRequest(PORTS, ADDRESS, {});
		stubFetch(() => Promise.reject(new TypeError("Failed to fetch")));
		await sendRequest(PORTS, ADDRESS, {});
		expect(vi.getTimerCount()).toBe(0);
	});

	it.each([301, 302, 303, 307, 308])(
		"does not follow a redirect with status %s",
		async (status) => {
			const headers = { location: "https://elsewhere.example/" };
			const fetch = stubFetch(
				async () => new Response("", { status, headers }),
			);
			expect(await sendRequest(PORTS, ADDRESS, {})).toMatchObject({
				error: { kind: "not-appconfig", host: HOST },
			});
			expect(fetch).toHaveBeenCalledOnce();
		},
	);

	it("does not follow a redirect whose status the browser hides", async () => {
		const hidden = new Response("");
		Object.defineProperty(hidden, "type", { value: "opaqueredirect" });
		stubFetch(async () => hidden);
		expect(await sendRequest(PORTS, ADDRESS, {})).toMatchObject({
			error: { kind: "not-appconfig", host: HOST },
		});
	});

	it("that fails for want of permission names the match pattern", async () => {
		stubFetch(() => Promise.reject(new TypeError("Failed to fetch")));
		const mayCall = vi.fn(async () => false);
		const url = "https://appconfig.example.com:8443/path";
		expect(await sendRequest({ mayCall }, url, {})).toMatchObject({
			error: {
				kind: "permission-missing",
				host: "appconfig.example.com:8443",
				detail: "https://appconfig.example.com/*",
			},
		});
		expect(await sendRequest(PORTS, url, {})).toMatchObject({
			error: { kind: "network" },
		});
	});

	it.each([
		["https://a.example/", {}, 1],
		["http://127.0.0.1/", {}, 0],
		["https://a.example/", { age: "60" }, 0],
	])(
		"to %s with headers %j reports the server's time %s times",
		async (url, headers, times) => {
			const onServerDate = vi.fn();
			const date = "Mon, 01 Jun 2026 00:00:00 GMT";
			stubFetch(
				async () => new Response("", { headers: { date, ...headers } }),
			);
			await sendRequest({ ...PORTS, onServerDate }, url, {});
			expect(onServerDate).toHaveBeenCalledTimes(times);
			if (times > 0)
				expect(onServerDate).toHaveBeenCalledWith(Date.UTC(2026, 5, 1));
		},
	);
});

describe("a body", () => {
	it("is read whole, in order, into bytes of exactly its size", async () => {
		streamOf(3, 2);
		const reply = await sendRequest(PORTS, ADDRESS, {});
		const body = reply.ok ? reply.value.body : new Uint8Array();
		expect([...body]).toEqual([1, 1, 2, 2, 3, 3]);
		expect(body.buffer.byteLength).toBe(6);
	});

	it("may be missing or empty", async () => {
		expect(await bodyOf(new Response())).toHaveLength(0);
		expect(await bodyOf(new Response(""))).toHaveLength(0);
		const headers = { "content-length": "0" };
		expect(await bodyOf(new Response("", { headers }))).toHaveLength(0);
	});

	it("of exactly 8 MiB is accepted", async () => {
		streamOf(8, MAX_BODY_BYTES / 8);
		const reply = await sendRequest(PORTS, ADDRESS, {});
		expect(reply.ok && reply.value.body).toHaveLength(MAX_BODY_BYTES);
	});

	it("longer than 8 MiB is refused, and the rest is not read", async () => {
		const endless = streamOf(1_000, MAX_BODY_BYTES / 4);
		expect(await sendRequest(PORTS, ADDRESS, {})).toMatchObject({
			error: { kind: "oversized", host: HOST },
		});
		expect(endless.isCancelled()).toBe(true);
		expect(endless.sent()).toBeLessThan(8);
	});

	it("longer than the caller's own limit is refused", async () => {
		streamOf(2, 600);
		expect(
			await sendRequest(PORTS, ADDRESS, { maxBytes: 1_000 }),
		).toMatchObject({ error: { kind: "oversized" } });
	});

	it("whose connection is lost is incomplete", async () => {
		const stream = new ReadableStream({
			pull: (controller) => controller.error(new TypeError("network error")),
		});
		stubFetch(async () => new Response(stream));
		expect(await sendRequest(PORTS, ADDRESS, {})).toMatchObject({
			error: { kind: "incomplete" },
		});
	});

	it.each([
		['{"a":1}', { a: 1 }],
		["[1]", [1]],
		["null", undefined],
		["<html>", undefined],
	])("%s is read as a JSON object only if it is one", async (text, object) => {
		stubFetch(async () => new Response(text));
		const reply = await sendRequest(PORTS, ADDRESS, {});
		expect(reply.ok && reply.value.jsonObject()).toEqual(object);
	});
});

/** Enough for slow machines. */
const UNTIL = { interval: 0, timeout: 60_000 };
const PIECE = Buffer.alloc(100_000, "x");

/** A server that sends its headers, and a chunk whenever the test says so. Timers are fake. */
async function slowServer() {
	let respond = (_: ServerResponse) => {};
	const response = new Promise<ServerResponse>((resolve) => {
		respond = resolve;
	});
	const url = await serve((_request, answer) => {
		answer.writeHead(200, { "content-type": "text/plain" });
		answer.flushHeaders();
		respond(answer);
	});
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	return { url, response };
}

/** Sends a chunk and waits until it has been read. */
async function sendPiece(response: ServerResponse, read: { count: number }) {
	const before = read.count;
	if (!response.write(PIECE)) await once(response, "drain");
	await vi.waitUntil(() => read.count > before, UNTIL);
}

/** Counts chunks that arrive, by the timers that restart for them. */
function countReads() {
	const read = { count: 0 };
	const { setTimeout } = globalThis;
	vi.stubGlobal("setTimeout", (...input: Parameters<typeof setTimeout>) => {
		read.count += 1;
		return setTimeout(...input);
	});
	return read;
}

describe("a slow body", () => {
	it("of 3 MB at 100 kB a second arrives whole: the time limit restarts with each chunk", async () => {
		const { url, response } = await slowServer();
		const read = countReads();
		const whole = sendRequest(PORTS, url, {});
		const answer = await response;
		await vi.waitUntil(() => read.count >= 3, UNTIL);
		for (let piece = 0; piece < 30; piece += 1) {
			vi.advanceTimersByTime(10_000);
			await sendPiece(answer, read);
		}
		answer.end();
		const reply = await whole;
		expect(reply.ok && reply.value.body.byteLength).toBe(3_000_000);
	});

	it("is incomplete 15 s after its last byte", async () => {
		const { url, response } = await slowServer();
		const read = countReads();
		const whole = sendRequest(PORTS, url, {});
		const answer = await response;
		await vi.waitUntil(() => read.count >= 3, UNTIL);
		await sendPiece(answer, read);
		vi.advanceTimersByTime(14_999);
		await sendPiece(answer, read);
		vi.advanceTimersByTime(15_000);
		expect(await whole).toMatchObject({ error: { kind: "incomplete" } });
	});

	it("is incomplete after ten minutes", async () => {
		const { url, response } = await slowServer();
		const read = countReads();
		const whole = sendRequest(PORTS, url, {});
		const answer = await response;
		await vi.waitUntil(() => read.count >= 3, UNTIL);
		for (
			let passed = 0;
			passed < REQUEST_TIMEOUT_MS - 10_000;
			passed += 10_000
		) {
			vi.advanceTimersByTime(10_000);
			answer.write("x");
			const before = read.count;
			await vi.waitUntil(() => read.count > before, UNTIL);
		}
		vi.advanceTimersByTime(10_000);
		expect(await whole).toMatchObject({ error: { kind: "incomplete" } });
	});
});

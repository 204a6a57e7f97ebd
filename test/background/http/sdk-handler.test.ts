import { HttpRequest } from "@smithy/core/protocols";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHandler } from "../../../src/background/http/sdk-handler.ts";

const POLL = new HttpRequest({
	protocol: "https:",
	hostname: "appconfigdata.eu-west-1.amazonaws.com",
	path: "/configuration",
	method: "GET",
	query: { configuration_token: "a b/+=" },
	headers: { authorization: "AWS4-HMAC-SHA256 …" },
});

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What fetch does: it answers, or rejects with the signal's reason. */
function fetchAs(answer: (signal: AbortSignal) => Promise<Response>) {
	const fetch = vi.fn<Fetch>((_url, { signal }) =>
		answer(signal as AbortSignal),
	);
	vi.stubGlobal("fetch", fetch);
	return fetch;
}

function silence(signal: AbortSignal): Promise<never> {
	return new Promise((_, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason));
	});
}

describe("what the SDK has signed", () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});

	it("is sent once, without redirects, cookies, caches or a referrer", async () => {
		const fetch = fetchAs(async () => new Response("body", { status: 200 }));
		const { response } = await createHandler().handle(POLL);
		expect(fetch).toHaveBeenCalledOnce();
		expect(fetch).toHaveBeenCalledWith(
			"https://appconfigdata.eu-west-1.amazonaws.com/configuration?configuration_token=a%20b%2F%2B%3D",
			{
				method: "GET",
				headers: POLL.headers,
				redirect: "manual",
				credentials: "omit",
				cache: "no-store",
				referrerPolicy: "no-referrer",
				signal: expect.any(AbortSignal),
			},
		);
		expect(new TextDecoder().decode(response.body)).toBe("body");
	});

	it("is sent with its body and port where it has them", async () => {
		const fetch = fetchAs(async () => new Response(null, { status: 201 }));
		const request = new HttpRequest({
			...POLL,
			protocol: "http:",
			hostname: "127.0.0.1",
			port: 4772,
			path: "/configurationsessions",
			method: "POST",
			query: {},
			body: "{}",
		});
		await createHandler().handle(request);
		const [url, init] = fetch.mock.calls[0] ?? [];
		expect(url).toBe("http://127.0.0.1:4772/configurationsessions");
		expect(init?.body).toBe("{}");
	});

	it("is given up after 15 s without headers", async () => {
		fetchAs(silence);
		const sent = createHandler().handle(POLL);
		const outcome = expect(sent).rejects.toMatchObject({
			name: "TimeoutError",
		});
		await vi.advanceTimersByTimeAsync(14_999);
		expect(vi.getTimerCount()).toBe(2);
		await vi.advanceTimersByTimeAsync(1);
		await outcome;
		expect(vi.getTimerCount()).toBe(0);
	});

	it("is given up 15 s after its headers when no body comes", async () => {
		fetchAs(async (signal) => {
			const body = new ReadableStream({
				start: (controller) =>
					signal.addEventListener("abort", () =>
						controller.error(signal.reason),
					),
			});
			return new Response(body);
		});
		const sent = createHandler().handle(POLL);
		const outcome = expect(sent).rejects.toMatchObject({
			name: "IncompleteError",
		});
		await vi.advanceTimersByTimeAsync(15_000);
		await outcome;
	});

	it("leaves no timer behind", async () => {
		fetchAs(async () => new Response("body"));
		await createHandler().handle(POLL);
		fetchAs(() => Promise.reject(new TypeError("Failed to fetch")));
		await expect(createHandler().handle(POLL)).rejects.toThrow(TypeError);
		expect(vi.getTimerCount()).toBe(0);
	});
});

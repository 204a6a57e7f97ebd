import { HttpRequest } from "@smithy/core/protocols";
import { afterEach, expect, test, vi } from "vitest";
import {
	createSdkHandler,
	RequestError,
} from "../../../src/background/http/sdk-handler.ts";

const POLL = new HttpRequest({
	protocol: "https:",
	hostname: "appconfigdata.eu-west-1.amazonaws.com",
	path: "/configuration",
	method: "GET",
	query: { configuration_token: "a b/+=" },
	headers: { authorization: "AWS4-HMAC-SHA256 …" },
});

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

function stubFetch(answer: () => Promise<Response>) {
	const fetch = vi.fn<Fetch>(answer);
	vi.stubGlobal("fetch", fetch);
	return fetch;
}

const handler = createSdkHandler({ mayCall: async () => true });

afterEach(() => {
	vi.unstubAllGlobals();
});

test("a signed request is sent once, with the signed headers and query", async () => {
	const fetch = stubFetch(async () => new Response("body", { status: 200 }));
	const { response } = await handler.handle(POLL);
	expect(fetch).toHaveBeenCalledOnce();
	const [url, init] = fetch.mock.calls[0] ?? [];
	expect(url).toBe(
		"https://appconfigdata.eu-west-1.amazonaws.com/configuration?configuration_token=a%20b%2F%2B%3D",
	);
	expect(init).toMatchObject({ method: "GET", headers: POLL.headers });
	expect(response.statusCode).toBe(200);
	expect(new TextDecoder().decode(response.body)).toBe("body");
});

test("a body and a port are sent along", async () => {
	const fetch = stubFetch(async () => new Response(null, { status: 201 }));
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
	await handler.handle(request);
	const [url, init] = fetch.mock.calls[0] ?? [];
	expect(url).toBe("http://127.0.0.1:4772/configurationsessions");
	expect(init?.body).toBe("{}");
});

test("a request without a reply rejects with its fault", async () => {
	stubFetch(() => Promise.reject(new TypeError("Failed to fetch")));
	const sent = handler.handle(POLL);
	await expect(sent).rejects.toThrow(RequestError);
	await expect(sent).rejects.toMatchObject({
		fault: { kind: "network", host: POLL.hostname },
	});
});

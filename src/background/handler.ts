// Sends what the SDK has signed: one fetch, without redirects, cookies or caches, bounded in time and size.
import type { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { buildQueryString, HttpResponse } from "@smithy/core/protocols";
import { collectBounded } from "./body.ts";
import { lockedFetch } from "./locked-fetch.ts";

type Handler = AppConfigDataClient["config"]["requestHandler"];
type Request = Parameters<Handler["handle"]>[0];

/** Until the response's headers; a browser has no separate time for the connection. */
const HEADERS_TIMEOUT_MS = 15_000;
/** With the body. Under the 30 s after which a browser ends a worker whose request has not been answered. */
export const CALL_TIMEOUT_MS = 25_000;

/** The SDK's own makes two Request objects for each call, and races a signal and a timer against it. */
export function createHandler(): Handler {
	return {
		metadata: { handlerProtocol: "fetch" },
		updateHttpClientConfig: () => undefined,
		httpHandlerConfigs: () => ({}),
		handle: async (request) => ({ response: await send(request) }),
	};
}

async function send(request: Request): Promise<HttpResponse> {
	const { method, headers, body } = request;
	const controller = new AbortController();
	const abort = () =>
		controller.abort(new DOMException("no answer", "TimeoutError"));
	let timer = setTimeout(abort, HEADERS_TIMEOUT_MS);
	try {
		const response = await lockedFetch(urlOf(request), {
			method,
			headers,
			...(body === undefined || method === "GET" ? {} : { body }),
			signal: controller.signal,
		});
		clearTimeout(timer);
		timer = setTimeout(abort, CALL_TIMEOUT_MS - HEADERS_TIMEOUT_MS);
		return new HttpResponse({
			statusCode: response.status,
			headers: Object.fromEntries(response.headers),
			body: await collectBounded(response),
		});
	} finally {
		clearTimeout(timer);
	}
}

function urlOf({ protocol, hostname, port, path, query }: Request): string {
	const search = buildQueryString(query);
	const host = port ? `${hostname}:${port}` : hostname;
	return `${protocol}//${host}${path}${search && "?"}${search}`;
}

// Sends what the SDK has signed: one fetch, without redirects, cookies or caches, bounded in time and size.
import type { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { buildQueryString, HttpResponse } from "@smithy/core/protocols";
import { fetchWhole } from "./fetch-whole.ts";

type Handler = AppConfigDataClient["config"]["requestHandler"];
type Request = Parameters<Handler["handle"]>[0];

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
	const whole = await fetchWhole(urlOf(request), {
		method,
		headers,
		...(body === undefined || method === "GET" ? {} : { body }),
	});
	return new HttpResponse({
		statusCode: whole.response.status,
		headers: Object.fromEntries(whole.response.headers),
		body: whole.body,
	});
}

function urlOf({ protocol, hostname, port, path, query }: Request): string {
	const search = buildQueryString(query);
	const host = port ? `${hostname}:${port}` : hostname;
	return `${protocol}//${host}${path}${search && "?"}${search}`;
}

import type { AppConfigDataClient } from "@aws-sdk/client-appconfigdata";
import { buildQueryString, HttpResponse } from "@smithy/core/protocols";
import {
	type HttpPorts,
	type RequestFault,
	sendRequest,
} from "./outgoing-request.ts";

type SdkHandler = AppConfigDataClient["config"]["requestHandler"];
type SdkRequest = Parameters<SdkHandler["handle"]>[0];

/** Rejects an SDK call for which there is no usable reply. */
export class RequestError extends Error {
	override readonly name = "RequestError";

	readonly fault: RequestFault;

	constructor(fault: RequestFault) {
		super(fault.kind);
		this.fault = fault;
	}
}

/** Sends what the SDK has signed. */
export function createSdkHandler(ports: HttpPorts): SdkHandler {
	return {
		metadata: { handlerProtocol: "fetch" },
		updateHttpClientConfig: () => undefined,
		httpHandlerConfigs: () => ({}),
		handle: async (request) => ({ response: await send(ports, request) }),
	};
}

async function send(
	ports: HttpPorts,
	request: SdkRequest,
): Promise<HttpResponse> {
	const { method, headers, body } = request;
	const reply = await sendRequest(ports, urlOf(request), {
		method,
		headers,
		...(body === undefined || method === "GET" ? {} : { body }),
	});
	if (!reply.ok) throw new RequestError(reply.error);
	return new HttpResponse({
		statusCode: reply.value.status,
		headers: Object.fromEntries(reply.value.headers),
		body: reply.value.body,
	});
}

function urlOf({ protocol, hostname, port, path, query }: SdkRequest): string {
	const search = buildQueryString(query);
	const host = port ? `${hostname}:${port}` : hostname;
	return `${protocol}//${host}${path}${search && "?"}${search}`;
}

import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Credentials } from "../../core/connection/credentials.ts";
import type { Result } from "../../core/shared/result.ts";
import { retryAfterClockSkew, SIGNATURE_ERROR } from "./clock-skew.ts";
import {
	type HttpPorts,
	type HttpReply,
	type RequestFault,
	sendRequest,
} from "./outgoing-request.ts";

export interface SignedRequestPorts extends HttpPorts {
	/** Epoch ms, on AWS's clock as far as it is known. */
	readonly now: () => number;
}

export interface SignedRequest {
	/** The name that is signed: `sts`, `appconfig`. */
	readonly service: string;
	readonly region: string;
	readonly method: "GET" | "POST";
	/** With its query; the path and the query's values percent-encoded. */
	readonly url: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly credentials: Credentials;
	readonly maxBytes?: number;
	readonly timeoutMs?: number;
}

/** For STS and AppConfig's control plane; AppConfig Data is called with the SDK. */
export function sendSignedRequest(
	ports: SignedRequestPorts,
	request: SignedRequest,
): Promise<Result<HttpReply, RequestFault>> {
	// Read once: the first reply may correct the clock behind `now` as well.
	const now = ports.now();
	let skew = 0;
	return retryAfterClockSkew({
		async call() {
			const reply = await signAndSend(ports, request, now + skew);
			if (reply.ok && reply.value.date !== undefined)
				skew = reply.value.date - now;
			return reply;
		},
		skew: () => skew,
		isSignatureRefused: (reply) =>
			reply.ok &&
			reply.value.status >= 400 &&
			SIGNATURE_ERROR.test(reply.value.text()),
	});
}

async function signAndSend(
	ports: HttpPorts,
	request: SignedRequest,
	at: number,
): Promise<Result<HttpReply, RequestFault>> {
	const { service, region, method, credentials, body } = request;
	const { maxBytes, timeoutMs } = request;
	const url = new URL(request.url);
	const signer = new SignatureV4({
		service,
		region,
		credentials,
		sha256: Sha256,
	});
	const signed = await signer.sign(
		{
			method,
			protocol: url.protocol,
			hostname: url.hostname,
			...(url.port ? { port: Number(url.port) } : {}),
			path: url.pathname,
			query: Object.fromEntries(url.searchParams),
			headers: { host: url.host, ...request.headers },
			...(body === undefined ? {} : { body }),
		},
		{ signingDate: new Date(at) },
	);
	// The browser sets the same Host by itself, and does not let scripts set it.
	const { host: _, ...headers } = signed.headers;
	return sendRequest(ports, request.url, {
		method,
		headers,
		maxBytes,
		timeoutMs,
		...(body === undefined ? {} : { body }),
	});
}

// A signed request to an AWS service that the SDK's client here is not for: STS, and the control plane of AppConfig.
import { SignatureV4 } from "@smithy/signature-v4";
import type { Credentials } from "../../core/connection/credentials.ts";
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import type { Operation } from "../../core/session/fault.ts";
import type { Result } from "../../core/shared/result.ts";
import { type HttpPorts, type HttpReply, sendRequest } from "./http-request.ts";
import { createSigningHash } from "./signing-hash.ts";

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
	readonly operation: Operation;
	/** Of the answer, where credentials are not what is asked for. */
	readonly maxBytes?: number;
}

/** AWS says so by these when the signature's time is not its own. */
export const SIGNATURE_ERROR =
	/SignatureDoesNotMatch|InvalidSignature|RequestExpired|TimeTooSkewed/;
const CLOCK_STEP_MS = 60_000;

/** Signed by the service's clock: when it turns out to be another than ours, the request is made once more. */
export async function sendSignedRequest(
	ports: HttpPorts,
	request: SignedRequest,
): Promise<Result<HttpReply, CredentialsFault>> {
	const now = ports.now();
	const answer = await sendSigned(ports, request, now);
	if (!answer.ok) return answer;
	const { status, text, date } = answer.value;
	const isClock = status >= 400 && SIGNATURE_ERROR.test(text);
	if (!isClock || date === undefined || Math.abs(date - now) < CLOCK_STEP_MS)
		return answer;
	return sendSigned(ports, request, date);
}

async function sendSigned(
	ports: HttpPorts,
	request: SignedRequest,
	now: number,
): Promise<Result<HttpReply, CredentialsFault>> {
	const { service, region, method, credentials, body } = request;
	const url = new URL(request.url);
	const signer = new SignatureV4({
		service,
		region,
		credentials,
		sha256: createSigningHash(),
	});
	const { headers } = await signer.sign(
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
		{ signingDate: new Date(now) },
	);
	// The browser sets it itself, to the same.
	const { host: _, ...rest } = headers;
	return sendRequest(ports, request.url, {
		operation: request.operation,
		method,
		headers: rest,
		maxBytes: request.maxBytes,
		...(body === undefined ? {} : { body }),
	});
}

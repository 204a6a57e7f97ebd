import type { CredentialsFault } from "../../core/connection/credentials.ts";
import type { Operation } from "../../core/session/fault.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import {
	type HttpPorts,
	type HttpReply,
	type RequestFault,
	type RequestOptions,
	sendRequest,
} from "../http/outgoing-request.ts";

export interface CredentialPorts extends HttpPorts {
	/** Epoch ms, on AWS's clock as far as it is known. */
	readonly now: () => number;
}

export interface CredentialReply extends HttpReply {
	readonly operation: Operation;
}

/** Credentials are a few kilobytes, and arrive at once. */
export const CREDENTIAL_LIMITS = { maxBytes: 262_144, timeoutMs: 10_000 };

export async function requestCredentials(
	ports: CredentialPorts,
	url: string,
	options: RequestOptions & { readonly operation: Operation },
): Promise<Result<CredentialReply, CredentialsFault>> {
	const { operation, ...init } = options;
	const reply = await sendRequest(ports, url, {
		...init,
		...CREDENTIAL_LIMITS,
	});
	return toCredentialReply(reply, operation);
}

export function toCredentialReply(
	reply: Result<HttpReply, RequestFault>,
	operation: Operation,
): Result<CredentialReply, CredentialsFault> {
	if (reply.ok) return ok({ ...reply.value, operation });
	const { kind, host, detail } = reply.error;
	const about = { operation, host, detail };
	if (kind === "permission-missing") return refuse(kind, about);
	return kind === "not-appconfig" || kind === "oversized"
		? refuse("not-appconfig", about)
		: refuse("credentials-unavailable", about);
}

/** `about` may be a reply: only its operation, host and status become part of the fault. */
export function refuse(
	kind: CredentialsFault["kind"],
	about: Partial<
		Pick<CredentialsFault, "detail" | "operation" | "host" | "status">
	> = {},
): Result<never, CredentialsFault> {
	const { detail = "", operation, host, status } = about;
	return err({
		kind,
		detail,
		...(operation === undefined ? {} : { operation }),
		...(host === undefined ? {} : { host }),
		...(status === undefined ? {} : { status }),
	});
}

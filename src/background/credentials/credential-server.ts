import type { CredentialServerConnection } from "../../core/connection/connection.ts";
import type { CredentialSources } from "../../core/connection/credential-sources.ts";
import type {
	CredentialsFault,
	TemporaryCredentials,
} from "../../core/connection/credentials.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import {
	type CredentialPorts,
	type CredentialReply,
	refuse,
	requestCredentials,
} from "./credential-request.ts";

/**
 * For a server on this machine that speaks the protocol of AWS_CONTAINER_CREDENTIALS_FULL_URI, such as aws-vault or aws-sso.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function createCredentialServer(
	ports: CredentialPorts,
): CredentialSources["credentialServer"] {
	return async ({ url }: CredentialServerConnection, bearer) => {
		const headers = new Headers({ Accept: "application/json" });
		// Unchanged: some servers want a scheme before the token, others do not.
		if (bearer) headers.set("Authorization", bearer);
		const reply = await requestCredentials(ports, url, {
			operation: "GetCredentials",
			headers,
		});
		return reply.ok ? toCredentials(reply.value, ports.now()) : reply;
	};
}

function toCredentials(
	reply: CredentialReply,
	now: number,
): Result<TemporaryCredentials, CredentialsFault> {
	const { status } = reply;
	if (status === 401 || status === 403)
		return refuse("access-denied", {
			...reply,
			detail: "Check its authorization token.",
		});
	if (status >= 500 || status === 429)
		return refuse("credentials-unavailable", reply);
	const body = reply.jsonObject();
	if (status !== 200 || !body)
		return refuse("not-appconfig", {
			...reply,
			detail: "The reply is not from a credential server.",
		});
	const { AccessKeyId, SecretAccessKey, Token, Expiration, AccountId } = body;
	if (!isText(AccessKeyId) || !isText(SecretAccessKey))
		return refuse("credentials-invalid", {
			...reply,
			detail: "The reply has no keys.",
		});
	const expiresAt = Date.parse(String(Expiration));
	if (expiresAt <= now) return refuse("credentials-expired", reply);
	return ok({
		credentials: {
			accessKeyId: AccessKeyId,
			secretAccessKey: SecretAccessKey,
			...(isText(Token) ? { sessionToken: Token } : {}),
		},
		receivedAt: now,
		...(Number.isFinite(expiresAt) ? { expiresAt } : {}),
		...(isAccount(AccountId) ? { accountId: AccountId } : {}),
	});
}

function isAccount(value: unknown): value is string {
	return typeof value === "string" && /^\d{12}$/.test(value);
}

function isText(value: unknown): value is string {
	return typeof value === "string" && /^[\x21-\x7e]{1,8192}$/.test(value);
}

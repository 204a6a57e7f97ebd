// A credential server on this machine: the protocol of AWS_CONTAINER_CREDENTIALS_FULL_URI, as aws-vault and aws-sso serve it.
import type { CredentialServerConnection } from "../../core/connection/connection.ts";
import type { CredentialSources } from "../../core/connection/credential-sources.ts";
import type {
	CredentialsFault,
	TemporaryCredentials,
} from "../../core/connection/temporary-credentials.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import {
	type HttpPorts,
	type HttpReply,
	parseObject,
	refuse,
	sendRequest,
} from "../http/http-request.ts";

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html */
export function createCredentialServer(
	ports: HttpPorts,
): CredentialSources["credentialServer"] {
	return async ({ url }: CredentialServerConnection, bearer) => {
		const headers = new Headers({ Accept: "application/json" });
		// As given: some servers want a scheme in front of their token, others do not.
		if (bearer) headers.set("Authorization", bearer);
		const answer = await sendRequest(ports, url, {
			operation: "GetCredentials",
			headers,
		});
		return answer.ok ? toLease(answer.value, ports.now()) : answer;
	};
}

function toLease(
	answer: HttpReply,
	now: number,
): Result<TemporaryCredentials, CredentialsFault> {
	const { status, text } = answer;
	if (status === 401 || status === 403)
		return refuse("access-denied", {
			...answer,
			detail: "Check the token that was given for it.",
		});
	if (status >= 500 || status === 429)
		return refuse("credentials-unavailable", answer);
	const body = parseObject(text);
	if (status !== 200 || !body)
		return refuse("not-appconfig", {
			...answer,
			detail: "The reply is not from a credential server.",
		});
	const { AccessKeyId, SecretAccessKey, Token, Expiration, AccountId } = body;
	if (!isText(AccessKeyId) || !isText(SecretAccessKey))
		return refuse("credentials-invalid", {
			...answer,
			detail: "The reply has no keys.",
		});
	const expiresAt = Date.parse(String(Expiration));
	if (expiresAt <= now) return refuse("credentials-expired", answer);
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

/** It is shown, and stored with what is shown. */
function isAccount(value: unknown): value is string {
	return typeof value === "string" && /^\d{12}$/.test(value);
}

function isText(value: unknown): value is string {
	return typeof value === "string" && /^[\x21-\x7e]{1,8192}$/.test(value);
}

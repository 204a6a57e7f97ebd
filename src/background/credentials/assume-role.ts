// STS AssumeRole by hand: the SDK's own client reads XML with DOMParser, which a worker has not.

import type {
	AssumeRoleRequest,
	CredentialSources,
} from "../../core/connection/credential-sources.ts";
import { serviceHost } from "../../core/connection/endpoint.ts";
import type {
	CredentialsFault,
	TemporaryCredentials,
} from "../../core/connection/temporary-credentials.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import {
	type HttpPorts,
	type HttpReply,
	refuse,
} from "../http/http-request.ts";
import { createRedactor } from "../http/redaction.ts";
import { SIGNATURE_ERROR, sendSignedRequest } from "../http/sigv4-request.ts";

/** An hour: the most for a role assumed with another role's credentials. */
const DURATION_SECONDS = "3600";

export interface StsPorts extends HttpPorts {
	/** Where STS answers; tests have one of their own. */
	readonly stsUrl?: (region: string) => string;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function createAssumeRole(
	ports: StsPorts,
): CredentialSources["assumeRole"] {
	const urlOf =
		ports.stsUrl ?? ((region) => `https://${serviceHost("sts", region)}/`);
	return async (asked) => {
		const { role, base } = asked;
		const answer = await sendSignedRequest(ports, {
			service: "sts",
			region: role.region,
			method: "POST",
			url: urlOf(role.region),
			headers: { "content-type": "application/x-www-form-urlencoded" },
			body: formOf(asked),
			credentials: base,
			operation: "AssumeRole",
		});
		if (!answer.ok) return answer;
		return answer.value.status === 200
			? toLease(answer.value, asked, ports.now())
			: toRefusal(answer.value, asked);
	};
}

function formOf({ role, policy, mfaCode }: AssumeRoleRequest): string {
	return new URLSearchParams({
		Action: "AssumeRole",
		Version: "2011-06-15",
		RoleArn: role.arn,
		RoleSessionName: "appconfig-inspector",
		DurationSeconds: DURATION_SECONDS,
		Policy: policy,
		...(role.externalId ? { ExternalId: role.externalId } : {}),
		...(role.mfaSerial && mfaCode
			? { SerialNumber: role.mfaSerial, TokenCode: mfaCode }
			: {}),
	}).toString();
}

function toLease(
	answer: HttpReply,
	{ role }: AssumeRoleRequest,
	now: number,
): Result<TemporaryCredentials, CredentialsFault> {
	const { text } = answer;
	const accessKeyId = tag(text, "AccessKeyId");
	const secretAccessKey = tag(text, "SecretAccessKey");
	const sessionToken = tag(text, "SessionToken");
	const expiresAt = Date.parse(tag(text, "Expiration") ?? "");
	if (!accessKeyId || !secretAccessKey || !sessionToken)
		return refuse("credentials-invalid", {
			...answer,
			detail: "The reply has no credentials.",
		});
	const accountId = role.arn.split(":")[4];
	return ok({
		credentials: { accessKeyId, secretAccessKey, sessionToken },
		receivedAt: now,
		...(Number.isFinite(expiresAt) ? { expiresAt } : {}),
		...(accountId ? { accountId } : {}),
		roleName: role.arn.replace(/^.*:role\//, ""),
	});
}

function toRefusal(
	answer: HttpReply,
	asked: AssumeRoleRequest,
): Result<never, CredentialsFault> {
	const { status, text } = answer;
	const code = tag(text, "Code") ?? "";
	const message = tag(text, "Message") ?? "";
	// What AWS says of a signature quotes the request.
	const isQuoting = SIGNATURE_ERROR.test(code);
	const detail = createRedactor(secretsOf(asked)).text(
		[code, isQuoting ? "" : message].filter(Boolean).join(": "),
	);
	const refused = (kind: CredentialsFault["kind"]) =>
		refuse(kind, { ...answer, detail });
	if (/MultiFactorAuthentication/.test(message)) return refused("mfa-needed");
	if (code === "AccessDenied") return refused("access-denied");
	if (/^ExpiredToken/.test(code)) return refused("credentials-expired");
	if (status >= 500 || status === 429 || /Throttl/.test(code))
		return refused("credentials-unavailable");
	// AWS names a reason: without one, somebody else has answered.
	return refused(code ? "credentials-invalid" : "not-appconfig");
}

function secretsOf({ base, mfaCode }: AssumeRoleRequest) {
	const { accessKeyId, secretAccessKey, sessionToken } = base;
	return [accessKeyId, secretAccessKey, sessionToken, mfaCode];
}

/** The text of the first element of this name; STS's answers repeat none of those read here. */
function tag(xml: string, name: string): string | undefined {
	const match = new RegExp(`<${name}>([^<]{1,8192})</${name}>`).exec(xml);
	return match?.[1]
		?.trim()
		.replace(/&(lt|gt|amp|quot|apos|#\d{1,7});/g, toCharacter);
}

const ENTITIES: { readonly [name: string]: string } = {
	lt: "<",
	gt: ">",
	amp: "&",
	quot: '"',
	apos: "'",
};

function toCharacter(whole: string, name: string): string {
	const code = Number(name.slice(1));
	if (name.startsWith("#"))
		return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	return ENTITIES[name] ?? whole;
}

import type {
	AssumeRoleRequest,
	CredentialSources,
} from "../../core/connection/credential-sources.ts";
import type {
	CredentialsFault,
	TemporaryCredentials,
} from "../../core/connection/credentials.ts";
import { serviceHost } from "../../core/connection/endpoint.ts";
import { ok, type Result } from "../../core/shared/result.ts";
import { SIGNATURE_ERROR } from "../http/clock-skew.ts";
import { createRedactor } from "../http/redaction.ts";
import { sendSignedRequest } from "../http/sigv4-request.ts";
import {
	CREDENTIAL_LIMITS,
	type CredentialPorts,
	type CredentialReply,
	refuse,
	toCredentialReply,
} from "./credential-request.ts";

/** AWS's maximum for a role that is assumed with another role's credentials. */
const DURATION_SECONDS = "3600";

export interface StsPorts extends CredentialPorts {
	/** For tests. */
	readonly stsUrl?: (region: string) => string;
}

/**
 * Hand-written, because the SDK's STS client parses XML with DOMParser, which service workers lack.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function createAssumeRole(
	ports: StsPorts,
): CredentialSources["assumeRole"] {
	const urlOf =
		ports.stsUrl ?? ((region) => `https://${serviceHost("sts", region)}/`);
	return async (request) => {
		const { role, base } = request;
		const sent = await sendSignedRequest(ports, {
			service: "sts",
			region: role.region,
			method: "POST",
			url: urlOf(role.region),
			headers: { "content-type": "application/x-www-form-urlencoded" },
			body: formOf(request),
			credentials: base,
			...CREDENTIAL_LIMITS,
		});
		const reply = toCredentialReply(sent, "AssumeRole");
		if (!reply.ok) return reply;
		return reply.value.status === 200
			? toCredentials(reply.value, request, ports.now())
			: refuseReply(reply.value, request);
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

function toCredentials(
	reply: CredentialReply,
	{ role }: AssumeRoleRequest,
	now: number,
): Result<TemporaryCredentials, CredentialsFault> {
	const text = reply.text();
	const accessKeyId = tag(text, "AccessKeyId");
	const secretAccessKey = tag(text, "SecretAccessKey");
	const sessionToken = tag(text, "SessionToken");
	const expiresAt = Date.parse(tag(text, "Expiration") ?? "");
	if (!accessKeyId || !secretAccessKey || !sessionToken)
		return refuse("credentials-invalid", {
			...reply,
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

function refuseReply(
	reply: CredentialReply,
	request: AssumeRoleRequest,
): Result<never, CredentialsFault> {
	const { status } = reply;
	const text = reply.text();
	const code = tag(text, "Code") ?? "";
	const message = tag(text, "Message") ?? "";
	// AWS quotes the request when it refuses a signature.
	const words = SIGNATURE_ERROR.test(code) ? [code] : [code, message];
	const detail = createRedactor(secretsOf(request)).text(
		words.filter(Boolean).join(": "),
	);
	const refused = (kind: CredentialsFault["kind"]) =>
		refuse(kind, { ...reply, detail });
	if (/MultiFactorAuthentication/.test(message)) return refused("mfa-needed");
	if (code === "AccessDenied") return refused("access-denied");
	if (/^ExpiredToken/.test(code)) return refused("credentials-expired");
	if (status >= 500 || status === 429 || /Throttl/.test(code))
		return refused("credentials-unavailable");
	// AWS always names a reason, so a reply without one is from another server.
	return refused(code ? "credentials-invalid" : "not-appconfig");
}

function secretsOf({ base, mfaCode }: AssumeRoleRequest) {
	const { accessKeyId, secretAccessKey, sessionToken } = base;
	return [accessKeyId, secretAccessKey, sessionToken, mfaCode];
}

/** The text of the first element of this name. STS's replies have each of the elements that are read here once. */
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

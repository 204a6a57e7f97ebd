// STS AssumeRole by hand: the SDK's own client reads XML with DOMParser, which a worker has not.
import type { Lease, Refusal } from "../../core/connection/lease.ts";
import type { AssumeRole, Providers } from "../../core/connection/provider.ts";
import { hostOf } from "../../core/endpoint.ts";
import { ok, type Result } from "../../core/result.ts";
import { type Answer, type AskPorts, refuse } from "./ask.ts";
import { askSigned } from "./signed.ts";

/** An hour: the most for a role assumed with another role's credentials. */
const DURATION_SECONDS = "3600";

export interface StsPorts extends AskPorts {
	/** Where STS answers; tests have one of their own. */
	readonly stsUrl?: (region: string) => string;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function createAssumeRole(ports: StsPorts): Providers["assumeRole"] {
	const urlOf =
		ports.stsUrl ?? ((region) => `https://${hostOf("sts", region)}/`);
	return async (asked) => {
		const { role, base } = asked;
		const answer = await askSigned(ports, {
			service: "sts",
			region: role.region,
			method: "POST",
			url: urlOf(role.region),
			headers: { "content-type": "application/x-www-form-urlencoded" },
			body: formOf(asked),
			credentials: base,
		});
		if (!answer.ok) return answer;
		return answer.value.status === 200
			? toLease(answer.value, asked, ports.now())
			: toRefusal(answer.value, asked);
	};
}

function formOf({ role, policy, mfaCode }: AssumeRole): string {
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
	{ text }: Answer,
	{ role }: AssumeRole,
	now: number,
): Result<Lease, Refusal> {
	const accessKeyId = tag(text, "AccessKeyId");
	const secretAccessKey = tag(text, "SecretAccessKey");
	const sessionToken = tag(text, "SessionToken");
	const expiresAt = Date.parse(tag(text, "Expiration") ?? "");
	if (!accessKeyId || !secretAccessKey || !sessionToken)
		return refuse("credentials-invalid", "STS answered without credentials.");
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
	{ status, text }: Answer,
	asked: AssumeRole,
): Result<never, Refusal> {
	const code = tag(text, "Code") ?? `HTTP ${status}`;
	const words = secretsOf(asked).reduce(
		(rest, secret) => rest.replaceAll(secret, "…"),
		tag(text, "Message") ?? "",
	);
	const detail = words ? `${code}: ${words}` : code;
	if (/MultiFactorAuthentication/.test(words))
		return refuse("mfa-needed", detail);
	if (code === "AccessDenied") return refuse("access-denied", detail);
	if (/^ExpiredToken/.test(code)) return refuse("credentials-expired", detail);
	if (status >= 500 || /Throttling/.test(code))
		return refuse("credentials-unavailable", detail);
	// What AWS says of a signature quotes the request.
	return refuse("credentials-invalid", code);
}

function secretsOf({ base, mfaCode }: AssumeRole): readonly string[] {
	return [base.secretAccessKey, base.sessionToken, mfaCode].filter(
		(secret) => secret !== undefined,
	);
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

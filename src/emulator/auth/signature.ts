// Signature Version 4, verified: who signed this request, or the refusal AWS would give.
import { timingSafeEqual } from "node:crypto";
import type { HttpRequest, Reply } from "../http/messages.ts";
import {
	ALGORITHM,
	type Scope,
	sha256,
	toSignature,
} from "./canonical-request.ts";
import type { Principal } from "./policy.ts";
import {
	expiredToken,
	incompleteSignature,
	invalidSignature,
	missingAuthenticationToken,
	unrecognizedClient,
} from "./refusals.ts";

export interface VerifiedSignature {
	readonly principal: Principal;
	readonly region: string;
}

interface Authorization {
	readonly accessKeyId: string;
	readonly scope: Scope;
	readonly signedHeaders: readonly string[];
	readonly signature: string;
}

const TOLERANCE_MS = 5 * 60 * 1000;

export function verifySignature(
	request: HttpRequest,
	principals: readonly Principal[],
	now: number,
): VerifiedSignature | Reply {
	const given = parseAuthorization(request);
	if ("status" in given) return given;
	const time = headerOf(request, "x-amz-date") ?? "";
	const timely = checkTime(time, given.scope, now);
	if (timely) return timely;
	const principal = principals.find(
		(one) => one.accessKeyId === given.accessKeyId,
	);
	const token = headerOf(request, "x-amz-security-token");
	if (!principal || principal.sessionToken !== token)
		return unrecognizedClient();
	if (
		!hasValidSignature(request, given, {
			secret: principal.secretAccessKey,
			time,
		})
	)
		return invalidSignature(
			"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
		);
	if (principal.expiresAt !== undefined && now >= principal.expiresAt)
		return expiredToken();
	return { principal, region: given.scope.region };
}

function parseAuthorization(request: HttpRequest): Authorization | Reply {
	const header = headerOf(request, "authorization");
	if (header === undefined) return missingAuthenticationToken();
	if (!header.startsWith(`${ALGORITHM} `))
		return incompleteSignature(`The algorithm must be ${ALGORITHM}`);
	const parts = parseParts(header);
	const missing = ["Credential", "SignedHeaders", "Signature"].find(
		(name) => !parts.get(name),
	);
	if (missing)
		return incompleteSignature(
			`Authorization header requires '${missing}' parameter.`,
		);
	const [accessKeyId = "", date = "", region = "", service = "", end] = (
		parts.get("Credential") ?? ""
	).split("/");
	if (end !== "aws4_request" || !/^\d{8}$/.test(date))
		return incompleteSignature(
			"Credential must be KEY/DATE/REGION/SERVICE/aws4_request",
		);
	if (service !== "appconfig")
		return invalidSignature(
			`Credential should be scoped to correct service: 'appconfig'.`,
		);
	const signedHeaders = (parts.get("SignedHeaders") ?? "").split(";");
	const unsigned = unsignedHeader(request, signedHeaders);
	if (unsigned)
		return invalidSignature(
			`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`,
		);
	const signature = parts.get("Signature") ?? "";
	return {
		accessKeyId,
		scope: { date, region, service },
		signedHeaders,
		signature,
	};
}

function parseParts(header: string): ReadonlyMap<string, string> {
	return new Map(
		header
			.slice(ALGORITHM.length)
			.split(",")
			.map((part) => {
				const [name = "", ...value] = part.trim().split("=");
				return [name, value.join("=")] as const;
			}),
	);
}

/** Host and every x-amz- header that counts must be under the signature. */
function unsignedHeader(
	{ headers }: HttpRequest,
	signed: readonly string[],
): string | undefined {
	return ["host", "x-amz-date", "x-amz-security-token"].find(
		(name) =>
			(name === "host" || headers[name] !== undefined) &&
			!signed.includes(name),
	);
}

function checkTime(time: string, scope: Scope, now: number): Reply | undefined {
	const [, year, month, day, hour, minute, second] =
		/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
	if (year === undefined)
		return incompleteSignature(
			"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
		);
	if (!time.startsWith(scope.date))
		return invalidSignature(
			"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
		);
	const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
	if (at < now - TOLERANCE_MS)
		return invalidSignature(
			`Signature expired: ${time} is now earlier than ${toTime(now - TOLERANCE_MS)} (${toTime(now)} - 5 min.)`,
		);
	if (at > now + TOLERANCE_MS)
		return invalidSignature(
			`Signature not yet current: ${time} is still later than ${toTime(now + TOLERANCE_MS)} (${toTime(now)} + 5 min.)`,
		);
	return Number.isNaN(at)
		? incompleteSignature(`${time} is not a time`)
		: undefined;
}

function toTime(at: number): string {
	return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}

function hasValidSignature(
	request: HttpRequest,
	{ signedHeaders, scope, signature }: Authorization,
	{ secret, time }: { secret: string; time: string },
): boolean {
	const claimed = headerOf(request, "x-amz-content-sha256");
	if (claimed !== undefined && claimed !== sha256(request.body)) return false;
	const ours = Buffer.from(
		toSignature(request, signedHeaders, { secret, time, scope }),
	);
	const theirs = Buffer.from(signature);
	return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

function headerOf({ headers }: HttpRequest, name: string): string | undefined {
	const value = headers[name];
	return typeof value === "string" ? value : undefined;
}

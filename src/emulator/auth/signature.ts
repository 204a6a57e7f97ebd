// Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
// The refusals come from AWS's front end, not from AppConfig, and have a lower-case `message`.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { errorReply } from "../http/errors.ts";
import { type HttpRequest, type Reply, toPath } from "../http/messages.ts";
import type { Principal } from "./policy.ts";

export interface VerifiedSignature {
	readonly principal: Principal;
	readonly region: string;
}

interface Scope {
	/** YYYYMMDD. */
	readonly date: string;
	readonly region: string;
	readonly service: string;
}

interface Authorization {
	readonly accessKeyId: string;
	readonly scope: Scope;
	readonly signedHeaders: readonly string[];
	readonly signature: string;
}

export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
const ALGORITHM = "AWS4-HMAC-SHA256";

/** Verifies a Signature Version 4. Returns the signer, or the refusal that AWS would send. */
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
		return refuse(
			"UnrecognizedClientException",
			"The security token included in the request is invalid.",
		);
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
		return refuse(
			"ExpiredTokenException",
			"The security token included in the request is expired",
		);
	return { principal, region: given.scope.region };
}

function parseAuthorization(request: HttpRequest): Authorization | Reply {
	const header = headerOf(request, "authorization");
	if (header === undefined)
		return refuse(
			"MissingAuthenticationTokenException",
			"Missing Authentication Token",
		);
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
	const at = parseAmzDate(time);
	if (at === undefined)
		return incompleteSignature(
			"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
		);
	if (!time.startsWith(scope.date))
		return invalidSignature(
			"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
		);
	if (at < now - CLOCK_TOLERANCE_MS)
		return invalidSignature(
			`Signature expired: ${time} is now earlier than ${toTime(now - CLOCK_TOLERANCE_MS)} (${toTime(now)} - 5 min.)`,
		);
	if (at > now + CLOCK_TOLERANCE_MS)
		return invalidSignature(
			`Signature not yet current: ${time} is still later than ${toTime(now + CLOCK_TOLERANCE_MS)} (${toTime(now)} + 5 min.)`,
		);
	return undefined;
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

/** Epoch ms of `20260115T120000Z`; undefined for anything else. */
export function parseAmzDate(text: string): number | undefined {
	const [, year, month, day, hour, minute, second] =
		/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
	const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
	return Number.isNaN(at) ? undefined : at;
}

function incompleteSignature(message: string): Reply {
	return refuse("IncompleteSignatureException", message);
}

function invalidSignature(message: string): Reply {
	return refuse("InvalidSignatureException", message);
}

function refuse(type: string, message: string): Reply {
	return errorReply(403, type, { message });
}

export function toSignature(
	request: HttpRequest,
	signedHeaders: readonly string[],
	given: { secret: string; time: string; scope: Scope },
): string {
	const { date, region, service } = given.scope;
	const scope = `${date}/${region}/${service}/aws4_request`;
	const text = [
		ALGORITHM,
		given.time,
		scope,
		sha256(toCanonicalRequest(request, signedHeaders)),
	].join("\n");
	const key = [date, region, service, "aws4_request"].reduce<Buffer>(
		(part, next) => hmac(part, next),
		Buffer.from(`AWS4${given.secret}`),
	);
	return hmac(key, text).toString("hex");
}

function toCanonicalRequest(
	request: HttpRequest,
	signedHeaders: readonly string[],
): string {
	const headers = signedHeaders.map((name) => {
		const value = [request.headers[name] ?? ""].flat().join(",");
		return `${name}:${value.trim().replace(/ +/g, " ")}\n`;
	});
	return [
		request.method,
		// Every service but S3 encodes the path a second time.
		toPath(request.url).split("/").map(encode).join("/"),
		toCanonicalQuery(request.url),
		headers.join(""),
		signedHeaders.join(";"),
		sha256(request.body),
	].join("\n");
}

function toCanonicalQuery(url: string): string {
	const start = url.indexOf("?");
	if (start === -1) return "";
	return url
		.slice(start + 1)
		.split("&")
		.filter((part) => part !== "")
		.map((part) => {
			const equals = part.indexOf("=");
			const name = equals === -1 ? part : part.slice(0, equals);
			const value = equals === -1 ? "" : part.slice(equals + 1);
			return [encode(decode(name)), encode(decode(value))] as const;
		})
		.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
		.map(([name, value]) => `${name}=${value}`)
		.join("&");
}

function compare(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

/** RFC 3986: more than encodeURIComponent. The way through a Buffer replaces lone surrogates, which it refuses. */
function encode(text: string): string {
	return encodeURIComponent(Buffer.from(text).toString()).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch (error) {
		if (error instanceof URIError) return text;
		throw error;
	}
}

export function sha256(data: string | Uint8Array): string {
	return createHash("sha256").update(data).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
	return createHmac("sha256", key).update(text).digest();
}

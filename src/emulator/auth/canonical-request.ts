// The canonical form of a request, as Signature Version 4 signs it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash, createHmac } from "node:crypto";
import { type HttpRequest, toPath } from "../http/messages.ts";

export interface Scope {
	/** YYYYMMDD. */
	readonly date: string;
	readonly region: string;
	readonly service: string;
}

export const ALGORITHM = "AWS4-HMAC-SHA256";

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

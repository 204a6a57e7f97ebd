// What configuration tokens stand for, and what they look like: as the service's own.
// A real token is an AWS Encryption SDK message in base64: it begins "AYADe" and has some 1.1 kB with + / and =
// (seen in https://github.com/aws/aws-sdk-java-v2/issues/5465). Clients must percent-encode it, so ours must need it.
import { randomBytes } from "node:crypto";
import { decodeBase64 } from "./base64.ts";

export interface TokenState {
	readonly session: number;
	/** How many calls of this session were accepted before this token was issued. */
	readonly sequence: number;
	/** Epoch ms. */
	readonly issuedAt: number;
	readonly intervalSeconds: number;
	readonly target: number;
	/** Id of the version this session has; 0 for none. */
	readonly version: number;
}

export interface Tokens {
	issue(state: TokenState): string;
	/** Takes a token still percent-encoded as in a query string; undefined when this process did not issue it. */
	openEncoded(encoded: string): TokenState | undefined;
}

export interface TokenShape {
	/** `bytes` begins with FIRST. */
	write(bytes: Buffer): string;
	/** Fills `bytes` from a token; false when it does not look like one of this process. */
	read(encoded: string, bytes: Buffer): boolean;
}

const HEAD = "AYAD";
/** So that a token begins "AYADe". */
export const FIRST = 0x78;
const ALL_BYTES = 827;

/** Of tokens that carry so many bytes, a multiple of three; the rest is the same in all tokens of this process. */
export function createTokenShape(carried: number): TokenShape {
	const tail = createTail(ALL_BYTES - carried);
	const encodedTail = encodeURIComponent(tail);

	/** For the one way in which a careful client encodes a token. */
	function readUsual(encoded: string, bytes: Buffer): boolean {
		if (encoded.slice(0, HEAD.length) !== HEAD) return false;
		const end = decodeBase64(encoded, HEAD.length, bytes);
		// Comparing a slice is ten times faster than `endsWith`.
		return (
			end !== -1 && bytes[0] === FIRST && encoded.slice(end) === encodedTail
		);
	}

	return {
		write: (bytes) => HEAD + bytes.toString("base64") + tail,
		read(encoded, bytes) {
			if (readUsual(encoded, bytes)) return true;
			const again = encodeAgain(encoded);
			return again !== undefined && readUsual(again, bytes);
		},
	};
}

function createTail(bytes: number): string {
	for (;;) {
		const text = randomBytes(bytes).toString("base64");
		if (text.includes("+") && text.includes("/")) return text;
	}
}

/** In the usual way, what came in another: `/` and `=` may stand in a query as they are, and hex digits be small. */
function encodeAgain(encoded: string): string | undefined {
	try {
		// A query string's decoding: a plus that was not percent-encoded is a space, and the token is broken.
		return encodeURIComponent(decodeURIComponent(encoded.replaceAll("+", " ")));
	} catch (error) {
		if (error instanceof URIError) return undefined;
		throw error;
	}
}

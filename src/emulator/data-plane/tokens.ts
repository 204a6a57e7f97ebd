import { randomBytes, randomFillSync } from "node:crypto";
import type { Clock } from "../shared/clock.ts";

/** What a token stands for. It stays here: the client receives the secret alone. */
export interface TokenGrant {
	/** Number of the session, from 1. */
	readonly session: number;
	/** Issued by StartConfigurationSession. The first poll of a session is never too early. */
	readonly isInitial: boolean;
	/** Epoch ms. */
	readonly issuedAt: number;
	readonly intervalSeconds: number;
	readonly configurationId: number;
	/** Id of the version that the session has received; 0 for none. */
	readonly versionId: number;
}

export interface Token extends TokenGrant {
	readonly secret: string;
}

export interface Tokens {
	/** The text that the client receives. */
	issue(grant: TokenGrant): string;
	/**
	 * Takes a token percent-encoded, as it stands in a query string. Undefined for a token that this process did not
	 * issue, that was used, or that expired a day ago.
	 */
	find(encoded: string): Token | undefined;
	/** Spends a token. False if another request with the same token was faster. */
	use(token: Token): boolean;
}

export interface TokensOptions {
	readonly clock: Clock;
	/** `strict`: a token is good for one call; `replay`: for any number of calls within its life. */
	readonly mode: "strict" | "replay";
}

export const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;

/** Tokens are not spent in replay mode; this bounds their memory to about 40 MB. */
const MAX_REPLAY_TOKENS = 100_000;

/**
 * AWS's tokens are base64 of 1.1 kB that begins with "AYADe" and contains +, / and =
 * (https://github.com/aws/aws-sdk-java-v2/issues/5465). Tokens of the same shape reveal a client that does not
 * percent-encode them. Only the secret in the middle counts; the rest is the same in all tokens of a process.
 */
const TOKEN_BYTES = 830;
const PREFIX = "AYADeAAA";
const SECRET_BYTES = 16;
/** In hexadecimal digits, which need no percent-encoding. */
const SECRET_LENGTH = SECRET_BYTES * 2;

export function createTokens({ clock, mode }: TokensOptions): Tokens {
	const createSecret = createSecretGenerator();
	const suffix = createSuffix();
	const encodedSuffix = encodeURIComponent(suffix);
	// Two generations: when the recent one is a day old or full, it becomes the older one, and the older one is dropped.
	// Thus every token is kept for at least its life, and expired tokens need not be searched for.
	let recent = new Map<string, Token>();
	let older = new Map<string, Token>();
	let recentSince = clock();

	function rotate(): void {
		const isFull = mode === "replay" && recent.size >= MAX_REPLAY_TOKENS / 2;
		if (!isFull && clock() - recentSince < TOKEN_LIFE_MS) return;
		older = recent;
		recent = new Map();
		recentSince = clock();
	}

	return {
		issue(grant) {
			rotate();
			const secret = createSecret();
			recent.set(secret, { ...grant, secret });
			return PREFIX + secret + suffix;
		},
		find(encoded) {
			// Clients usually encode as encodeURIComponent does; a comparison is faster than decoding 1 kB.
			const secret =
				toSecret(encoded, encodedSuffix) ?? toSecret(decode(encoded), suffix);
			if (secret === undefined) return undefined;
			const token = recent.get(secret) ?? older.get(secret);
			// A token that is used over and over stays in the recent generation.
			if (token && mode === "replay" && !recent.has(secret))
				recent.set(token.secret, token);
			return token;
		},
		use: ({ secret }) =>
			mode === "replay" || recent.delete(secret) || older.delete(secret),
	};
}

/** Takes random bytes 256 secrets at a time, because a call to node:crypto costs as much as the rest of a poll's tokens. */
function createSecretGenerator(): () => string {
	const pool = Buffer.alloc(256 * SECRET_BYTES);
	let next = pool.length;
	return () => {
		if (next === pool.length) {
			randomFillSync(pool);
			next = 0;
		}
		next += SECRET_BYTES;
		return pool.toString("hex", next - SECRET_BYTES, next);
	};
}

function createSuffix(): string {
	const bytes = TOKEN_BYTES - ((PREFIX.length + SECRET_LENGTH) * 3) / 4;
	for (;;) {
		const suffix = randomBytes(bytes).toString("base64");
		if (suffix.includes("+") && suffix.includes("/")) return suffix;
	}
}

function toSecret(
	token: string | undefined,
	suffix: string,
): string | undefined {
	const end = PREFIX.length + SECRET_LENGTH;
	// Comparing a slice is ten times as fast as endsWith.
	return token?.startsWith(PREFIX) && token.slice(end) === suffix
		? token.slice(PREFIX.length, end)
		: undefined;
}

/** As a query string is decoded: a + that is not percent-encoded means a space. */
function decode(encoded: string): string | undefined {
	try {
		return decodeURIComponent(encoded.replaceAll("+", " "));
	} catch (error) {
		if (error instanceof URIError) return undefined;
		throw error;
	}
}

import type { FaultKind, Operation } from "../session/fault.ts";

export interface Credentials {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken?: string;
}

/** Keys as the user gives them: to a profile itself, or to a connection. */
export interface OwnKeys extends Credentials {
	/** Epoch ms on the service's clock; absent where it is not known. */
	readonly expiresAt?: number;
}

export const ACCESS_KEY_ID = /^\w{16,128}$/;
export const SECRET_ACCESS_KEY = /^\S{16,}$/;
export const SESSION_TOKEN = /^\S+$/;
/** A token becomes the value of a request header. */
export const BEARER_TOKEN = /^[\x20-\x7e]{1,8192}$/;

/** Temporary keys, whose access key IDs start with ASIA, do not work without their session token. */
export function needsSessionToken(accessKeyId: string): boolean {
	return accessKeyId.startsWith("ASIA");
}

/** Enough of an access key ID to recognise it by, and no more: `AKIA…WXYZ`. */
export function maskAccessKeyId(accessKeyId: string): string {
	return `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
}

/** An AWS access key, a private key, or a field of an export that holds a secret. */
const SHARED_SECRETS =
	/\bA[KS]IA[A-Z0-9]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|"(?:accessKeyId|secretAccessKey|sessionToken|bearerToken)"\s*:\s*"[^"]|(?:secret[ _.-]?(?:access[ _.-]?)?key|(?:session|security)[ _.-]?token)["'\]]*\s*[=:]\s*["']?[A-Za-z0-9+/=_-]{16}/i;

/** Whether a text that is meant to be shared contains a secret. */
export function containsSecrets(text: string): boolean {
	return SHARED_SECRETS.test(text);
}

export const SECRETS_IN_SHARED_TEXT =
	"This text contains keys or a token, which exports never contain. Nothing was read. Remove them, and paste keys under Credentials on the page of a profile or connection.";

export interface TemporaryCredentials {
	readonly credentials: Credentials;
	/** Epoch ms at which it was received. */
	readonly receivedAt: number;
	/** Epoch ms; absent for keys that do not expire, or whose expiry is not known. */
	readonly expiresAt?: number;
	/** 12 digits, where it is known. */
	readonly accountId?: string;
	/** The name or the ARN of the role. */
	readonly roleName?: string;
}

/** The secret of a connection, kept for the browser session or in the vault. It never leaves the background. `lease` is its stored name. */
export type Secret =
	| { readonly kind: "keys"; readonly lease: TemporaryCredentials }
	| { readonly kind: "bearer"; readonly token: string }
	| {
			readonly kind: "sign-in";
			readonly clientId: string;
			readonly clientSecret: string;
			/** Epoch ms. */
			readonly clientExpiresAt: number;
			readonly accessToken: string;
			/** Epoch ms. */
			readonly expiresAt: number;
			readonly refreshToken?: string;
	  };

/** Why there are no credentials: a fault of a session without its time. */
export interface CredentialsFault {
	readonly kind: Extract<
		FaultKind,
		| "credentials-missing"
		| "credentials-expired"
		| "credentials-invalid"
		| "credentials-unavailable"
		| "credentials-locked"
		| "sign-in-needed"
		| "mfa-needed"
		| "access-denied"
		| "permission-missing"
		| "not-appconfig"
	>;
	/** The server's message, redacted, or a sentence of ours; for `permission-missing` the match pattern. Never stored. */
	readonly detail: string;
	/** The host that was called. */
	readonly host?: string;
	readonly operation?: Operation;
	readonly status?: number;
}

export const CONNECTION_DELETED: CredentialsFault = {
	kind: "credentials-missing",
	detail: "This connection was deleted.",
};

/** `stale`: still valid, but due for renewal (after 80 % of the lifetime, or 5 minutes before expiry). */
export type Freshness = "fresh" | "stale" | "expired";

const RENEW_MS = 5 * 60_000;
/** Credentials that expire this soon may expire during the call. */
const MARGIN_MS = 30_000;

/** `now`: epoch ms on AWS's clock, as far as it is known. */
export function freshnessOf(
	credentials: Pick<TemporaryCredentials, "receivedAt" | "expiresAt">,
	now: number,
): Freshness {
	const { receivedAt, expiresAt } = credentials;
	if (expiresAt === undefined) return "fresh";
	if (now >= expiresAt - MARGIN_MS) return "expired";
	const life = Math.max(0, expiresAt - receivedAt);
	const refreshAt = Math.min(receivedAt + 0.8 * life, expiresAt - RENEW_MS);
	// Five minutes would be all of a short lifetime: those are renewed after 80 %.
	const at = life <= 2 * RENEW_MS ? receivedAt + 0.8 * life : refreshAt;
	return now >= at ? "stale" : "fresh";
}

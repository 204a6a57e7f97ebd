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

// Keys as the user typed them: their shape and what is wrong with them. Where they are kept is the background's business.
import { err, ok, type Result } from "../shared/result.ts";

export interface Credentials {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken?: string;
}

/** Given to a profile itself. */
export interface OwnKeys extends Credentials {
	/** Epoch ms on the service's clock; absent where nobody told it. */
	readonly expiresAt?: number;
}

/** The three fields of a form, as typed. */
export interface KeyFields {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken: string;
}

export type KeyErrors = { readonly [K in keyof KeyFields]?: string };

/** `undefined` when the form's three fields are empty: keys given before stay. No message repeats what was typed. */
export function parseCredentials(
	form: KeyFields,
): Result<Credentials | undefined, KeyErrors> {
	const accessKeyId = form.accessKeyId.trim();
	const secretAccessKey = form.secretAccessKey.trim();
	const sessionToken = form.sessionToken.trim();
	if (!accessKeyId && !secretAccessKey && !sessionToken) return ok(undefined);
	const errors: { -readonly [K in keyof KeyErrors]: KeyErrors[K] } = {};
	if (!/^\w{16,128}$/.test(accessKeyId))
		errors.accessKeyId =
			"An access key ID has at least 16 letters and digits, like AKIA… or ASIA….";
	if (!/^\S{16,}$/.test(secretAccessKey))
		errors.secretAccessKey =
			"Required with an access key ID; it has no spaces in it.";
	if (accessKeyId.startsWith("ASIA") && !sessionToken)
		errors.sessionToken =
			"An access key ID that starts with ASIA is temporary: it needs its session token.";
	if (/\s/.test(sessionToken))
		errors.sessionToken = "A session token has no spaces or line breaks in it.";
	if (Object.keys(errors).length > 0) return err(errors);
	return ok({
		accessKeyId,
		secretAccessKey,
		...(sessionToken ? { sessionToken } : {}),
	});
}

/** When keys end, where what was pasted told it: epoch ms as digits in the form. */
export function parseExpiresAt({ expiresAt }: { readonly expiresAt: string }): {
	readonly expiresAt?: number;
} {
	return /^\d{13}$/.test(expiresAt) ? { expiresAt: Number(expiresAt) } : {};
}

/** Enough of an access key ID to recognise it by, and no more: `AKIA…WXYZ`. */
export function maskAccessKeyId(accessKeyId: string): string {
	return `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
}

import {
	ACCESS_KEY_ID,
	needsSessionToken,
	type OwnKeys,
	SECRET_ACCESS_KEY,
	SESSION_TOKEN,
} from "../../core/connection/credentials.ts";
import type { PastedKeys } from "../../core/connection/pasted-credentials.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";

import type { FieldText } from "./Field.tsx";
import { collectErrors, type FieldErrors } from "./use-form.ts";

/** The key fields of a form, as typed. */
export interface KeyFields {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken: string;
	/** The expiry of the keys, in epoch ms as digits; filled in only by pasting. */
	readonly expiresAt: string;
}

export const EMPTY_KEY_FIELDS: KeyFields = {
	accessKeyId: "",
	secretAccessKey: "",
	sessionToken: "",
	expiresAt: "",
};

export const KEY_FIELDS: readonly FieldText<
	"accessKeyId" | "secretAccessKey" | "sessionToken"
>[] = [
	{ field: "accessKeyId", name: "Access key ID" },
	{ field: "secretAccessKey", name: "Secret access key" },
	{
		field: "sessionToken",
		name: "Session token",
		hint: "Required for temporary keys, whose ID starts with ASIA.",
	},
];

export function isKeyField(name: string): boolean {
	return KEY_FIELDS.some(({ field }) => field === name);
}

/** `undefined` when the three fields are empty: keys given before stay. No message repeats what was typed. */
export function parseKeyFields(
	fields: KeyFields,
): Result<OwnKeys | undefined, FieldErrors<KeyFields>> {
	const accessKeyId = fields.accessKeyId.trim();
	const secretAccessKey = fields.secretAccessKey.trim();
	const sessionToken = fields.sessionToken.trim();
	if (!accessKeyId && !secretAccessKey && !sessionToken) return ok(undefined);
	const errors = collectErrors<KeyFields>({
		accessKeyId: ACCESS_KEY_ID.test(accessKeyId)
			? undefined
			: "An access key ID has at least 16 letters and digits, like AKIA… or ASIA….",
		secretAccessKey: SECRET_ACCESS_KEY.test(secretAccessKey)
			? undefined
			: "Required with an access key ID. It contains no spaces.",
		sessionToken: sessionTokenError(accessKeyId, sessionToken),
	});
	if (errors) return err(errors);
	return ok({
		accessKeyId,
		secretAccessKey,
		...(sessionToken ? { sessionToken } : {}),
		...(/^\d{13}$/.test(fields.expiresAt)
			? { expiresAt: Number(fields.expiresAt) }
			: {}),
	});
}

function sessionTokenError(
	accessKeyId: string,
	sessionToken: string,
): string | undefined {
	if (!sessionToken)
		return needsSessionToken(accessKeyId)
			? "Required: an access key ID that starts with ASIA is temporary and needs its session token."
			: undefined;
	return SESSION_TOKEN.test(sessionToken)
		? undefined
		: "A session token contains no spaces or line breaks.";
}

/** What pasted keys fill in. Fields that they do not have become empty. */
export function toKeyFields({ credentials, expiresAt }: PastedKeys): KeyFields {
	return {
		...EMPTY_KEY_FIELDS,
		...credentials,
		expiresAt: expiresAt?.toString() ?? "",
	};
}

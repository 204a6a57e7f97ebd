// What becomes of a text pasted into the form: all the fields that it names at once, or the one it was pasted into.
import type { PastedKeys } from "../../core/connection/pasted-credentials.ts";
import type { ProfileForm } from "../../core/profile/profile.ts";
import { ALL_FIELDS, KEYS } from "./fields.ts";

type KeyFields = Pick<
	ProfileForm,
	"accessKeyId" | "secretAccessKey" | "sessionToken" | "expiresAt"
>;

/** Of a profile's form, and of a connection's. */
export function toKeyFields({ credentials, expiresAt }: PastedKeys): KeyFields {
	const { accessKeyId, secretAccessKey, sessionToken = "" } = credentials;
	return {
		accessKeyId,
		secretAccessKey,
		sessionToken,
		expiresAt: expiresAt?.toString() ?? "",
	};
}

export function isKeyField(name: string): boolean {
	return KEYS.some(({ field }) => field === name);
}

/** One value is what most people paste into one field. */
export function isOneKey(text: string): boolean {
	return !/[\s={]/.test(text.trim());
}

/** "Application, Region": for the confirmation, by the names the fields have on the page. */
export function nameFields(fields: Partial<ProfileForm>): string {
	return ALL_FIELDS.filter(({ field }) => fields[field])
		.map(({ name }) => name)
		.join(", ");
}

/** An export, or a link to one: what a colleague sends. */
export function isShared(text: string): boolean {
	return /"format":\s*"appconfig-inspector"|#import=[\w-]{20}/.test(text);
}

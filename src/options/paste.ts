// What becomes of a text pasted into the form: all the fields that it names at once, or the one it was pasted into.
import { type Pasted, parsePasted } from "../core/pasted-credentials.ts";
import { parseResource } from "../core/pasted-resource.ts";
import type { ProfileForm } from "../core/profile.ts";
import { ALL_FIELDS, KEYS } from "./fields.ts";

export type PasteResult =
	/** The browser's own paste, into the field that has the focus. */
	| { readonly kind: "plain" }
	| { readonly kind: "fields"; readonly fields: Partial<ProfileForm> }
	| { readonly kind: "keys"; readonly pasted: Pasted }
	| { readonly kind: "choice"; readonly choices: readonly Pasted[] }
	| { readonly kind: "refused"; readonly reason: string };

const PLAIN: PasteResult = { kind: "plain" };

/** `field` is the name of the field pasted into. */
export function readPaste(field: string, text: string): PasteResult {
	if (KEYS.some((key) => key.field === field)) return readKeys(text);
	const named = parseResource(text);
	return named ? { kind: "fields", fields: named } : PLAIN;
}

export function toKeyFields({ credentials }: Pasted): Partial<ProfileForm> {
	const { accessKeyId, secretAccessKey, sessionToken = "" } = credentials;
	return { accessKeyId, secretAccessKey, sessionToken };
}

/** "Application, Region": for the confirmation, by the names the fields have on the page. */
export function nameFields(fields: Partial<ProfileForm>): string {
	return ALL_FIELDS.filter(({ field }) => fields[field])
		.map(({ name }) => name)
		.join(", ");
}

function readKeys(text: string): PasteResult {
	// One value is what most people paste into one field.
	if (!/[\s={]/.test(text.trim())) return PLAIN;
	const parsed = parsePasted(text);
	if (!parsed.ok) return { kind: "refused", reason: parsed.error };
	const [only, ...others] = parsed.value;
	if (only && others.length === 0) return { kind: "keys", pasted: only };
	return { kind: "choice", choices: parsed.value };
}

// Half-typed forms, kept until they are saved or discarded; the three secret fields are never among what is kept.
import { EMPTY_FORM, type ProfileForm } from "../core/profile.ts";

/** The part of localStorage used here. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const SECRETS = ["accessKeyId", "secretAccessKey", "sessionToken"] as const;

/** `key`: `new`, a profile's id, or what else a form is about. */
export function loadDraft(
	storage: DraftStorage,
	key: string,
): ProfileForm | undefined {
	const text = storage.getItem(nameOf(key));
	if (text === null) return undefined;
	try {
		return parse(JSON.parse(text));
	} catch {
		// Not written by us: as good as none.
		return undefined;
	}
}

/** A form that says what is saved already is no draft. */
export function keepDraft(
	storage: DraftStorage,
	key: string,
	{ form, saved }: { form: ProfileForm; saved: ProfileForm },
): void {
	const kept = withoutSecrets(form);
	if (isSame(kept, withoutSecrets(saved))) storage.removeItem(nameOf(key));
	else storage.setItem(nameOf(key), JSON.stringify(kept));
}

export function dropDraft(storage: DraftStorage, key: string): void {
	storage.removeItem(nameOf(key));
}

export function withoutSecrets(form: ProfileForm): ProfileForm {
	const kept = { ...form };
	for (const field of SECRETS) kept[field] = "";
	return kept;
}

export function isSame(a: ProfileForm, b: ProfileForm): boolean {
	return Object.keys(EMPTY_FORM).every(
		(key) => a[key as keyof ProfileForm] === b[key as keyof ProfileForm],
	);
}

function parse(value: unknown): ProfileForm | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	const found = new Map<string, unknown>(Object.entries(value));
	const fields = Object.keys(EMPTY_FORM).map((key) => {
		const text = found.get(key);
		return [key, typeof text === "string" ? text : ""];
	});
	return withoutSecrets(Object.fromEntries(fields) as ProfileForm);
}

function nameOf(key: string): string {
	return `draft.${key}`;
}

import { saveItem } from "../../ui/components/preferences.ts";

/** The part of localStorage used here. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What kind of form it is: all its fields, each a text, and which of them are never kept. */
export interface FormFields<F> {
	readonly empty: F;
	readonly secrets: readonly (keyof F)[];
}

type Texts<F> = { readonly [K in keyof F]: string };

/** `key`: `new`, a profile's id, or what else a form is about. */
export function loadDraft<F extends Texts<F>>(
	storage: DraftStorage,
	key: string,
	shape: FormFields<F>,
): F | undefined {
	const text = storage.getItem(storageKey(key));
	if (text === null) return undefined;
	try {
		return parse(JSON.parse(text), shape);
	} catch {
		// Not written by us: as good as none.
		return undefined;
	}
}

export interface Draft<F> {
	readonly form: F;
	readonly saved: F;
	readonly shape: FormFields<F>;
}

/** A form that says what is saved already is no draft. */
export function saveDraft<F extends Texts<F>>(
	storage: DraftStorage,
	key: string,
	draft: Draft<F>,
): void {
	if (isUnchanged(draft)) storage.removeItem(storageKey(key));
	else {
		const kept = withoutSecrets(draft.form, draft.shape);
		saveItem(storage, storageKey(key), JSON.stringify(kept));
	}
}

export function deleteDraft(storage: DraftStorage, key: string): void {
	storage.removeItem(storageKey(key));
}

export function withoutSecrets<F>(form: F, { secrets }: FormFields<F>): F {
	const blank = Object.fromEntries(secrets.map((field) => [field, ""]));
	return { ...form, ...blank };
}

/** Secrets apart: they are never shown again, so they never differ. */
export function isUnchanged<F extends Texts<F>>(draft: Draft<F>): boolean {
	const { form, saved, shape } = draft;
	const a = withoutSecrets(form, shape);
	const b = withoutSecrets(saved, shape);
	return fieldsOf(shape).every((field) => a[field] === b[field]);
}

function parse<F extends Texts<F>>(
	value: unknown,
	shape: FormFields<F>,
): F | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	const found = new Map<PropertyKey, unknown>(Object.entries(value));
	const fields = fieldsOf(shape).map((field) => {
		const text = found.get(field);
		return [field, typeof text === "string" ? text : ""];
	});
	return withoutSecrets(Object.fromEntries(fields) as F, shape);
}

function fieldsOf<F>({ empty }: FormFields<F>): readonly (keyof F)[] {
	return Object.keys(empty as object) as (keyof F)[];
}

function storageKey(key: string): string {
	return `draft.${key}`;
}

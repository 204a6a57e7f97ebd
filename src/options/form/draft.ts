import { saveItem } from "../../ui/components/preferences.ts";

/** The part of localStorage used here. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The fields of a form, and which of them are never stored. */
export interface FormFields<F> {
	readonly empty: F;
	readonly secrets: readonly (keyof F)[];
}

type Texts<F> = { readonly [K in keyof F]: string };

/** `key`: the route of the form. */
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
		// Not a draft that this page wrote.
		return undefined;
	}
}

export interface Draft<F> {
	readonly form: F;
	readonly saved: F;
	readonly shape: FormFields<F>;
}

/** Deletes the draft when the form equals what is saved. */
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

/** Ignores secrets, which are never shown again. */
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

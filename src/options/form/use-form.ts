import { useEffect, useRef, useState } from "preact/hooks";
import type { Result } from "../../core/shared/result.ts";
import {
	deleteDraft,
	type FormFields,
	isUnchanged,
	loadDraft,
	saveDraft,
} from "./draft.ts";

/** One sentence per field that cannot be saved as it is. */
export type FieldErrors<F> = { readonly [K in keyof F]?: string | undefined };

/** The errors among the given sentences; `undefined` when there is none. */
export function collectErrors<F>(
	sentences: FieldErrors<F>,
): FieldErrors<F> | undefined {
	const errors = Object.entries(sentences).filter(([, text]) => text);
	return errors.length > 0
		? (Object.fromEntries(errors) as FieldErrors<F>)
		: undefined;
}

/** A kind of form: its fields, and how their texts are parsed. */
export interface FormDefinition<F, V> extends FormFields<F> {
	/** The fields as they stand on the page: the first one with an error gets the focus. Their ids are their names. */
	readonly order: readonly (keyof F & string)[];
	parse(form: F): Result<V, FieldErrors<F>>;
}

export interface FormState<F, V = unknown> {
	readonly form: F;
	readonly errors: FieldErrors<F>;
	/** Whether it differs from what is saved. */
	readonly isDraft: boolean;
	set(fields: Partial<F>): void;
	/**
	 * Parses the form and saves it once, however often the button is clicked meanwhile. `save` is called in the click itself, so that
	 * it can ask the browser for permissions; afterwards the draft is deleted, unless the user has typed more. Resolves with the
	 * result of `save`, or with `undefined` when the form is not valid or is being saved already.
	 */
	submit<T>(form: F, save: (value: V) => Promise<T>): Promise<T | undefined>;
	/** Forgets what was typed: the form shows what is saved. */
	reset(): void;
}

/** `key` names the draft; `saved` is shown as long as nothing was typed. */
export function useForm<F extends { readonly [K in keyof F]: string }, V>(
	definition: FormDefinition<F, V>,
	key: string,
	saved: F,
): FormState<F, V> {
	const [typed, setTyped] = useState(() =>
		loadDraft(localStorage, key, definition),
	);
	// Autofill writes several fields before there is a render in between.
	const latest = useRef(typed);
	const isSaving = useRef(false);
	const [errors, setErrors] = useState<FieldErrors<F>>({});
	const [refusals, setRefusals] = useState(0);
	useEffect(() => {
		focusField(definition.order.filter((field) => errors[field]));
		// Only when a save was refused, not while the user corrects the fields.
	}, [refusals]);

	function type(form: F | undefined): void {
		latest.current = form;
		setTyped(form);
		if (form) saveDraft(localStorage, key, { form, saved, shape: definition });
		else deleteDraft(localStorage, key);
	}

	function reset(): void {
		type(undefined);
		setErrors({});
	}

	async function submit<T>(
		submitted: F,
		save: (value: V) => Promise<T>,
	): Promise<T | undefined> {
		if (isSaving.current) return undefined;
		const parsed = definition.parse(submitted);
		if (!parsed.ok) {
			setErrors(parsed.error);
			setRefusals((count) => count + 1);
			return undefined;
		}
		isSaving.current = true;
		try {
			const result = await save(parsed.value);
			if (latest.current === typed) reset();
			return result;
		} finally {
			isSaving.current = false;
		}
	}

	const form = typed ?? saved;
	return {
		form,
		errors,
		isDraft: !isUnchanged({ form, saved, shape: definition }),
		set: (fields) => {
			type({ ...(latest.current ?? saved), ...fields });
			const corrected = Object.keys(fields).map((field) => [field, undefined]);
			setErrors((old) => ({ ...old, ...Object.fromEntries(corrected) }));
		},
		submit,
		reset,
	};
}

/** Focuses the first of these fields that exists and is enabled, and scrolls it into view with the error below it. */
export function focusField(ids: readonly string[]): void {
	const fields = ids.map((id) => document.getElementById(id));
	const field = fields.find((each) => each && !each.matches(":disabled"));
	field?.scrollIntoView({ block: "center" });
	field?.focus({ preventScroll: true });
}

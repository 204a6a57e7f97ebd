// A form's state, as a hook: what is typed, what is wrong with it, and the draft that outlives the page.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Result } from "../core/shared/result.ts";
import {
	deleteDraft,
	type FormFields,
	isUnchanged,
	loadDraft,
	saveDraft,
} from "./draft.ts";
import { focusField } from "./focus-field.ts";

export type FormErrors<F> = { readonly [K in keyof F]?: string | undefined };

/** What a form is, and how it is read. */
export interface FormDefinition<F, V> extends FormFields<F> {
	/** As the fields stand on the page: the first bad one gets the focus. Their ids are their names. */
	readonly order: readonly (keyof F & string)[];
	check(form: F): Result<V, FormErrors<F>>;
}

export interface FormState<F, V = unknown> {
	readonly form: F;
	readonly errors: FormErrors<F>;
	/** Whether it differs from what is saved. */
	readonly isDraft: boolean;
	set(field: keyof F & string, value: string): void;
	/** What it says; or, after showing what is wrong and going to the first bad field, nothing. */
	check(form: F): V | undefined;
	refuse(errors: FormErrors<F>): void;
	/** Whether it is on its way to the background: a second click is the same wish. */
	readonly saving: { current: boolean };
	/** As it stood in this render it is saved; what was typed since stays. */
	saved(): void;
	/** Forgets what was typed: the form says what is saved. */
	reset(): void;
}

/** `key` names the draft, `saved` is what stands in the form as long as nothing was typed. */
export function useForm<F extends { readonly [K in keyof F]: string }, V>(
	kind: FormDefinition<F, V>,
	key: string,
	saved: F,
): FormState<F, V> {
	const [typed, setTyped] = useState(() => loadDraft(localStorage, key, kind));
	// Autofill writes several fields before there is a render in between.
	const latest = useRef(typed);
	const saving = useRef(false);
	const [errors, setErrors] = useState<FormErrors<F>>({});
	const [refusals, setRefusals] = useState(0);
	useEffect(() => {
		focusField(kind.order.filter((field) => errors[field]));
		// Only when a save was refused, not while the user corrects things.
	}, [refusals]);

	function type(form: F | undefined): void {
		latest.current = form;
		setTyped(form);
		if (form) saveDraft(localStorage, key, { form, saved, shape: kind });
		else deleteDraft(localStorage, key);
	}
	function refuse(found: FormErrors<F>): void {
		setErrors(found);
		setRefusals((count) => count + 1);
	}

	function reset(): void {
		type(undefined);
		setErrors({});
	}

	const form = typed ?? saved;
	return {
		form,
		errors,
		isDraft: !isUnchanged({ form, saved, shape: kind }),
		set: (field, value) => {
			type({ ...(latest.current ?? saved), [field]: value });
			setErrors((old) => ({ ...old, [field]: undefined }));
		},
		check: (checked) => {
			const result = kind.check(checked);
			if (result.ok) return result.value;
			refuse(result.error);
			return undefined;
		},
		refuse,
		saving,
		saved: () => {
			if (latest.current === typed) reset();
		},
		reset,
	};
}

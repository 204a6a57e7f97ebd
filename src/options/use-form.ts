// The form's state, as a hook: what is typed, what is wrong with it, and the draft that outlives the page.
import { useEffect, useState } from "preact/hooks";
import { parseCredentials } from "../core/credentials.ts";
import {
	type FieldErrors,
	type Profile,
	type ProfileForm,
	type ProfileId,
	parseProfile,
} from "../core/profile.ts";
import {
	dropDraft,
	isSame,
	keepDraft,
	loadDraft,
	withoutSecrets,
} from "./draft.ts";
import { ALL_FIELDS } from "./fields.ts";

export interface FormState {
	readonly form: ProfileForm;
	readonly errors: FieldErrors;
	/** Whether it differs from what is saved. */
	readonly isDraft: boolean;
	set(field: keyof ProfileForm, value: string): void;
	/** Shows what is wrong and goes to the first bad field; the profile when nothing is. */
	check(): Profile | undefined;
	refuse(errors: FieldErrors): void;
	/** Forgets what was typed since. */
	reset(): void;
	clearSecrets(): void;
}

/** `key` names the draft, `saved` is what the form starts from. */
export function useForm(key: string, saved: ProfileForm): FormState {
	const [form, setForm] = useState(() => loadDraft(localStorage, key) ?? saved);
	const [errors, setErrors] = useState<FieldErrors>({});
	const [refusals, setRefusals] = useState(0);
	useEffect(() => {
		const bad = ALL_FIELDS.find(({ field }) => errors[field]);
		if (bad) document.getElementById(bad.field)?.focus();
		// Only when a save was refused, not while the user corrects things.
	}, [refusals]);

	function refuse(found: FieldErrors): void {
		setErrors(found);
		setRefusals((count) => count + 1);
	}

	return {
		form,
		errors,
		isDraft: !isSame(withoutSecrets(form), withoutSecrets(saved)),
		set: (field, value) => {
			const next = { ...form, [field]: value };
			setForm(next);
			setErrors({ ...errors, [field]: undefined });
			keepDraft(localStorage, key, { form: next, saved });
		},
		check: () => {
			const profile = parseProfile(form, "" as ProfileId);
			const keys = parseCredentials(form);
			if (profile.ok && keys.ok) return profile.value;
			refuse({
				...(profile.ok ? {} : profile.error),
				...(keys.ok ? {} : keys.error),
			});
			return undefined;
		},
		refuse,
		reset: () => {
			setForm(saved);
			setErrors({});
			dropDraft(localStorage, key);
		},
		clearSecrets: () => setForm(withoutSecrets),
	};
}

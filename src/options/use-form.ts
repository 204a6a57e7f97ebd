// The form's state, as a hook: what is typed, what is wrong with it, and the draft that outlives the page.
import { useEffect, useRef, useState } from "preact/hooks";
import { parseCredentials } from "../core/credentials.ts";
import {
	type FieldErrors,
	type Profile,
	type ProfileForm,
	type ProfileId,
	parseProfile,
} from "../core/profile.ts";
import { err, type Result } from "../core/result.ts";
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
	/** The profile; or, after showing what is wrong and going to the first bad field, nothing. */
	check(form: ProfileForm): Profile | undefined;
	refuse(errors: FieldErrors): void;
	/** Forgets what was typed: the form says what is saved. */
	reset(): void;
}

/** `key` names the draft, `saved` is what stands in the form as long as nothing was typed. */
export function useForm(key: string, saved: ProfileForm): FormState {
	const [typed, setTyped] = useState(() => loadDraft(localStorage, key));
	// Autofill writes several fields before there is a render in between.
	const latest = useRef(typed);
	const [errors, setErrors] = useState<FieldErrors>({});
	const [refusals, setRefusals] = useState(0);
	useEffect(() => {
		const bad = ALL_FIELDS.find(({ field }) => errors[field]);
		if (bad) document.getElementById(bad.field)?.focus();
		// Only when a save was refused, not while the user corrects things.
	}, [refusals]);

	function type(form: ProfileForm | undefined): void {
		latest.current = form;
		setTyped(form);
		if (form) keepDraft(localStorage, key, { form, saved });
		else dropDraft(localStorage, key);
	}
	function refuse(found: FieldErrors): void {
		setErrors(found);
		setRefusals((count) => count + 1);
	}

	const form = typed ?? saved;
	return {
		form,
		errors,
		isDraft: !isSame(withoutSecrets(form), withoutSecrets(saved)),
		set: (field, value) => {
			type({ ...(latest.current ?? saved), [field]: value });
			setErrors((old) => ({ ...old, [field]: undefined }));
		},
		check: (checked) => {
			const result = checkForm(checked);
			if (result.ok) return result.value;
			refuse(result.error);
			return undefined;
		},
		refuse,
		reset: () => {
			type(undefined);
			setErrors({});
		},
	};
}

function checkForm(form: ProfileForm): Result<Profile, FieldErrors> {
	const profile = parseProfile(form, "" as ProfileId);
	const keys = parseCredentials(form);
	if (profile.ok && keys.ok) return profile;
	return err({
		...(profile.ok ? {} : profile.error),
		...(keys.ok ? {} : keys.error),
	});
}

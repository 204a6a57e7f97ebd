// A form's way to the background: checked, saved once however often it is clicked, then forgotten as a draft.
import type { Result } from "../core/shared/result.ts";
import type { FormErrors, FormState } from "./use-form.ts";

/** `form` as it is to be saved; `save` is called in the click itself. Resolves with what it is saved as; with nothing when it is not, or is being saved already. */
export async function submit<F, V, T>(
	state: FormState<F, V>,
	form: F,
	save: (value: V) => Promise<Result<T, FormErrors<F>>>,
): Promise<T | undefined> {
	const { saving } = state;
	const value = saving.current ? undefined : state.check(form);
	if (value === undefined) return undefined;
	saving.current = true;
	try {
		const saved = await save(value);
		if (saved.ok) state.saved();
		else state.refuse(saved.error);
		return saved.ok ? saved.value : undefined;
	} finally {
		saving.current = false;
	}
}

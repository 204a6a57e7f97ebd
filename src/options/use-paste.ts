// Pasting into the form, as a hook: fills several fields from one text, asks which of several sets of keys, or says what is wrong.
import { useState } from "preact/hooks";
import type { Pasted } from "../core/pasted-credentials.ts";
import type { ProfileForm } from "../core/profile.ts";
import { nameFields, readPaste, toKeyFields } from "./paste.ts";
import type { ProfileFormState } from "./profile-form.ts";

export interface PasteState {
	/** Sets of keys to choose from; empty when there is nothing to choose. */
	readonly choices: readonly Pasted[];
	onPaste(event: ClipboardEvent): void;
	choose(pasted: Pasted): void;
}

export function usePaste(
	state: ProfileFormState,
	say: (text: string) => void,
): PasteState {
	const [choices, setChoices] = useState<readonly Pasted[]>([]);

	function fill(fields: Partial<ProfileForm>): void {
		for (const [field, value] of Object.entries(fields))
			state.set(field as keyof ProfileForm, value);
		say(`Filled in: ${nameFields(fields)}.`);
	}

	return {
		choices,
		onPaste(event) {
			const { target, clipboardData } = event;
			if (!(target instanceof HTMLInputElement)) return;
			const text = clipboardData?.getData("text/plain") ?? "";
			const result = readPaste(target.name, text);
			setChoices(result.kind === "choice" ? result.choices : []);
			if (result.kind === "plain") return;
			event.preventDefault();
			if (result.kind === "fields") fill(result.fields);
			if (result.kind === "keys") fill(toKeyFields(result.pasted));
			if (result.kind === "refused")
				state.refuse({ accessKeyId: result.reason });
		},
		choose(pasted) {
			setChoices([]);
			fill(toKeyFields(pasted));
		},
	};
}

// Pasting into the profile's form, as a hook: a place named in another tool's words fills several fields, a colleague's profile is imported.
import {
	containsSecrets,
	KEYS_IN_SHARED_TEXT,
} from "../../core/connection/looks-like-keys.ts";
import { parsePastedConfiguration } from "../../core/profile/pasted-configuration.ts";
import type { ProfileForm } from "../../core/profile/profile.ts";
import { importRoute, navigate } from "../route.ts";
import { isKeyField, isShared, nameFields } from "./paste.ts";
import type { ProfileFormState } from "./profile-form.ts";

export function useConfigurationPaste(
	state: ProfileFormState,
	say: (text: string) => void,
): (event: ClipboardEvent) => void {
	return (event) => {
		const { target, clipboardData } = event;
		if (!(target instanceof HTMLInputElement) || isKeyField(target.name))
			return;
		const text = clipboardData?.getData("text/plain") ?? "";
		if (isShared(text)) {
			event.preventDefault();
			// The route is in the browser's history.
			return containsSecrets(text)
				? say(KEYS_IN_SHARED_TEXT)
				: navigate(importRoute(text));
		}
		const read = parsePastedConfiguration(text);
		if (!read) return;
		event.preventDefault();
		if (!read.ok) return say(read.error);
		const fields = read.value;
		for (const [field, value] of Object.entries(fields))
			state.set(field as keyof ProfileForm, value);
		say(`Filled in: ${nameFields(fields)}.`);
	};
}

import {
	containsSecrets,
	SECRETS_IN_SHARED_TEXT,
} from "../../core/connection/credentials.ts";
import { parsePastedConfiguration } from "../../core/profile/pasted-configuration.ts";
import { useAnnounce } from "../../ui/components/status.tsx";
import { isKeyField } from "../form/key-fields.ts";
import { nameFields, type ProfileFormState } from "../form/profile-form.ts";
import { importRoute, navigate } from "../form/route.ts";

/**
 * A paste handler for the profile's form: an ARN, a console URL or a command fills in several fields at once, and an export or a
 * link to one opens the import page.
 */
export function useConfigurationPaste(
	state: ProfileFormState,
): (event: ClipboardEvent) => void {
	const announce = useAnnounce();
	return (event) => {
		const { target, clipboardData } = event;
		if (!(target instanceof HTMLInputElement) || isKeyField(target.name))
			return;
		const text = clipboardData?.getData("text/plain") ?? "";
		if (isExport(text)) {
			event.preventDefault();
			// The route is stored in the browser's history.
			if (containsSecrets(text)) announce(SECRETS_IN_SHARED_TEXT);
			else navigate(importRoute(text));
			return;
		}
		const parsed = parsePastedConfiguration(text);
		if (!parsed) return;
		event.preventDefault();
		if (!parsed.ok) return announce(parsed.error);
		state.set(parsed.value);
		announce(`Filled in: ${nameFields(parsed.value)}.`);
	};
}

/** An export, or a link to one. */
export function isExport(text: string): boolean {
	return /"format":\s*"appconfig-inspector"|#import=[\w-]{20}/.test(text);
}

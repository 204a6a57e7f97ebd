import {
	EMPTY_PROFILE_FORM,
	type ProfileForm,
	type ProfileId,
} from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";

/** The configuration that the emulator serves by default. */
export const EMULATOR_FORM: ProfileForm = {
	...EMPTY_PROFILE_FORM,
	name: "Local emulator",
	application: "storefront",
	environment: "development",
	configurationProfile: "settings",
	endpoint: "http://127.0.0.1:4772",
};

/** Rejects with a sentence for the user. */
export async function addEmulatorProfile(remote: Remote): Promise<ProfileId> {
	const saved = await remote.saveProfile({ form: EMULATOR_FORM });
	if (saved.ok) return saved.value;
	throw new Error(Object.values(saved.error).join(" "));
}

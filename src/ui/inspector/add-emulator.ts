import type { ProfileDraft, ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";

/** The configuration that the emulator serves by default. */
export const EMULATOR_PROFILE: ProfileDraft = {
	name: "Local emulator",
	application: "storefront",
	environment: "development",
	configurationProfile: "settings",
	region: "us-east-1",
	endpoint: "http://127.0.0.1:4772",
};

/** Rejects with a sentence for the user. */
export function addEmulatorProfile(remote: Remote): Promise<ProfileId> {
	return remote.saveProfile({ profile: EMULATOR_PROFILE });
}

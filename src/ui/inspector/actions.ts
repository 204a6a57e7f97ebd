import type { Platform } from "../background-client/platform.ts";

export interface InspectorAction {
	readonly id: string;
	readonly name: string;
	readonly run: () => void;
}

/** The ways from every surface to the pages of the options. `profile`: the id of the one on show. */
export function navigationActions(
	{ openOptions }: Platform,
	profile: string | undefined,
): readonly (readonly InspectorAction[])[] {
	const open = (id: string, name: string, fragment: string) => ({
		id,
		name,
		run: () => openOptions(fragment),
	});
	const ofProfile =
		profile === undefined
			? []
			: [[open("edit-profile", "Edit profile", profile)]];
	return [
		...ofProfile,
		[
			open("add-profile", "Add profile", "new"),
			open("all-profiles", "All profiles", ""),
		],
		[
			open("settings", "Settings", "settings"),
			open("vault", "Vault", "vault"),
			open("export", "Export and import", "import-export"),
		],
	];
}

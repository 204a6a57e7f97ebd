// What a surface with an address of its own shows, so that a reload shows it again.
import type { Version } from "../../core/history/history.ts";
import type { Profile } from "../../core/profile/profile.ts";

export interface ViewLocation {
	readonly profile?: string | undefined;
	/** Absent: whatever is live. */
	readonly version?: number | undefined;
	/** Of the viewer's: `tree`, `raw`. */
	readonly view?: string | undefined;
}

export interface SelectedVersion {
	readonly profile: Profile;
	/** Absent before the first. */
	readonly version: Version | undefined;
	readonly isLive: boolean;
}

export interface Route {
	/** Where it begins. */
	readonly initial: ViewLocation;
	/** Both are told after each change. */
	versionSelected(shown: SelectedVersion): void;
	viewSelected(view: string): void;
}

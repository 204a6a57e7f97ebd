// What a surface with an address of its own shows, so that a reload shows it again.
import type { Version } from "../../core/history/history.ts";
import type { Profile } from "../../core/profile/profile.ts";

export interface Place {
	readonly profile?: string | undefined;
	/** Absent: whatever is live. */
	readonly version?: number | undefined;
	/** Of the viewer's: `tree`, `raw`. */
	readonly view?: string | undefined;
}

export interface Shown {
	readonly profile: Profile;
	/** Absent before the first. */
	readonly version: Version | undefined;
	readonly isLive: boolean;
}

export interface Route {
	/** Where it begins. */
	readonly start: Place;
	/** Both are told after each change. */
	tellShown(shown: Shown): void;
	tellView(view: string): void;
}

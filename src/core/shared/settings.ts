import type { EnvironmentChoice } from "./environment.ts";

export interface Settings {
	/** Polling pauses while the user is away. */
	readonly pauseWhenIdle: boolean;
	readonly pauseWhenOffline: boolean;
	/** Absent: every environment has what its name suggests. */
	readonly environments?: readonly EnvironmentChoice[];
}

export const DEFAULT_SETTINGS: Settings = {
	pauseWhenIdle: false,
	pauseWhenOffline: false,
};

/** Why polling is paused automatically. It resumes automatically as well. */
export type PauseReason = "away" | "offline";

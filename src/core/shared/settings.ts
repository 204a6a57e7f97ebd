/** When polling pauses automatically. */
export interface Settings {
	readonly pauseWhenIdle: boolean;
	readonly pauseWhenOffline: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
	pauseWhenIdle: false,
	pauseWhenOffline: false,
};

/** Why polling is paused automatically. It resumes automatically as well. */
export type PauseReason = "away" | "offline";

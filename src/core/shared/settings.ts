// When polling pauses by itself, as the user wants it.

export interface Settings {
	readonly pauseWhenIdle: boolean;
	readonly pauseWhenOffline: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
	pauseWhenIdle: false,
	pauseWhenOffline: false,
};

/** Why a profile is not polled just now; it goes on by itself. Views show the word. */
export type PauseReason = "away" | "offline";

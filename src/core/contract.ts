// The whole wire between a view and the background: commands up, snapshots and replies down, over one port per view.
import type { FieldErrors, ProfileForm, ProfileId } from "./profile.ts";
import type { Result } from "./result.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Commands {
	/** Without `id` a new profile; with it the saved one is replaced. Empty key fields leave the keys given before. */
	saveProfile(input: {
		readonly id?: ProfileId;
		readonly form: ProfileForm;
	}): Result<ProfileId, FieldErrors>;
	/** With its history and its keys. */
	deleteProfile(input: { readonly id: ProfileId }): void;
	/** Forgets the keys given for the profile. */
	forgetCredentials(input: { readonly id: ProfileId }): void;
	pollNow(input: { readonly id: ProfileId }): PollNow;
	pause(input: { readonly id: ProfileId }): void;
	resume(input: { readonly id: ProfileId }): void;
	/** The user has looked at the versions up to this number. */
	markSeen(input: { readonly id: ProfileId; readonly number: number }): void;
	/** A pinned version is not dropped when the history is full. */
	pinVersion(input: {
		readonly id: ProfileId;
		readonly number: number;
		readonly pinned: boolean;
	}): void;
}

/** `too-early`: the service allows the next poll `at` (epoch ms), and it happens then by itself unless paused. */
export type PollNow =
	| { readonly status: "started" }
	| { readonly status: "under-way" }
	| { readonly status: "too-early"; readonly at: number }
	| { readonly status: "no-such-profile" };

/** The commands as both ends of the wire wear them. */
export type Remote = {
	readonly [K in keyof Commands]: (
		...input: Parameters<Commands[K]>
	) => Promise<ReturnType<Commands[K]>>;
};

export type CommandName = keyof Commands;

/** From a view. A ping keeps the worker alive while the view is open. */
export type Request =
	| { readonly type: "ping" }
	| {
			readonly type: "command";
			/** Chosen by the view; the reply carries it back. */
			readonly call: number;
			readonly name: CommandName;
			readonly input: unknown;
	  };

/** To a view. */
export type Message =
	| { readonly type: "snapshot"; readonly snapshot: Snapshot }
	| {
			readonly type: "reply";
			readonly call: number;
			readonly value: unknown;
	  }
	| {
			readonly type: "refusal";
			readonly call: number;
			/** A sentence for the user. */
			readonly reason: string;
	  };

/** The name that views give their port. */
export const PORT_NAME = "view";

/** The key in storage.local under which the background keeps the last snapshot, so that a view shows it at once. */
export const SNAPSHOT_KEY = "snapshot";

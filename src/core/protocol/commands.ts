// The whole wire between a view and the background: commands up, snapshots and replies down, over one port per view.
import type { ConnectionId } from "../connection/connection.ts";
import type {
	ConnectionErrors,
	ConnectionForm,
} from "../connection/connection-form.ts";
import type {
	Account,
	SignInMethod,
	SignInProgress,
} from "../connection/credential-sources.ts";
import type { CredentialsFault } from "../connection/temporary-credentials.ts";
import type { DamagedRecord } from "../damaged-record.ts";
import type {
	FieldErrors,
	ProfileForm,
	ProfileId,
} from "../profile/profile.ts";
import type { Result } from "../result.ts";
import type { Settings } from "../settings.ts";
import type {
	ControlPlace,
	ControlPlaneFault,
	Deployment,
	DeploymentEvent,
	HostedContent,
	HostedVersion,
	Resource,
	ResourceListing,
} from "./control-plane.ts";
import type { Snapshot } from "./snapshot.ts";
import type { SnapshotChange } from "./snapshot-change.ts";

/** About profiles and their history. */
export interface Commands {
	/** Without `id` a new profile; with it the saved one is replaced. Empty key fields leave the keys given before. */
	saveProfile(input: {
		readonly id?: ProfileId;
		readonly form: ProfileForm;
	}): Result<ProfileId, FieldErrors>;
	/** New profiles without keys, all or none; at most `MAX_BATCH`. The error is a sentence for the user. */
	importProfiles(input: {
		readonly forms: readonly ProfileForm[];
	}): Result<readonly ProfileId[], string>;
	/** With its history and its keys. */
	deleteProfile(input: { readonly id: ProfileId }): void;
	/** Forgets the keys given for the profile. */
	forgetCredentials(input: { readonly id: ProfileId }): void;
	pollNow(input: { readonly id: ProfileId }): PollNowResult;
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
	/** An empty note takes it away. */
	annotateVersion(input: {
		readonly id: ProfileId;
		readonly number: number;
		readonly note: string;
	}): void;
	/** One that AppConfig still serves does not come back by itself: see `fetchAgain`. */
	deleteVersions(input: {
		readonly id: ProfileId;
		readonly numbers: readonly number[];
	}): void;
	/** Takes in what the view has laid down (storage/import-staging.ts): bodies never cross the message channel. */
	importVersions(input: { readonly id: ProfileId }): ImportCounts;
	/** Asks a new session for what AppConfig serves, also if it was deleted here. */
	fetchAgain(input: { readonly id: ProfileId }): void;
	/** The view could not read the bytes of a version. */
	reportUnreadable(input: {
		readonly id: ProfileId;
		readonly number: number;
	}): void;
	/** The user has read what the browser has lost of the profile's history. */
	dismissLoss(input: { readonly id: ProfileId }): void;
	/** A record that cannot be read. */
	deleteDamaged(input: Pick<DamagedRecord, "area" | "key">): void;
	/** A history whose profile is not saved any more. */
	deleteOrphan(input: { readonly id: ProfileId }): void;
}

/** How many forms one command takes: views tell their progress between two. */
export const MAX_BATCH = 100;

/** Numbers of versions. */
export interface ImportCounts {
	readonly added: number;
	/** The same bytes were there. */
	readonly duplicates: number;
	/** The history had no room for them. */
	readonly skipped: number;
}

/** The input of a command that takes none. */
export type Nothing = Readonly<Record<never, never>>;

/** About connections; none returns a secret. */
export interface ConnectionCommands {
	/** Without `id` a new connection; with it the saved one is replaced. Empty secret fields leave what was given before. */
	saveConnection(input: {
		readonly id?: ConnectionId;
		readonly form: ConnectionForm;
	}): Result<ConnectionId, ConnectionErrors>;
	/** New connections without secrets and without consent, all or none; at most `MAX_BATCH`. The error is a sentence for the user. */
	importConnections(input: {
		readonly forms: readonly ConnectionForm[];
	}): Result<readonly ConnectionId[], string>;
	/** With its secret; the error names the profiles that still use it. */
	deleteConnection(input: {
		readonly id: ConnectionId;
	}): Result<undefined, string>;
	forgetSecret(input: { readonly id: ConnectionId }): void;
	/** Asks for credentials now; `mfaCode` for a role that needs one. */
	checkConnection(input: {
		readonly id: ConnectionId;
		readonly mfaCode?: string;
	}): Result<undefined, CredentialsFault>;
	signIn(input: {
		readonly id: ConnectionId;
		readonly method: SignInMethod;
	}): Result<SignInProgress, CredentialsFault>;
	cancelSignIn(input: { readonly id: ConnectionId }): void;
	signOut(input: { readonly id: ConnectionId }): void;
	listAccounts(input: {
		readonly id: ConnectionId;
	}): Result<readonly Account[], CredentialsFault>;
	listRoles(input: {
		readonly id: ConnectionId;
		readonly accountId: string;
	}): Result<readonly string[], CredentialsFault>;
	chooseRole(input: {
		readonly id: ConnectionId;
		readonly accountId: string;
		readonly roleName: string;
	}): void;
	/** From now on secrets of connections outlive the browser session, sealed; the error is a sentence for the user. */
	createVault(input: {
		readonly passphrase: string;
	}): Result<undefined, string>;
	unlockVault(input: {
		readonly passphrase: string;
	}): Result<undefined, string>;
	lockVault(input: Nothing): void;
	/** Destroys what is in it; profiles and connections stay. */
	resetVault(input: Nothing): void;
	/** `passphrase`: the current one. The error is a sentence for the user, and then nothing has changed. */
	changePassphrase(input: {
		readonly passphrase: string;
		readonly next: string;
	}): Result<undefined, string>;
	/** Vault, keys, tokens, sign-ins and credentials handed out; profiles, connections and history stay. */
	forgetAllSecrets(input: Nothing): void;
}

export interface SettingsCommands {
	/** What is not given stays as it is. */
	saveSettings(input: Partial<Settings>): void;
}

/** AppConfig's control plane, read only. */
export interface ControlCommands {
	/** `application`: the id or name that environments and configuration profiles are listed of. Kept for the browser session unless `isAnew`. */
	listResources(input: {
		readonly place: ControlPlace;
		readonly listing: ResourceListing;
		readonly application?: string;
		readonly isAnew?: boolean;
	}): Result<readonly Resource[], ControlPlaneFault>;
	/** Of the profile's environment, newest first. */
	listDeployments(input: {
		readonly id: ProfileId;
	}): Result<readonly Deployment[], ControlPlaneFault>;
	/** What has happened to one of them, newest first. */
	listEvents(input: {
		readonly id: ProfileId;
		readonly number: number;
	}): Result<readonly DeploymentEvent[], ControlPlaneFault>;
	/** Of the profile's configuration profile, in AppConfig's own store, newest first. */
	listHosted(input: {
		readonly id: ProfileId;
	}): Result<readonly HostedVersion[], ControlPlaneFault>;
	readHosted(input: {
		readonly id: ProfileId;
		readonly number: number;
	}): Result<HostedContent, ControlPlaneFault>;
}

/** `too-early`: the service allows the next poll `at` (epoch ms), and it happens then by itself unless paused. */
export type PollNowResult =
	| { readonly status: "started" }
	| { readonly status: "under-way" }
	| { readonly status: "too-early"; readonly at: number }
	| { readonly status: "no-such-profile" };

/** Commands as both ends of the wire wear them. */
type Worn<C> = {
	readonly [K in keyof C]: C[K] extends (...input: infer I) => infer O
		? (...input: I) => Promise<O>
		: never;
};

export type ProfileRemote = Worn<Commands>;
export type ConnectionRemote = Worn<ConnectionCommands>;
export type ControlRemote = Worn<ControlCommands>;
export type SettingsRemote = Worn<SettingsCommands>;
export type Remote = ProfileRemote &
	ConnectionRemote &
	ControlRemote &
	SettingsRemote;

export type CommandName = keyof Remote;

/** From a view. A ping keeps the worker alive while the view is open. */
export type ViewMessage =
	| { readonly type: "ping" }
	/** First on each port: the schema of snapshots that this view was built for. */
	| { readonly type: "hello"; readonly schema: number }
	/** The profile on show: from now on the view gets all its versions. */
	| { readonly type: "show"; readonly id: ProfileId | null }
	/** Asks for a whole snapshot: a change was lost. */
	| { readonly type: "whole" }
	| {
			readonly type: "command";
			/** Chosen by the view; the reply carries it back. */
			readonly call: number;
			readonly name: CommandName;
			readonly input: unknown;
	  };

/** To a view. */
export type BackgroundMessage =
	/** Whole: first on each port, and when it is asked for. `sequence`: 0, and one more with each change. */
	| {
			readonly type: "snapshot";
			readonly sequence: number;
			readonly snapshot: Snapshot;
	  }
	| {
			readonly type: "change";
			readonly sequence: number;
			readonly change: SnapshotChange;
	  }
	/** The answer to a ping: of the last change that was sent. */
	| { readonly type: "pong"; readonly sequence: number }
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

import * as v from "valibot";
import type { AccessTarget } from "../connection/access-target.ts";
import { type ConnectionId, secretKindOf } from "../connection/connection.ts";
import {
	connectionDraftSchema,
	connectionSecretSchema,
	ownKeysSchema,
} from "../connection/connection-schema.ts";
import type {
	Account,
	SignInProgress,
} from "../connection/credential-sources.ts";
import type { CredentialsFault } from "../connection/credentials.ts";
import { isRegion, parseEndpoint } from "../connection/endpoint.ts";
import { MAX_NOTE_LENGTH, type Version } from "../history/history.ts";
import type { ProfileId } from "../profile/profile.ts";
import {
	environmentChoicesSchema,
	profileDraftSchema,
} from "../profile/profile-schema.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { MAX_WATCHED_PATH_LENGTH, NOTIFICATION_RULES } from "../watch/watch.ts";
import {
	type ControlPlaneFault,
	type Deployment,
	type DeploymentEvent,
	type HostedContent,
	type HostedVersion,
	RESOURCE_LISTINGS,
	type Resource,
} from "./control-plane.ts";
import {
	COMMAND_NAMES,
	type CommandName,
	MAX_BATCH,
	type ViewMessage,
} from "./messages.ts";

/** `too-early`: the service allows the next poll `at` (epoch ms), and it happens then by itself unless paused. */
export type PollNowResult =
	| { readonly status: "started" }
	| { readonly status: "under-way" }
	| { readonly status: "too-early"; readonly at: number }
	| { readonly status: "no-such-profile" };

/** The result of an import, in numbers of versions. */
export interface ImportCounts {
	readonly added: number;
	/** The same bytes were there. */
	readonly duplicates: number;
	/** The history had no room for them. */
	readonly skipped: number;
}

interface Command {
	readonly input: v.GenericSchema;
	/** What the handler resolves with: a type alone, see `returns`. */
	readonly result: unknown;
	/** A view may send it without the user doing anything, so it does not postpone the locking of the vault. */
	readonly isBackground?: true;
}

/** Declares the type of a result; there is no value at run time. */
const returns = <T>() => undefined as T;

const profileId = v.custom<ProfileId>(isId);
const connectionId = v.custom<ConnectionId>(isId);
const number = v.pipe(v.number(), v.integer(), v.minValue(0));
const ofProfile = v.object({ id: profileId });
const ofVersion = v.object({ id: profileId, number });
const ofConnection = v.object({ id: connectionId });
const accountId = v.pipe(v.string(), v.regex(/^\d{12}$/));
const passphrase = v.pipe(v.string(), v.maxLength(1_024));
const empty = v.object({});
const accessTarget = v.object({
	id: v.exactOptional(profileId),
	connection: v.exactOptional(connectionId),
	region: v.pipe(v.string(), v.check(isRegion)),
	endpoint: v.exactOptional(v.pipe(v.string(), v.check(isEndpoint))),
}) satisfies v.GenericSchema<unknown, AccessTarget>;

/** Profiles, their sessions, their histories and their stored records. */
const PROFILE_COMMANDS = {
	/** Without `id` a new profile; with it the saved one is replaced. Without `keys` those given before stay. */
	saveProfile: {
		input: v.object({
			id: v.exactOptional(profileId),
			profile: profileDraftSchema,
			keys: v.exactOptional(ownKeysSchema),
		}),
		result: returns<ProfileId>(),
	},
	/** New profiles without keys, all or none; at most `MAX_BATCH`. */
	importProfiles: {
		input: v.object({ profiles: batchOf(profileDraftSchema) }),
		result: returns<readonly ProfileId[]>(),
	},
	/** With its history and its keys. */
	deleteProfile: { input: ofProfile, result: returns<void>() },
	/** Forgets the keys given for the profile. */
	forgetCredentials: { input: ofProfile, result: returns<void>() },
	pollNow: { input: ofProfile, result: returns<PollNowResult>() },
	pause: { input: ofProfile, result: returns<void>() },
	resume: { input: ofProfile, result: returns<void>() },
	/** All versions of a profile, newest first: views get all of the profile on show only. */
	listVersions: {
		input: ofProfile,
		result: returns<readonly Version[]>(),
		isBackground: true,
	},
	/** The user looks at the newest version, which has this number, or stops looking at it. */
	markSeen: {
		input: ofVersion,
		result: returns<void>(),
		isBackground: true,
	},
	/** The changes up to this version are no longer news. */
	dismissChanges: { input: ofVersion, result: returns<void>() },
	/**
	 * Watches a value and everything below it, or stops that. Refused when there are `MAX_WATCHED_PATHS`. To watch one also
	 * sets the rule to watched values, unless the user is notified of every change anyway.
	 */
	setWatched: {
		input: v.object({
			id: profileId,
			path: v.pipe(
				v.string(),
				v.startsWith("$"),
				v.maxLength(MAX_WATCHED_PATH_LENGTH),
			),
			watched: v.boolean(),
		}),
		result: returns<Result<undefined, string>>(),
	},
	/** What the user is notified of. */
	setNotificationRule: {
		input: v.object({ id: profileId, rule: v.picklist(NOTIFICATION_RULES) }),
		result: returns<void>(),
	},
	/** A pinned version is not dropped when the history is full. */
	pinVersion: {
		input: v.object({ id: profileId, number, pinned: v.boolean() }),
		result: returns<void>(),
	},
	/** An empty note removes it. */
	annotateVersion: {
		input: v.object({
			id: profileId,
			number,
			note: v.pipe(v.string(), v.maxLength(MAX_NOTE_LENGTH)),
		}),
		result: returns<void>(),
	},
	/** One that AppConfig still serves does not come back by itself: see `fetchAgain`. */
	deleteVersions: {
		input: v.object({
			id: profileId,
			numbers: v.pipe(v.array(number), v.readonly()),
		}),
		result: returns<void>(),
	},
	/** Adds the versions that the view has staged (storage/import-staging.ts): bodies never cross the message channel. */
	importVersions: { input: ofProfile, result: returns<ImportCounts>() },
	/** Opens a new session to get what AppConfig serves, even if it was deleted here. */
	fetchAgain: { input: ofProfile, result: returns<void>() },
	/** The view could not read the bytes of a version. */
	reportUnreadable: { input: ofVersion, result: returns<void>() },
	/** The user has read what the browser has lost of the profile's history. */
	dismissLoss: { input: ofProfile, result: returns<void>() },
	/** A record that cannot be read. */
	deleteDamaged: {
		input: v.object({
			area: v.picklist(["local", "versions", "bodies", "database"]),
			key: v.string(),
		}),
		result: returns<void>(),
	},
	/** A history whose profile is not saved any more. Its id comes from storage and may be any text. */
	deleteOrphan: {
		input: v.object({
			id: v.custom<ProfileId>((value) => typeof value === "string"),
		}),
		result: returns<void>(),
	},
} as const satisfies Commands;

/** Connections, sign-ins and the vault; none returns a secret. */
const CONNECTION_COMMANDS = {
	/** Without `id` a new connection; with it the saved one is replaced. Without `secret` the one given before stays. */
	saveConnection: {
		input: v.pipe(
			v.object({
				id: v.exactOptional(connectionId),
				connection: connectionDraftSchema,
				secret: v.exactOptional(connectionSecretSchema),
			}),
			v.check(
				({ connection, secret }) =>
					!secret || secret.kind === secretKindOf(connection.kind),
			),
		),
		result: returns<ConnectionId>(),
	},
	/** New connections without secrets and without consent, all or none; at most `MAX_BATCH`. */
	importConnections: {
		input: v.object({ connections: batchOf(connectionDraftSchema) }),
		result: returns<readonly ConnectionId[]>(),
	},
	/** With its secret; the error names the profiles that still use it. */
	deleteConnection: {
		input: ofConnection,
		result: returns<Result<undefined, string>>(),
	},
	forgetSecret: { input: ofConnection, result: returns<void>() },
	/** Gets credentials now; `mfaCode` for a role that needs one. */
	checkConnection: {
		input: v.object({
			id: connectionId,
			mfaCode: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{6}$/))),
		}),
		result: returns<Result<undefined, CredentialsFault>>(),
	},
	signIn: {
		input: v.object({
			id: connectionId,
			method: v.picklist(["browser", "device"]),
		}),
		result: returns<Result<SignInProgress, CredentialsFault>>(),
	},
	cancelSignIn: { input: ofConnection, result: returns<void>() },
	signOut: { input: ofConnection, result: returns<void>() },
	listAccounts: {
		input: ofConnection,
		result: returns<Result<readonly Account[], CredentialsFault>>(),
	},
	listRoles: {
		input: v.object({ id: connectionId, accountId }),
		result: returns<Result<readonly string[], CredentialsFault>>(),
	},
	chooseRole: {
		input: v.object({
			id: connectionId,
			accountId,
			roleName: v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,128}$/)),
		}),
		result: returns<void>(),
	},
	/** From now on the secrets of connections outlive the browser session, encrypted. The error is a sentence for the user. */
	createVault: {
		input: v.object({ passphrase }),
		result: returns<Result<undefined, string>>(),
	},
	unlockVault: {
		input: v.object({ passphrase }),
		result: returns<Result<undefined, string>>(),
	},
	lockVault: { input: empty, result: returns<void>() },
	/** Deletes the vault and what is in it; profiles and connections stay. */
	resetVault: { input: empty, result: returns<void>() },
	/** `passphrase`: the current one. The error is a sentence for the user, and then nothing has changed. */
	changePassphrase: {
		input: v.object({ passphrase, next: passphrase }),
		result: returns<Result<undefined, string>>(),
	},
	/** Deletes the vault, keys, tokens, sign-ins and temporary credentials; profiles, connections and history stay. */
	forgetAllSecrets: { input: empty, result: returns<void>() },
} as const satisfies Commands;

const SETTINGS_COMMANDS = {
	/** Settings that are not given stay as they are. */
	saveSettings: {
		input: v.pipe(
			v.object({
				pauseWhenIdle: v.exactOptional(v.boolean()),
				pauseWhenOffline: v.exactOptional(v.boolean()),
				environments: v.exactOptional(environmentChoicesSchema),
			}),
			v.check((change) => Object.keys(change).length > 0),
		),
		result: returns<void>(),
	},
} as const satisfies Commands;

/** AppConfig's control plane, read only. */
const CONTROL_PLANE_COMMANDS = {
	/**
	 * `application`: the id or name whose environments or configuration profiles are listed. Lists are cached for the browser
	 * session; `refresh` loads them again.
	 */
	listResources: {
		input: v.object({
			target: accessTarget,
			listing: v.picklist(RESOURCE_LISTINGS),
			application: v.exactOptional(v.pipe(v.string(), v.maxLength(128))),
			refresh: v.exactOptional(v.boolean()),
		}),
		result: returns<Result<readonly Resource[], ControlPlaneFault>>(),
	},
	/** Of the profile's environment, newest first. */
	listDeployments: {
		input: ofProfile,
		result: returns<Result<readonly Deployment[], ControlPlaneFault>>(),
		isBackground: true,
	},
	/** The events of one deployment, newest first. */
	listEvents: {
		input: ofVersion,
		result: returns<Result<readonly DeploymentEvent[], ControlPlaneFault>>(),
		isBackground: true,
	},
	/** The hosted versions of the profile's configuration profile, newest first. */
	listHosted: {
		input: ofProfile,
		result: returns<Result<readonly HostedVersion[], ControlPlaneFault>>(),
		isBackground: true,
	},
	readHosted: {
		input: ofVersion,
		result: returns<Result<HostedContent, ControlPlaneFault>>(),
	},
} as const satisfies Commands;

/** The one declaration of every command: the types of `Remote` and of the handlers, and the check of what arrives, come from it. */
const COMMANDS = {
	...PROFILE_COMMANDS,
	...CONNECTION_COMMANDS,
	...SETTINGS_COMMANDS,
	...CONTROL_PLANE_COMMANDS,
} satisfies Readonly<Record<CommandName, Command>>;

type Commands = { readonly [N in CommandName]?: Command };

/** The functions that carry out commands; the same functions as a view calls them. */
type Handlers<T extends Commands> = {
	readonly [N in keyof T]: T[N] extends Command
		? (input: v.InferOutput<T[N]["input"]>) => Promise<T[N]["result"]>
		: never;
};
export type ProfileRemote = Handlers<typeof PROFILE_COMMANDS>;
export type ConnectionRemote = Handlers<typeof CONNECTION_COMMANDS>;
export type SettingsRemote = Handlers<typeof SETTINGS_COMMANDS>;
export type ControlPlaneRemote = Handlers<typeof CONTROL_PLANE_COMMANDS>;
export type Remote = Handlers<typeof COMMANDS>;

export type CommandInput<N extends CommandName> = v.InferOutput<
	(typeof COMMANDS)[N]["input"]
>;

export function isBackgroundCommand(name: CommandName): boolean {
	const command: Command = COMMANDS[name];
	return command.isBackground === true;
}

const viewMessageSchema = v.variant("type", [
	v.object({ type: v.literal("ping") }),
	v.object({ type: v.literal("hello"), schema: number }),
	v.object({ type: v.literal("show"), id: v.nullable(profileId) }),
	v.object({ type: v.literal("whole") }),
	v.object({
		type: v.literal("command"),
		call: number,
		name: v.picklist(COMMAND_NAMES),
		input: v.unknown(),
	}),
]);

/** `undefined` for anything that a view does not send; there is no caller to answer then. */
export function parseViewMessage(message: unknown): ViewMessage | undefined {
	const result = v.safeParse(viewMessageSchema, message);
	return result.success ? result.output : undefined;
}

/** Checks the input and runs the command. The error says that the input was not understood, and never repeats it. */
export async function runCommand(
	remote: Remote,
	name: CommandName,
	input: unknown,
): Promise<Result<unknown, string>> {
	const parsed = v.safeParse(COMMANDS[name].input, input);
	if (!parsed.success) return err(`The command ${name} was not understood.`);
	const command = remote[name] as (input: unknown) => Promise<unknown>;
	return ok(await command(parsed.output));
}

function isId(value: unknown): boolean {
	return typeof value === "string" && value.length > 0 && value.length <= 64;
}

function batchOf<S extends v.GenericSchema>(item: S) {
	return v.pipe(v.array(item), v.maxLength(MAX_BATCH), v.readonly());
}

function isEndpoint(text: string): boolean {
	return parseEndpoint(text).ok;
}

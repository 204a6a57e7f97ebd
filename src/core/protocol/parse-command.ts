// What arrives from a view, parsed: nothing else reaches a command.
import * as v from "valibot";
import type { ConnectionId } from "../connection/connection.ts";
import {
	type ConnectionForm,
	EMPTY_CONNECTION_FORM,
} from "../connection/connection-form.ts";
import { isRegion, parseEndpoint } from "../connection/endpoint.ts";
import { MAX_NOTE_LENGTH } from "../history/history.ts";
import {
	EMPTY_PROFILE_FORM,
	type ProfileForm,
	type ProfileId,
} from "../profile/profile.ts";
import { err, ok, type Result } from "../result.ts";
import { MAX_BATCH, type Remote, type ViewMessage } from "./commands.ts";
import { RESOURCE_LISTINGS } from "./control-plane.ts";

const id = v.pipe(
	v.string(),
	v.minLength(1),
	v.maxLength(64),
	v.transform((text) => text as ProfileId),
);
const number = v.pipe(v.number(), v.integer(), v.minValue(0));
// Longer than any field may be, so that the form's own messages are the ones seen; a session token has about 1,000.
const field = v.pipe(v.string(), v.maxLength(16_384));
/** A form that does not know a field leaves it empty. */
const optionalField = v.optional(field, "");
const form = v.object(
	mapValues(EMPTY_PROFILE_FORM, () => optionalField),
) satisfies v.GenericSchema<unknown, ProfileForm>;

const connectionId = v.pipe(
	v.string(),
	v.minLength(1),
	v.maxLength(64),
	v.transform((text) => text as ConnectionId),
);
const account = v.pipe(v.string(), v.regex(/^\d{12}$/));
const ofConnection = v.object({ id: connectionId });
const connectionForm = v.object(
	mapValues(EMPTY_CONNECTION_FORM, () => optionalField),
) satisfies v.GenericSchema<unknown, ConnectionForm>;

const passphrase = v.pipe(v.string(), v.maxLength(1_024));

const inputs = {
	saveProfile: v.object({ id: v.exactOptional(id), form }),
	importProfiles: v.object({
		forms: v.pipe(v.array(form), v.maxLength(MAX_BATCH)),
	}),
	deleteProfile: v.object({ id }),
	forgetCredentials: v.object({ id }),
	pollNow: v.object({ id }),
	pause: v.object({ id }),
	resume: v.object({ id }),
	markSeen: v.object({ id, number }),
	saveConnection: v.object({
		id: v.exactOptional(connectionId),
		form: connectionForm,
	}),
	importConnections: v.object({
		forms: v.pipe(v.array(connectionForm), v.maxLength(MAX_BATCH)),
	}),
	deleteConnection: ofConnection,
	forgetSecret: ofConnection,
	checkConnection: v.object({
		id: connectionId,
		mfaCode: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{6}$/))),
	}),
	signIn: v.object({
		id: connectionId,
		method: v.picklist(["browser", "device"]),
	}),
	cancelSignIn: ofConnection,
	signOut: ofConnection,
	listAccounts: ofConnection,
	listRoles: v.object({ id: connectionId, accountId: account }),
	chooseRole: v.object({
		id: connectionId,
		accountId: account,
		roleName: v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,128}$/)),
	}),
	createVault: v.object({ passphrase }),
	unlockVault: v.object({ passphrase }),
	lockVault: v.object({}),
	resetVault: v.object({}),
	changePassphrase: v.object({ passphrase, next: passphrase }),
	forgetAllSecrets: v.object({}),
	saveSettings: v.pipe(
		v.object({
			pauseWhenIdle: v.exactOptional(v.boolean()),
			pauseWhenOffline: v.exactOptional(v.boolean()),
		}),
		v.check((change) => Object.keys(change).length > 0),
	),
	listResources: v.object({
		place: v.object({
			id: v.exactOptional(id),
			connection: v.exactOptional(connectionId),
			region: v.pipe(v.string(), v.check(isRegion)),
			endpoint: v.exactOptional(v.pipe(v.string(), v.check(isEndpoint))),
		}),
		listing: v.picklist(RESOURCE_LISTINGS),
		application: v.exactOptional(v.pipe(v.string(), v.maxLength(128))),
		isAnew: v.exactOptional(v.boolean()),
	}),
	listDeployments: v.object({ id }),
	listEvents: v.object({ id, number }),
	listHosted: v.object({ id }),
	readHosted: v.object({ id, number }),
	pinVersion: v.object({ id, number, pinned: v.boolean() }),
	annotateVersion: v.object({
		id,
		number,
		note: v.pipe(v.string(), v.maxLength(MAX_NOTE_LENGTH)),
	}),
	deleteVersions: v.object({ id, numbers: v.array(number) }),
	importVersions: v.object({ id }),
	fetchAgain: v.object({ id }),
	reportUnreadable: v.object({ id, number }),
	dismissLoss: v.object({ id }),
	deleteDamaged: v.object({
		area: v.picklist(["local", "versions", "bodies", "database"]),
		key: v.string(),
	}),
	deleteOrphan: v.object({
		id: v.pipe(
			v.string(),
			v.transform((text) => text as ProfileId),
		),
	}),
} satisfies {
	readonly [K in keyof Remote]: v.GenericSchema<
		unknown,
		Parameters<Remote[K]>[0]
	>;
};

export const COMMAND_NAMES = Object.keys(inputs) as (keyof typeof inputs)[];

const requestSchema = v.variant("type", [
	v.object({ type: v.literal("ping") }),
	v.object({ type: v.literal("hello"), schema: number }),
	v.object({ type: v.literal("show"), id: v.nullable(id) }),
	v.object({ type: v.literal("whole") }),
	v.object({
		type: v.literal("command"),
		call: number,
		name: v.picklist(COMMAND_NAMES),
		input: v.unknown(),
	}),
]);

/** `undefined` for what is no request at all: there is nobody to answer. */
export function parseViewMessage(message: unknown): ViewMessage | undefined {
	const result = v.safeParse(requestSchema, message);
	return result.success ? result.output : undefined;
}

/** Runs a command on the remote; the error says that its input was not understood, and never repeats it. */
export async function runCommand(
	remote: Remote,
	name: keyof Remote,
	input: unknown,
): Promise<Result<unknown, string>> {
	const parsed = v.safeParse(inputs[name], input);
	if (!parsed.success) return err(`The command ${name} was not understood.`);
	const command = remote[name] as (input: unknown) => Promise<unknown>;
	return ok(await command(parsed.output));
}

function isEndpoint(text: string): boolean {
	return parseEndpoint(text).ok;
}

function mapValues<K extends string, T>(
	object: Readonly<Record<K, unknown>>,
	value: () => T,
): Record<K, T> {
	return Object.fromEntries(
		Object.keys(object).map((key) => [key, value()]),
	) as Record<K, T>;
}

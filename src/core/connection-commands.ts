import type {
	Connection,
	ConnectionDraft,
	ConnectionId,
	ConnectionSecret,
} from "./connection/connection.ts";
import {
	type ConnectionRegistry,
	invalidate,
	saveSecret,
	saveSecretExclusively,
} from "./connection/connection-registry.ts";
import { getCredentials } from "./connection/credential-provider.ts";
import {
	CONNECTION_DELETED,
	type CredentialsFault,
	type Secret,
} from "./connection/credentials.ts";
import type { CommandInput, ConnectionRemote } from "./protocol/commands.ts";
import { err, ok, type Result } from "./shared/result.ts";
import { createSignInCommands } from "./sign-in-commands.ts";
import { createVaultCommands } from "./vault-commands.ts";

export function createConnectionCommands(
	registry: ConnectionRegistry,
): ConnectionRemote {
	return {
		saveConnection: (input) =>
			registry.runExclusive(() => saveConnection(registry, input)),
		importConnections: ({ connections }) =>
			registry.runExclusive(() => importConnections(registry, connections)),
		deleteConnection: ({ id }) => deleteConnection(registry, id),
		forgetSecret: ({ id }) => forgetSecret(registry, id),
		checkConnection: ({ id, mfaCode }) =>
			checkConnection(registry, id, mfaCode),
		...createSignInCommands(registry),
		...createVaultCommands(registry),
	};
}

async function saveConnection(
	registry: ConnectionRegistry,
	input: CommandInput<"saveConnection">,
): Promise<ConnectionId> {
	const { store, signIn, newId, now, onChange, onMoved } = registry.ports;
	const old = input.id && registry.connections.get(input.id);
	// Deleted meanwhile in another window: what was typed is saved as a new connection rather than lost.
	const id = old ? old.id : (newId() as ConnectionId);
	const connection = toConnection(input.connection, id, old);
	const secret = input.secret && toSecret(input.secret, now());
	const isElsewhere = old && identityOf(old) !== identityOf(connection);
	// Consent that an older version stored is given anew: the keys are still for this host.
	const isRenewed =
		old?.kind === "endpoint" &&
		connection.kind === "endpoint" &&
		old.endpoint === connection.endpoint &&
		registry.withdrawnConsents.has(old.id);
	await store.saveConnection(connection);
	registry.connections.set(id, connection);
	registry.withdrawnConsents.delete(id);
	if (isElsewhere) await signIn.cancel(id);
	// A secret that was given for another server is not for this one.
	if (secret || (isElsewhere && !isRenewed))
		await saveSecretExclusively(registry, id, secret);
	onChange();
	if (old && (isElsewhere || secret)) onMoved(id);
	return id;
}

/** The account and the role chosen after signing in stay as long as the access portal does. */
function toConnection(
	draft: ConnectionDraft,
	id: ConnectionId,
	old: Connection | undefined,
): Connection {
	if (draft.kind !== "identity-center") return { ...draft, id };
	const isSamePortal =
		old?.kind === "identity-center" &&
		old.startUrl === draft.startUrl &&
		old.ssoRegion === draft.ssoRegion;
	if (!isSamePortal) return { ...draft, id };
	const { accountId, roleName } = old;
	return {
		...draft,
		id,
		...(accountId ? { accountId } : {}),
		...(roleName ? { roleName } : {}),
	};
}

function toSecret(given: ConnectionSecret, now: number): Secret {
	if (given.kind === "bearer") return given;
	const { expiresAt, ...credentials } = given.keys;
	return {
		kind: "keys",
		lease: {
			credentials,
			receivedAt: now,
			...(expiresAt === undefined ? {} : { expiresAt }),
		},
	};
}

/** Consent is given by the user of this machine: imported connections have none, whatever the file says. */
async function importConnections(
	registry: ConnectionRegistry,
	drafts: readonly ConnectionDraft[],
): Promise<readonly ConnectionId[]> {
	const { store, newId, onChange } = registry.ports;
	const connections = drafts.map((draft): Connection => {
		const id = newId() as ConnectionId;
		if (draft.kind !== "endpoint") return toConnection(draft, id, undefined);
		const { consent: _, ...rest } = draft;
		return { ...rest, id };
	});
	await store.saveConnections(connections);
	for (const connection of connections)
		registry.connections.set(connection.id, connection);
	onChange();
	return connections.map(({ id }) => id);
}

/** Everything but the name: equal for two connections with the same target and the same identity. */
function identityOf({ name: _, ...place }: Connection): string {
	return JSON.stringify(place, sortMembers);
}

/** A stored connection may have its members in another order. */
function sortMembers(_: string, value: unknown): unknown {
	return typeof value === "object" && value !== null
		? Object.fromEntries(Object.entries(value).sort())
		: value;
}

function deleteConnection(
	registry: ConnectionRegistry,
	id: ConnectionId,
): Promise<Result<undefined, string>> {
	const { signIn, store, vault, onChange, withSavedProfiles } = registry.ports;
	return withSavedProfiles(async (profiles) => {
		const users = profiles.filter(({ connection }) => connection === id);
		if (users.length > 0)
			return err(
				`It is used by ${users.map(({ name }) => `“${name}”`).join(", ")}: choose another connection there first.`,
			);
		await signIn.cancel(id);
		await registry.runExclusive(async () => {
			await store.deleteConnection(id);
			await vault.put(id, undefined);
			registry.connections.delete(id);
			registry.secrets.delete(id);
			invalidate(registry, id);
		});
		onChange();
		return ok(undefined);
	});
}

async function forgetSecret(
	registry: ConnectionRegistry,
	id: ConnectionId,
): Promise<void> {
	if (!registry.connections.has(id)) return;
	await saveSecret(registry, id, undefined);
	registry.ports.onChange();
	registry.ports.onMoved(id);
}

async function checkConnection(
	registry: ConnectionRegistry,
	id: ConnectionId,
	mfaCode: string | undefined,
): Promise<Result<undefined, CredentialsFault>> {
	const connection = registry.connections.get(id);
	if (!connection) return err(CONNECTION_DELETED);
	const credentials = await getCredentials(registry, connection, mfaCode);
	registry.ports.onChange();
	if (!credentials.ok) return credentials;
	registry.ports.onReady(id);
	return ok(undefined);
}

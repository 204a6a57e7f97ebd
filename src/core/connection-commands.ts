// What a view may ask for about connections; each answers when its effect is saved, and none returns a secret.

import type { Connection, ConnectionId } from "./connection/connection.ts";
import type {
	ConnectionErrors,
	ConnectionForm,
} from "./connection/connection-form.ts";
import {
	type ConnectionRegistry,
	invalidate,
} from "./connection/connection-registry.ts";
import { getCredentials } from "./connection/credential-provider.ts";
import { parseConnection } from "./connection/parse-connection.ts";
import { parseSecretFields } from "./connection/parse-secret.ts";
import {
	saveSecret,
	saveSecretExclusively,
} from "./connection/store-secret.ts";
import {
	CONNECTION_DELETED,
	type CredentialsFault,
} from "./connection/temporary-credentials.ts";
import type { ConnectionRemote } from "./protocol/commands.ts";
import { err, ok, type Result } from "./shared/result.ts";
import { createSignInCommands } from "./sign-in-commands.ts";
import { createVaultCommands } from "./vault-commands.ts";

export function createConnectionCommands(
	registry: ConnectionRegistry,
): ConnectionRemote {
	return {
		saveConnection: ({ id, form }) =>
			registry.runExclusive(() => saveConnection(registry, id, form)),
		importConnections: ({ forms }) =>
			registry.runExclusive(() => importConnections(registry, forms)),
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
	id: ConnectionId | undefined,
	form: ConnectionForm,
): Promise<Result<ConnectionId, ConnectionErrors>> {
	const { store, signIn, newId, onChange, onMoved } = registry.ports;
	const old = id && registry.connections.get(id);
	const parsed = parseConnection(
		form,
		old ? old.id : (newId() as ConnectionId),
		old || undefined,
	);
	const secret = parseSecretFields(form, registry.ports.now());
	if (!parsed.ok || !secret.ok)
		return err({
			...(parsed.ok ? {} : parsed.error),
			...(secret.ok ? {} : secret.error),
		});
	const connection = parsed.value;
	const isElsewhere = old && identityOf(old) !== identityOf(connection);
	// Consent that an older version stored is given anew: the keys are still for this host.
	const isRenewed =
		old?.kind === "endpoint" &&
		connection.kind === "endpoint" &&
		old.endpoint === connection.endpoint &&
		registry.withdrawnConsents.has(old.id);
	await store.saveConnection(connection);
	registry.connections.set(connection.id, connection);
	registry.withdrawnConsents.delete(connection.id);
	if (old && isElsewhere) await signIn.cancel(old.id);
	// What was given for another place is not for this one.
	if (secret.value || (isElsewhere && !isRenewed))
		await saveSecretExclusively(registry, connection.id, secret.value);
	onChange();
	if (old && (isElsewhere || secret.value)) onMoved(connection.id);
	return ok(connection.id);
}

/** Consent is given by the user of this machine: what is imported has none, whatever the forms say. */
async function importConnections(
	registry: ConnectionRegistry,
	forms: readonly ConnectionForm[],
): Promise<Result<readonly ConnectionId[], string>> {
	const { store, newId, onChange } = registry.ports;
	const connections: Connection[] = [];
	for (const [index, form] of forms.entries()) {
		const parsed = parseConnection(
			{ ...form, consent: "" },
			newId() as ConnectionId,
		);
		if (!parsed.ok)
			return err(
				`Connection ${index + 1} cannot be imported. ${Object.values(parsed.error).join(" ")}`,
			);
		connections.push(parsed.value);
	}
	await store.saveConnections(connections);
	for (const connection of connections)
		registry.connections.set(connection.id, connection);
	onChange();
	return ok(connections.map(({ id }) => id));
}

// Name apart: where the connection leads, and as whom.
function identityOf({ name: _, ...place }: Connection): string {
	return JSON.stringify(place, sortMembers);
}

/** One that was read from storage has its members in another order than one that was typed. */
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
	const lease = await getCredentials(registry, connection, mfaCode);
	registry.ports.onChange();
	if (!lease.ok) return lease;
	registry.ports.onReady(id);
	return ok(undefined);
}

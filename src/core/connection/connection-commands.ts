// What a view may ask for about connections; each answers when its effect is saved, and none returns a secret.
import type { ConnectionRemote } from "../protocol/commands.ts";
import { err, ok, type Result } from "../result.ts";
import type { Connection, ConnectionId } from "./connection.ts";
import type { ConnectionErrors, ConnectionForm } from "./connection-form.ts";
import { type Book, startOver } from "./connection-registry.ts";
import { leaseOf } from "./credential-provider.ts";
import { parseConnection } from "./parse-connection.ts";
import { parseSecretFields } from "./parse-secret.ts";
import { createSignInCommands } from "./sign-in-commands.ts";
import { putSecret, replaceSecret } from "./store-secret.ts";
import { GONE, type Refusal } from "./temporary-credentials.ts";
import { createVaultCommands } from "./vault-commands.ts";

export function createConnectionCommands(book: Book): ConnectionRemote {
	return {
		saveConnection: ({ id, form }) =>
			book.enqueue(() => saveConnection(book, id, form)),
		importConnections: ({ forms }) =>
			book.enqueue(() => importConnections(book, forms)),
		deleteConnection: ({ id }) => deleteConnection(book, id),
		forgetSecret: ({ id }) => forgetSecret(book, id),
		checkConnection: ({ id, mfaCode }) => checkConnection(book, id, mfaCode),
		...createSignInCommands(book),
		...createVaultCommands(book),
	};
}

async function saveConnection(
	book: Book,
	id: ConnectionId | undefined,
	form: ConnectionForm,
): Promise<Result<ConnectionId, ConnectionErrors>> {
	const { keyring, signIn, newId, changed, moved } = book.ports;
	const old = id && book.connections.get(id);
	const parsed = parseConnection(
		form,
		old ? old.id : (newId() as ConnectionId),
		old || undefined,
	);
	const secret = parseSecretFields(form, book.ports.now());
	if (!parsed.ok || !secret.ok)
		return err({
			...(parsed.ok ? {} : parsed.error),
			...(secret.ok ? {} : secret.error),
		});
	const connection = parsed.value;
	const isElsewhere = old && placeOf(old) !== placeOf(connection);
	// Consent that an older version stored is given anew: the keys are still for this host.
	const isRenewed =
		old?.kind === "endpoint" &&
		connection.kind === "endpoint" &&
		old.endpoint === connection.endpoint &&
		book.withdrawn.has(old.id);
	await keyring.saveConnection(connection);
	book.connections.set(connection.id, connection);
	book.withdrawn.delete(connection.id);
	if (old && isElsewhere) await signIn.cancel(old.id);
	// What was given for another place is not for this one.
	if (secret.value || (isElsewhere && !isRenewed))
		await replaceSecret(book, connection.id, secret.value);
	changed();
	if (old && (isElsewhere || secret.value)) moved(connection.id);
	return ok(connection.id);
}

/** Consent is given by the user of this machine: what is imported has none, whatever the forms say. */
async function importConnections(
	book: Book,
	forms: readonly ConnectionForm[],
): Promise<Result<readonly ConnectionId[], string>> {
	const { keyring, newId, changed } = book.ports;
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
	await keyring.saveConnections(connections);
	for (const connection of connections)
		book.connections.set(connection.id, connection);
	changed();
	return ok(connections.map(({ id }) => id));
}

// Name apart: where the connection leads, and as whom.
function placeOf({ name: _, ...place }: Connection): string {
	return JSON.stringify(place, sorted);
}

/** One that was read from storage has its members in another order than one that was typed. */
function sorted(_: string, value: unknown): unknown {
	return typeof value === "object" && value !== null
		? Object.fromEntries(Object.entries(value).sort())
		: value;
}

function deleteConnection(
	book: Book,
	id: ConnectionId,
): Promise<Result<undefined, string>> {
	const { signIn, keyring, vault, changed, withSavedProfiles } = book.ports;
	return withSavedProfiles(async (profiles) => {
		const users = profiles.filter(({ connection }) => connection === id);
		if (users.length > 0)
			return err(
				`It is used by ${users.map(({ name }) => `“${name}”`).join(", ")}: choose another connection there first.`,
			);
		await signIn.cancel(id);
		await book.enqueue(async () => {
			await keyring.deleteConnection(id);
			await vault.put(id, undefined);
			book.connections.delete(id);
			book.secrets.delete(id);
			startOver(book, id);
		});
		changed();
		return ok(undefined);
	});
}

async function forgetSecret(book: Book, id: ConnectionId): Promise<void> {
	if (!book.connections.has(id)) return;
	await putSecret(book, id, undefined);
	book.ports.changed();
	book.ports.moved(id);
}

async function checkConnection(
	book: Book,
	id: ConnectionId,
	mfaCode: string | undefined,
): Promise<Result<undefined, Refusal>> {
	const connection = book.connections.get(id);
	if (!connection) return err(GONE);
	const lease = await leaseOf(book, connection, mfaCode);
	book.ports.changed();
	if (!lease.ok) return lease;
	book.ports.ready(id);
	return ok(undefined);
}

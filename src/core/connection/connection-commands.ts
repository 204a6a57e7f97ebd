// What a view may ask for about connections; each answers when its effect is saved, and none returns a secret.
import type { ConnectionRemote } from "../contract.ts";
import { endOfKeys, parseCredentials } from "../credentials.ts";
import { err, ok, type Result } from "../result.ts";
import { type Book, startOver } from "./book.ts";
import { leaseOf } from "./broker.ts";
import type {
	Connection,
	ConnectionId,
	IdentityCenterConnection,
} from "./connection.ts";
import type { ConnectionErrors, ConnectionForm } from "./connection-form.ts";
import type { Refusal, Secret } from "./lease.ts";
import { parseConnection } from "./parse-connection.ts";
import type { SignInSecret } from "./provider.ts";
import { withSignIn } from "./signed-in.ts";
import { createVaultCommands } from "./vault-commands.ts";

export function createConnectionCommands(book: Book): ConnectionRemote {
	return {
		saveConnection: ({ id, form }) => saveConnection(book, id, form),
		deleteConnection: ({ id }) => deleteConnection(book, id),
		forgetSecret: ({ id }) => forgetSecret(book, id),
		checkConnection: ({ id, mfaCode }) => checkConnection(book, id, mfaCode),
		signIn: ({ id, method }) =>
			withIdentityCenter(book, id, (connection) =>
				book.ports.signIn.begin(connection, method),
			),
		cancelSignIn: async ({ id }) => {
			await book.ports.signIn.cancel(id);
			book.ports.changed();
		},
		signOut: ({ id }) => signOut(book, id),
		listAccounts: ({ id }) =>
			signedIn(book, id, (connection, secret) =>
				book.ports.signIn.accounts(connection, secret),
			),
		listRoles: ({ id, accountId }) =>
			signedIn(book, id, (connection, secret) =>
				book.ports.signIn.roles(connection, secret, accountId),
			),
		chooseRole: (input) => chooseRole(book, input),
		...createVaultCommands(book),
	};
}

/** The sign-in has come to its end, in this life of the worker or in a later one. */
export async function endSignIn(
	book: Book,
	id: ConnectionId,
	outcome: Result<SignInSecret, Refusal>,
): Promise<void> {
	if (!book.connections.has(id)) return;
	if (!outcome.ok) book.refusals.set(id, outcome.error);
	else {
		await putSecret(book, id, outcome.value);
		book.ports.ready(id);
	}
	book.ports.changed();
}

async function saveConnection(
	book: Book,
	id: ConnectionId | undefined,
	form: ConnectionForm,
): Promise<Result<ConnectionId, ConnectionErrors>> {
	const { keyring, newId, changed, moved } = book.ports;
	const old = id && book.connections.get(id);
	const parsed = parseConnection(
		form,
		old ? old.id : (newId() as ConnectionId),
		old || undefined,
	);
	const secret = parseSecretFields(book, form);
	if (!parsed.ok || !secret.ok)
		return err({
			...(parsed.ok ? {} : parsed.error),
			...(secret.ok ? {} : secret.error),
		});
	const connection = parsed.value;
	const isElsewhere = old && placeOf(old) !== placeOf(connection);
	await keyring.saveConnection(connection);
	book.connections.set(connection.id, connection);
	// What was given for another place is not for this one.
	if (secret.value || isElsewhere)
		await putSecret(book, connection.id, secret.value);
	changed();
	if (old && (isElsewhere || secret.value)) moved(connection.id);
	return ok(connection.id);
}

function parseSecretFields(
	book: Book,
	form: ConnectionForm,
): Result<Secret | undefined, ConnectionErrors> {
	const { kind } = form;
	if (kind === "agent" || kind === "credential-server") {
		const token = form.bearerToken.trim();
		if (!token) return ok(undefined);
		// It becomes a header's value.
		return /^[\x20-\x7e]{1,8192}$/.test(token)
			? ok({ kind: "bearer", token })
			: err({
					bearerToken: "A token has no line breaks or special characters.",
				});
	}
	if (kind === "identity-center") return ok(undefined);
	const keys = parseCredentials(form);
	if (!keys.ok || !keys.value) return keys.ok ? ok(undefined) : keys;
	return ok({
		kind: "keys",
		lease: {
			credentials: keys.value,
			receivedAt: book.ports.now(),
			...endOfKeys(form),
		},
	});
}

// Name apart: where the connection leads, and as whom.
function placeOf({ name: _, ...place }: Connection): string {
	return JSON.stringify(place);
}

async function putSecret(
	book: Book,
	id: ConnectionId,
	secret: Secret | undefined,
): Promise<void> {
	const { keyring, vault } = book.ports;
	await keyring.saveSecret(id, secret);
	await vault.put(id, secret);
	await keyring.saveLease(id, undefined);
	if (secret) book.secrets.set(id, secret);
	else book.secrets.delete(id);
	startOver(book, id);
}

async function deleteConnection(
	book: Book,
	id: ConnectionId,
): Promise<Result<undefined, string>> {
	const users = book.ports
		.profiles()
		.filter(({ connection }) => connection === id);
	if (users.length > 0)
		return err(
			`It is used by ${users.map(({ name }) => `“${name}”`).join(", ")}: choose another connection there first.`,
		);
	await book.ports.signIn.cancel(id);
	await book.ports.keyring.deleteConnection(id);
	await book.ports.vault.put(id, undefined);
	book.connections.delete(id);
	book.secrets.delete(id);
	startOver(book, id);
	book.ports.changed();
	return ok(undefined);
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

async function signOut(book: Book, id: ConnectionId): Promise<void> {
	const connection = book.connections.get(id);
	const secret = book.secrets.get(id);
	if (connection?.kind !== "identity-center") return;
	// Here first: whatever the portal answers, this browser has forgotten it.
	await putSecret(book, id, undefined);
	book.ports.changed();
	book.ports.moved(id);
	if (secret?.kind === "sign-in")
		await book.ports.signIn.signOut(connection, secret);
}

async function chooseRole(
	book: Book,
	input: {
		readonly id: ConnectionId;
		readonly accountId: string;
		readonly roleName: string;
	},
): Promise<void> {
	const old = book.connections.get(input.id);
	if (old?.kind !== "identity-center") return;
	const { accountId, roleName } = input;
	const connection = { ...old, accountId, roleName };
	await book.ports.keyring.saveConnection(connection);
	await book.ports.keyring.saveLease(old.id, undefined);
	book.connections.set(old.id, connection);
	startOver(book, old.id);
	book.ports.changed();
	book.ports.moved(old.id);
}

async function withIdentityCenter<T>(
	book: Book,
	id: ConnectionId,
	work: (connection: IdentityCenterConnection) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
	const connection = book.connections.get(id);
	if (connection?.kind !== "identity-center") return err(GONE);
	const result = await work(connection);
	noteHosts(book, id, result);
	book.ports.changed();
	return result;
}

/** That the browser has to allow a host is shown until it has, since only the user can do something about it. */
function noteHosts(
	{ refusals }: Book,
	id: ConnectionId,
	result: Result<unknown, Refusal>,
): void {
	const isMissing = !result.ok && result.error.kind === "permission-missing";
	if (isMissing) refusals.set(id, result.error);
	else if (refusals.get(id)?.kind === "permission-missing") refusals.delete(id);
}

function signedIn<T>(
	book: Book,
	id: ConnectionId,
	work: (
		connection: IdentityCenterConnection,
		secret: SignInSecret,
	) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
	return withIdentityCenter(book, id, (connection) =>
		withSignIn(book, connection, (secret) => work(connection, secret)),
	);
}

const GONE: Refusal = {
	kind: "credentials-missing",
	detail: "This connection was deleted.",
};

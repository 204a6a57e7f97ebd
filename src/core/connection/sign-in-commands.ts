// Signing in to IAM Identity Center, as a view asks for it: begin, end, and choose an account and a role.
import type { ConnectionRemote } from "../protocol/commands.ts";
import { err, type Result } from "../result.ts";
import type { ConnectionId, IdentityCenterConnection } from "./connection.ts";
import { type Book, startOver } from "./connection-registry.ts";
import type { SignInSecret } from "./credential-sources.ts";
import { putSecret, replaceSecret } from "./store-secret.ts";
import { GONE, type Refusal } from "./temporary-credentials.ts";
import { withSignIn } from "./with-sso-token.ts";

type SignInRemote = Pick<
	ConnectionRemote,
	| "signIn"
	| "cancelSignIn"
	| "signOut"
	| "listAccounts"
	| "listRoles"
	| "chooseRole"
>;

export function createSignInCommands(book: Book): SignInRemote {
	return {
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
	};
}

/** The sign-in has come to its end, in this life of the worker or in a later one. */
export async function endSignIn(
	book: Book,
	id: ConnectionId,
	outcome: Result<SignInSecret, Refusal>,
): Promise<void> {
	await book.enqueue(async () => {
		if (!book.connections.has(id)) return;
		if (!outcome.ok) book.refusals.set(id, outcome.error);
		else {
			await replaceSecret(book, id, outcome.value);
			book.ports.ready(id);
		}
	});
	book.ports.changed();
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
	const { id, accountId, roleName } = input;
	const { keyring, changed, moved } = book.ports;
	await book.enqueue(async () => {
		const old = book.connections.get(id);
		if (old?.kind !== "identity-center") return;
		const connection = { ...old, accountId, roleName };
		await keyring.saveConnection(connection);
		await keyring.saveLease(id, undefined);
		book.connections.set(id, connection);
		startOver(book, id);
	});
	changed();
	moved(id);
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

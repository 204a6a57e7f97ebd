import type {
	ConnectionId,
	IdentityCenterConnection,
} from "./connection/connection.ts";
import {
	type ConnectionRegistry,
	invalidate,
	saveSecret,
	saveSecretExclusively,
} from "./connection/connection-registry.ts";
import { withSsoToken } from "./connection/credential-provider.ts";
import type { SignInSecret } from "./connection/credential-sources.ts";
import {
	CONNECTION_DELETED,
	type CredentialsFault,
} from "./connection/credentials.ts";
import type { ConnectionRemote } from "./protocol/commands.ts";
import { err, type Result } from "./shared/result.ts";

type SignInRemote = Pick<
	ConnectionRemote,
	| "signIn"
	| "cancelSignIn"
	| "signOut"
	| "listAccounts"
	| "listRoles"
	| "chooseRole"
>;

export function createSignInCommands(
	registry: ConnectionRegistry,
): SignInRemote {
	return {
		signIn: ({ id, method }) =>
			withIdentityCenter(registry, id, (connection) =>
				registry.ports.signIn.start(connection, method),
			),
		cancelSignIn: async ({ id }) => {
			await registry.ports.signIn.cancel(id);
			registry.ports.onChange();
		},
		signOut: ({ id }) => signOut(registry, id),
		listAccounts: ({ id }) =>
			whileSignedIn(registry, id, (connection, secret) =>
				registry.ports.signIn.accounts(connection, secret),
			),
		listRoles: ({ id, accountId }) =>
			whileSignedIn(registry, id, (connection, secret) =>
				registry.ports.signIn.roles(connection, secret, accountId),
			),
		chooseRole: (input) => chooseRole(registry, input),
	};
}

/** Called when a sign-in has ended, in this life of the worker or in a later one. */
export async function endSignIn(
	registry: ConnectionRegistry,
	id: ConnectionId,
	outcome: Result<SignInSecret, CredentialsFault>,
): Promise<void> {
	await registry.runExclusive(async () => {
		if (!registry.connections.has(id)) return;
		if (!outcome.ok) registry.faults.set(id, outcome.error);
		else {
			await saveSecretExclusively(registry, id, outcome.value);
			registry.ports.onReady(id);
		}
	});
	registry.ports.onChange();
}

async function signOut(
	registry: ConnectionRegistry,
	id: ConnectionId,
): Promise<void> {
	const connection = registry.connections.get(id);
	const secret = registry.secrets.get(id);
	if (connection?.kind !== "identity-center") return;
	// Deleted here first, whatever the portal answers.
	await saveSecret(registry, id, undefined);
	registry.ports.onChange();
	registry.ports.onMoved(id);
	if (secret?.kind === "sign-in")
		await registry.ports.signIn.signOut(connection, secret);
}

async function chooseRole(
	registry: ConnectionRegistry,
	input: {
		readonly id: ConnectionId;
		readonly accountId: string;
		readonly roleName: string;
	},
): Promise<void> {
	const { id, accountId, roleName } = input;
	const { store, onChange, onMoved } = registry.ports;
	await registry.runExclusive(async () => {
		const old = registry.connections.get(id);
		if (old?.kind !== "identity-center") return;
		const connection = { ...old, accountId, roleName };
		await store.saveConnection(connection);
		await store.saveCredentials(id, undefined);
		registry.connections.set(id, connection);
		invalidate(registry, id);
	});
	onChange();
	onMoved(id);
}

async function withIdentityCenter<T>(
	registry: ConnectionRegistry,
	id: ConnectionId,
	work: (
		connection: IdentityCenterConnection,
	) => Promise<Result<T, CredentialsFault>>,
): Promise<Result<T, CredentialsFault>> {
	const connection = registry.connections.get(id);
	if (connection?.kind !== "identity-center") return err(CONNECTION_DELETED);
	const result = await work(connection);
	recordMissingPermission(registry, id, result);
	registry.ports.onChange();
	return result;
}

/** A missing host permission is shown until it is granted, because only the user can grant it. */
function recordMissingPermission(
	{ faults }: ConnectionRegistry,
	id: ConnectionId,
	result: Result<unknown, CredentialsFault>,
): void {
	const isMissing = !result.ok && result.error.kind === "permission-missing";
	if (isMissing) faults.set(id, result.error);
	else if (faults.get(id)?.kind === "permission-missing") faults.delete(id);
}

function whileSignedIn<T>(
	registry: ConnectionRegistry,
	id: ConnectionId,
	work: (
		connection: IdentityCenterConnection,
		secret: SignInSecret,
	) => Promise<Result<T, CredentialsFault>>,
): Promise<Result<T, CredentialsFault>> {
	return withIdentityCenter(registry, id, (connection) =>
		withSsoToken(registry, connection, (secret) => work(connection, secret)),
	);
}

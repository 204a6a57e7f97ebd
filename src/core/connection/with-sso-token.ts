// What is asked of IAM Identity Center with a sign-in: renewed in time, and once more when the portal has ended it early.
import { err, type Result } from "../shared/result.ts";
import type { IdentityCenterConnection } from "./connection.ts";
import {
	type ConnectionRegistry,
	generationOf,
} from "./connection-registry.ts";
import type { SignInSecret } from "./credential-sources.ts";
import type { CredentialsFault } from "./temporary-credentials.ts";

export async function withSsoToken<T>(
	registry: ConnectionRegistry,
	connection: IdentityCenterConnection,
	work: (secret: SignInSecret) => Promise<Result<T, CredentialsFault>>,
): Promise<Result<T, CredentialsFault>> {
	const current = await renewOnce(registry, connection, false);
	if (!current.ok) return current;
	const result = await work(current.value);
	if (result.ok || result.error.kind !== "sign-in-needed") return result;
	const renewed = await renewOnce(registry, connection, true);
	return renewed.ok ? work(renewed.value) : renewed;
}

function renewOnce(
	registry: ConnectionRegistry,
	connection: IdentityCenterConnection,
	isRefused: boolean,
): Promise<Result<SignInSecret, CredentialsFault>> {
	return registry.renewOnce(connection.id, () =>
		renew(registry, connection, isRefused),
	);
}

async function renew(
	registry: ConnectionRegistry,
	connection: IdentityCenterConnection,
	isRefused: boolean,
): Promise<Result<SignInSecret, CredentialsFault>> {
	const { id } = connection;
	const { signIn, store, vault } = registry.ports;
	const secret = registry.secrets.get(id);
	if (secret?.kind !== "sign-in") return err(SIGNED_OUT);
	const generation = generationOf(registry, id);
	const renewed = await signIn.renew(connection, secret, isRefused);
	return registry.runExclusive(async () => {
		// Who has signed out meanwhile stays signed out.
		if (generationOf(registry, id) !== generation) return err(SIGNED_OUT);
		if (renewed.ok ? renewed.value === secret : !isSignInOver(renewed.error))
			return renewed;
		const next = renewed.ok ? renewed.value : undefined;
		await store.saveSecret(id, next);
		await vault.put(id, next);
		if (next) registry.secrets.set(id, next);
		else registry.secrets.delete(id);
		return renewed;
	});
}

/** Of no use any more: who keeps it would have to sign out before signing in. */
function isSignInOver({ kind }: CredentialsFault): boolean {
	return kind === "sign-in-needed";
}

const SIGNED_OUT: CredentialsFault = { kind: "sign-in-needed", detail: "" };

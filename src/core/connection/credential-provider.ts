import { err, ok, type Result } from "../shared/result.ts";
import { type AccessTarget, targetUrl } from "./access-target.ts";
import {
	type AssumedRole,
	type Connection,
	type ConnectionId,
	type IdentityCenterConnection,
	roleOf,
} from "./connection.ts";
import {
	type ConnectionRegistry,
	generationOf,
	sessionPolicyOf,
} from "./connection-registry.ts";
import type { ScopedCredentials } from "./connection-store.ts";
import type { SignInSecret } from "./credential-sources.ts";
import {
	type Credentials,
	type CredentialsFault,
	freshnessOf,
	type TemporaryCredentials,
} from "./credentials.ts";
import { mayCarryCredentials, parseEndpoint } from "./endpoint.ts";

/** Where calls go and what they carry. */
export type Access =
	| {
			readonly kind: "aws";
			/** `undefined`: AWS's own in the target's Region. */
			readonly endpoint: string | undefined;
			readonly credentials: Credentials;
			/** Fixed keys that everybody knows, for servers that are not AWS's. */
			readonly isDummy?: true;
			/** The credentials are limited to reading configurations by the session policy of a role. */
			readonly isScoped?: true;
	  }
	| {
			readonly kind: "agent";
			readonly url: string;
			readonly bearer: string | undefined;
	  };

/** Emulators do not check signatures, but signing needs keys. */
const DUMMY_CREDENTIALS: Credentials = {
	accessKeyId: "test",
	secretAccessKey: "test",
};

/** For a server that may not see real keys. */
export function dummyAccess(endpoint: string | undefined): Access {
	return {
		kind: "aws",
		endpoint,
		credentials: DUMMY_CREDENTIALS,
		isDummy: true,
	};
}

/** For a target with a connection. */
export async function getAccess(
	registry: ConnectionRegistry,
	target: AccessTarget & { readonly connection: ConnectionId },
): Promise<Result<Access, CredentialsFault>> {
	const connection = registry.connections.get(target.connection);
	if (!connection)
		return fail("credentials-missing", "Its connection was deleted.");
	if (connection.kind === "agent") {
		const secret = registry.secrets.get(connection.id);
		const bearer = secret?.kind === "bearer" ? secret.token : undefined;
		if (registry.ports.vault.isLocked(connection.id))
			return fail("credentials-locked");
		return ok({ kind: "agent", url: connection.url, bearer });
	}
	const endpoint = targetUrl(target, connection);
	if (!mayCarryCredentialsOf(endpoint, connection))
		return ok(dummyAccess(endpoint));
	const credentialsResult = await getCredentials(registry, connection);
	if (!credentialsResult.ok) return credentialsResult;
	const { credentials } = credentialsResult.value;
	return ok({
		kind: "aws",
		endpoint,
		credentials,
		...(roleOf(connection) ? { isScoped: true } : {}),
	});
}

/** Called when the service has refused the credentials as expired. Resolves with `true` when there are new ones to try again with. */
export async function renewCredentials(
	registry: ConnectionRegistry,
	id: ConnectionId,
): Promise<boolean> {
	const connection = registry.connections.get(id);
	if (!connection || (connection.kind === "keys" && !connection.role))
		return false;
	return (await obtainOnce(registry, connection)).ok;
}

/** `mfaCode`: a code that the user has just entered; valid for one session of the role. */
export async function getCredentials(
	registry: ConnectionRegistry,
	connection: Connection,
	mfaCode?: string,
): Promise<Result<TemporaryCredentials, CredentialsFault>> {
	const { id } = connection;
	if (registry.ports.vault.isLocked(id)) return fail("credentials-locked");
	const known = registry.credentials.get(id);
	const now = registry.ports.now();
	const freshness = known ? freshnessOf(known, now) : "expired";
	const isFit = known?.policy === sessionPolicyOf(registry, connection);
	if (known && isFit && freshness === "fresh" && !mfaCode) return ok(known);
	const obtained = await obtainOnce(registry, connection, mfaCode);
	// The old credentials are still valid: use them while the server that issues new ones is unavailable.
	if (!obtained.ok && known && isFit && freshness === "stale") return ok(known);
	return obtained;
}

function obtainOnce(
	registry: ConnectionRegistry,
	connection: Connection,
	mfaCode?: string,
): Promise<Result<TemporaryCredentials, CredentialsFault>> {
	const { id } = connection;
	const pending = registry.pending.get(id);
	if (pending && !mfaCode) return pending;
	const generation = generationOf(registry, id);
	const asked = obtain(registry, connection, mfaCode)
		.then((result) =>
			registry.runExclusive(async () =>
				generationOf(registry, id) === generation
					? recordResult(registry, id, result)
					: undefined,
			),
		)
		.then((noted) => noted ?? retry(registry, id));
	const settled = asked.finally(() => {
		if (registry.pending.get(id) === settled) registry.pending.delete(id);
	});
	registry.pending.set(id, settled);
	return settled;
}

/** The user has changed the connection meanwhile, so the credentials that were obtained are not used. */
async function retry(
	registry: ConnectionRegistry,
	id: ConnectionId,
): Promise<Result<TemporaryCredentials, CredentialsFault>> {
	const connection = registry.connections.get(id);
	return connection
		? getCredentials(registry, connection)
		: fail("credentials-missing", "Its connection was deleted.");
}

async function obtain(
	registry: ConnectionRegistry,
	connection: Connection,
	mfaCode: string | undefined,
): Promise<Result<ScopedCredentials, CredentialsFault>> {
	const base = await getBaseCredentials(registry, connection);
	if (!base.ok) return base;
	const role = roleOf(connection);
	if (!role) return ok({ ...base.value, policy: "" });
	const policy = sessionPolicyOf(registry, connection);
	const assumed = await assume(registry, role, {
		base: base.value.credentials,
		policy,
		mfaCode,
	});
	if (!assumed.ok) return assumed;
	return ok({ ...assumed.value, policy });
}

function assume(
	registry: ConnectionRegistry,
	role: AssumedRole,
	given: {
		readonly base: Credentials;
		readonly policy: string;
		readonly mfaCode: string | undefined;
	},
):
	| Promise<Result<TemporaryCredentials, CredentialsFault>>
	| Result<TemporaryCredentials, CredentialsFault> {
	const { base, policy, mfaCode } = given;
	if (role.mfaSerial && !mfaCode) return fail("mfa-needed");
	return registry.ports.sources.assumeRole({
		role,
		base,
		policy,
		...(mfaCode ? { mfaCode } : {}),
	});
}

async function getBaseCredentials(
	registry: ConnectionRegistry,
	connection: Connection,
): Promise<Result<TemporaryCredentials, CredentialsFault>> {
	const { sources, now, clockOffset } = registry.ports;
	const secret = registry.secrets.get(connection.id);
	if (connection.kind === "credential-server") {
		const bearer = secret?.kind === "bearer" ? secret.token : undefined;
		return sources.credentialServer(connection, bearer);
	}
	if (connection.kind === "identity-center") {
		return secret
			? getRoleCredentials(registry, connection)
			: fail("sign-in-needed");
	}
	if (secret?.kind !== "keys") return fail("credentials-missing");
	// Until AWS's clock is known, only AWS can say whether keys have expired.
	if (clockOffset() !== undefined && isExpired(secret.lease, now()))
		return fail("credentials-expired");
	return ok(secret.lease);
}

function getRoleCredentials(
	registry: ConnectionRegistry,
	connection: IdentityCenterConnection,
):
	| Promise<Result<TemporaryCredentials, CredentialsFault>>
	| Result<TemporaryCredentials, CredentialsFault> {
	if (!connection.accountId || !connection.roleName)
		return fail("sign-in-needed", "Choose an account and a role.");
	return withSsoToken(registry, connection, (secret) =>
		registry.ports.sources.identityCenter(connection, secret),
	);
}

async function recordResult(
	registry: ConnectionRegistry,
	id: ConnectionId,
	result: Result<ScopedCredentials, CredentialsFault>,
): Promise<Result<TemporaryCredentials, CredentialsFault>> {
	const { store, onChange, onReady } = registry.ports;
	const wasRefused = registry.faults.has(id);
	if (!result.ok) {
		registry.faults.set(id, result.error);
		onChange();
		return result;
	}
	await store.saveCredentials(id, result.value);
	registry.credentials.set(id, result.value);
	registry.faults.delete(id);
	onChange();
	if (wasRefused) onReady(id);
	return result;
}

function isExpired(credentials: TemporaryCredentials, now: number): boolean {
	return freshnessOf(credentials, now) === "expired";
}

function mayCarryCredentialsOf(
	endpoint: string | undefined,
	connection: Connection,
): boolean {
	if (endpoint === undefined) return true;
	const parsed = parseEndpoint(endpoint);
	if (!parsed.ok) return false;
	if (mayCarryCredentials(parsed.value)) return true;
	const { scheme, host } = parsed.value;
	return (
		connection.kind === "endpoint" &&
		scheme === "https" &&
		connection.consent === host
	);
}

function fail(
	kind: CredentialsFault["kind"],
	detail = "",
): Result<never, CredentialsFault> {
	return err({ kind, detail });
}

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
		// A user who has signed out meanwhile stays signed out.
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

/** The sign-in cannot be renewed. It is deleted, so that the user can sign in again without signing out first. */
function isSignInOver({ kind }: CredentialsFault): boolean {
	return kind === "sign-in-needed";
}

const SIGNED_OUT: CredentialsFault = { kind: "sign-in-needed", detail: "" };

import {
	createMutex,
	createSingleFlight,
	type RunExclusive,
	type SingleFlight,
} from "../shared/concurrency.ts";
import type { Result } from "../shared/result.ts";
import type { DamagedRecord } from "../shared/storage-problems.ts";
import {
	type AssumedRole,
	type Connection,
	type ConnectionId,
	roleOf,
} from "./connection.ts";
import type {
	ConnectionSnapshot,
	ConnectionStatus,
} from "./connection-snapshot.ts";
import type {
	ConnectionStore,
	ScopedCredentials,
	SecretVault,
} from "./connection-store.ts";
import type {
	CredentialSources,
	SignIn,
	SignInSecret,
} from "./credential-sources.ts";
import {
	type CredentialsFault,
	freshnessOf,
	maskAccessKeyId,
	type Secret,
	type TemporaryCredentials,
} from "./credentials.ts";
import { parseEndpoint } from "./endpoint.ts";

/** A profile, as far as connections are concerned. */
export interface ConnectionUser {
	readonly name: string;
	readonly connection?: ConnectionId;
}

export interface ConnectionPorts {
	readonly store: ConnectionStore;
	readonly vault: SecretVault;
	readonly sources: CredentialSources;
	readonly signIn: SignIn;
	/** Epoch ms on AWS's clock; on this computer's until AWS has answered. */
	now(): number;
	/** How far that clock is ahead of this computer's, in ms; `undefined` until AWS has answered. */
	clockOffset(): number | undefined;
	newId(): string;
	/** Runs a job with the saved profiles; none is saved or deleted meanwhile. Rejects while those stored cannot be read. */
	withSavedProfiles<T>(
		job: (profiles: readonly ConnectionUser[]) => Promise<T>,
	): Promise<T>;
	/** The policy that limits sessions of the connection's role to reading the configurations of its profiles. */
	sessionPolicy(id: ConnectionId, role: AssumedRole): string;
	/** The keys given to profiles that have no connection. */
	forgetOwnKeys(): Promise<void>;
	/** Something that views show has changed. */
	onChange(): void;
	/** The connection has credentials again: profiles that failed for want of them can be polled. */
	onReady(id: ConnectionId): void;
	/** The connection calls another server or uses another identity: sessions of its profiles must be opened again. */
	onMoved(id: ConnectionId): void;
}

export interface ConnectionRegistry {
	readonly ports: ConnectionPorts;
	/** Memory and storage change together inside it, so that a write in progress cannot bring back what was deleted. */
	readonly runExclusive: RunExclusive;
	readonly connections: Map<ConnectionId, Connection>;
	readonly secrets: Map<ConnectionId, Secret>;
	readonly credentials: Map<ConnectionId, ScopedCredentials>;
	readonly faults: Map<ConnectionId, CredentialsFault>;
	/** Requests for credentials in flight. Further callers share their results. */
	readonly pending: Map<
		ConnectionId,
		Promise<Result<TemporaryCredentials, CredentialsFault>>
	>;
	/** One renewal of a sign-in at a time: a refresh token may be valid only once. */
	readonly renewOnce: SingleFlight<
		ConnectionId,
		Result<SignInSecret, CredentialsFault>
	>;
	/** Incremented with every change by the user: results that were requested before are dropped. */
	readonly generations: Map<ConnectionId, number>;
	problems: readonly string[];
	damaged: readonly DamagedRecord[];
	/** Connections whose consent was stored by an older version and does not count until the user gives it again. */
	readonly withdrawnConsents: Set<ConnectionId>;
}

export function createConnectionRegistry(
	ports: ConnectionPorts,
): ConnectionRegistry {
	return {
		ports,
		runExclusive: createMutex(),
		connections: new Map(),
		secrets: new Map(),
		credentials: new Map(),
		faults: new Map(),
		pending: new Map(),
		renewOnce: createSingleFlight(),
		generations: new Map(),
		problems: [],
		damaged: [],
		withdrawnConsents: new Set(),
	};
}

export async function restoreConnectionRegistry(
	registry: ConnectionRegistry,
): Promise<void> {
	const stored = await registry.ports.store.load();
	for (const connection of stored.connections)
		registry.connections.set(connection.id, connection);
	for (const [id, secret] of stored.secrets) registry.secrets.set(id, secret);
	for (const [id, credentials] of stored.credentials)
		registry.credentials.set(id, credentials);
	registry.damaged = stored.damaged;
	for (const id of stored.withdrawnConsents) registry.withdrawnConsents.add(id);
}

/** Sentences for the user about consents that have to be given again. */
export function withdrawnConsentMessages({
	connections,
	withdrawnConsents,
}: ConnectionRegistry): readonly string[] {
	return [...withdrawnConsents].flatMap((id) => {
		const connection = connections.get(id);
		if (connection?.kind !== "endpoint") return [];
		const endpoint = parseEndpoint(connection.endpoint);
		const host = endpoint.ok ? endpoint.value.host : connection.endpoint;
		return `An older version of AppConfig Inspector stored your consent to send the keys of the connection “${connection.name}” to ${host}. It may have come with an import, so it no longer counts, and the host gets dummy keys. Open the connection, give your consent again if you want to, and save it.`;
	});
}

/** Drops the connection's temporary credentials, its fault and requests in flight. */
export function invalidate(
	registry: ConnectionRegistry,
	id: ConnectionId,
): void {
	registry.credentials.delete(id);
	registry.faults.delete(id);
	registry.pending.delete(id);
	registry.generations.set(id, generationOf(registry, id) + 1);
}

export function generationOf(
	registry: ConnectionRegistry,
	id: ConnectionId,
): number {
	return registry.generations.get(id) ?? 0;
}

export function toConnectionSnapshots(
	registry: ConnectionRegistry,
): readonly ConnectionSnapshot[] {
	return [...registry.connections.values()].map((connection) =>
		toConnectionSnapshot(registry, connection),
	);
}

/** The session policy of the connection's role; empty without a role. */
export function sessionPolicyOf(
	registry: ConnectionRegistry,
	connection: Connection,
): string {
	const role = roleOf(connection);
	return role ? registry.ports.sessionPolicy(connection.id, role) : "";
}

function toConnectionSnapshot(
	registry: ConnectionRegistry,
	connection: Connection,
): ConnectionSnapshot {
	const { id } = connection;
	const credentials = shownCredentials(registry, connection);
	const fault = registry.faults.get(id);
	const signIn = registry.ports.signIn.progress(id);
	const status = statusOf(registry, connection, credentials);
	const { expiresAt, accountId, roleName } = {
		...ofSignIn(connection),
		...credentials,
	};
	const actionAt = actionNeededAt(registry, connection);
	// Views compare these times with this computer's clock.
	const clockOffset = registry.ports.clockOffset() ?? 0;
	return {
		connection,
		status,
		hasSecret: registry.secrets.has(id) || registry.ports.vault.isLocked(id),
		...(credentials
			? { keyHint: maskAccessKeyId(credentials.credentials.accessKeyId) }
			: {}),
		...(expiresAt === undefined ? {} : { expiresAt: expiresAt - clockOffset }),
		...(actionAt === undefined
			? {}
			: { actionNeededAt: actionAt - clockOffset }),
		...(accountId === undefined ? {} : { accountId }),
		...(roleName === undefined ? {} : { roleName }),
		...(fault?.detail ? { detail: fault.detail } : {}),
		...(fault?.host ? { failedCall: failedCallText(fault) } : {}),
		...(signIn ? { signIn } : {}),
	};
}

function failedCallText({ operation, host, status }: CredentialsFault): string {
	const place = [operation, host].filter(Boolean).join(" at ");
	return status === undefined ? place : `${place}, HTTP ${status}`;
}

function statusOf(
	registry: ConnectionRegistry,
	connection: Connection,
	credentials: TemporaryCredentials | undefined,
): ConnectionStatus {
	const { id, kind } = connection;
	if (kind === "agent" || (kind === "endpoint" && !connection.consent))
		return "open";
	if (registry.ports.vault.isLocked(id)) return "credentials-locked";
	const fault = registry.faults.get(id);
	if (fault) return fault.kind;
	const now = registry.ports.now();
	if (credentials && freshnessOf(credentials, now) !== "expired") return "ok";
	const secret = registry.secrets.get(id);
	if (secret?.kind === "keys" && freshnessOf(secret.lease, now) === "expired")
		return "credentials-expired";
	// Expired temporary credentials are renewed with the next call.
	if (credentials) return "ready";
	if (kind === "identity-center" && !(secret && connection.accountId))
		return "sign-in-needed";
	if (kind === "credential-server") return "ready";
	return secret ? "ready" : "credentials-missing";
}

/** When the user has to act: the expiry of whatever is not renewed automatically. */
function actionNeededAt(
	registry: ConnectionRegistry,
	connection: Connection,
): number | undefined {
	const secret = registry.secrets.get(connection.id);
	const ends = [
		secret?.kind === "keys" ? secret.lease.expiresAt : undefined,
		secret?.kind === "sign-in" && !secret.refreshToken
			? secret.expiresAt
			: undefined,
		roleOf(connection)?.mfaSerial
			? registry.credentials.get(connection.id)?.expiresAt
			: undefined,
	].filter((end) => end !== undefined);
	return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** Credentials that keys were exchanged for (the session of a role) come before the keys themselves. */
function shownCredentials(
	registry: ConnectionRegistry,
	{ id }: Connection,
): TemporaryCredentials | undefined {
	const credentials = registry.credentials.get(id);
	if (credentials) return credentials;
	const secret = registry.secrets.get(id);
	return secret?.kind === "keys" ? secret.lease : undefined;
}

function ofSignIn(connection: Connection): Partial<TemporaryCredentials> {
	if (connection.kind !== "identity-center") return {};
	const { accountId, roleName } = connection;
	return {
		...(accountId ? { accountId } : {}),
		...(roleName ? { roleName } : {}),
	};
}

export function saveSecret(
	registry: ConnectionRegistry,
	id: ConnectionId,
	secret: Secret | undefined,
): Promise<void> {
	return registry.runExclusive(() =>
		saveSecretExclusively(registry, id, secret),
	);
}

/** For callers that run inside `runExclusive` already. */
export async function saveSecretExclusively(
	registry: ConnectionRegistry,
	id: ConnectionId,
	secret: Secret | undefined,
): Promise<void> {
	const { store, vault } = registry.ports;
	await store.saveSecret(id, secret);
	await vault.put(id, secret);
	await store.saveCredentials(id, undefined);
	if (secret) registry.secrets.set(id, secret);
	else registry.secrets.delete(id);
	invalidate(registry, id);
}

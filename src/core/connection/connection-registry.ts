// What the broker knows of all connections, and how each of them is doing.

import type { DamagedRecord } from "../damaged-record.ts";
import { createQueue, type Enqueue } from "../mutex.ts";
import type { Profile } from "../profile/profile.ts";
import type { Result } from "../result.ts";
import { createOnce, type Once } from "../single-flight.ts";
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
import type { Keyring, ScopedLease } from "./connection-store.ts";
import type { Providers, SignIn, SignInSecret } from "./credential-sources.ts";
import { maskAccessKeyId } from "./credentials.ts";
import { parseEndpoint } from "./endpoint.ts";
import type { SecretVault } from "./secret-vault.ts";
import {
	freshnessOf,
	type Lease,
	type Refusal,
	type Secret,
} from "./temporary-credentials.ts";

export interface BrokerPorts {
	readonly keyring: Keyring;
	readonly vault: SecretVault;
	readonly providers: Providers;
	readonly signIn: SignIn;
	/** Epoch ms on the service's clock, as far as it is known. */
	now(): number;
	/** How far that clock is ahead of this computer's, in ms; `undefined` until AWS has answered. */
	clockOffset(): number | undefined;
	newId(): string;
	/** The profiles as they are saved now. */
	profiles(): readonly Profile[];
	/** Runs a job with them, and saves none meanwhile. Rejects while those that are stored cannot be read. */
	withSavedProfiles<T>(
		job: (profiles: readonly Profile[]) => Promise<T>,
	): Promise<T>;
	/** The policy that limits a role's session to reading these profiles' configurations. */
	sessionPolicy(role: AssumedRole, profiles: readonly Profile[]): string;
	/** The keys given to profiles that have no connection. */
	forgetOwnKeys(): Promise<void>;
	/** Something that views show has changed. */
	changed(): void;
	/** Credentials are there (again): what waited for them can go on. */
	ready(id: ConnectionId): void;
	/** Calls go elsewhere or as somebody else: sessions of the connection are of no use any more. */
	moved(id: ConnectionId): void;
}

export interface Book {
	readonly ports: BrokerPorts;
	/** What is known and what is kept change together, in here: what was given up is not brought back by a write that was under way. */
	readonly enqueue: Enqueue;
	readonly connections: Map<ConnectionId, Connection>;
	readonly secrets: Map<ConnectionId, Secret>;
	readonly leases: Map<ConnectionId, ScopedLease>;
	readonly refusals: Map<ConnectionId, Refusal>;
	/** Asked for just now; whoever asks meanwhile gets the same answer. */
	readonly pending: Map<ConnectionId, Promise<Result<Lease, Refusal>>>;
	/** Sign-ins that are being renewed: a refresh token may be good for one time. */
	readonly renewOnce: Once<ConnectionId, Result<SignInSecret, Refusal>>;
	/** Grows with every change by the user: what was asked for before it is not taken any more. */
	readonly generations: Map<ConnectionId, number>;
	problems: readonly string[];
	damaged: readonly DamagedRecord[];
	/** Consent that an older version stored for these does not count, and the user has not decided anew. */
	readonly withdrawn: Set<ConnectionId>;
}

export function createBook(ports: BrokerPorts): Book {
	return {
		ports,
		enqueue: createQueue(),
		connections: new Map(),
		secrets: new Map(),
		leases: new Map(),
		refusals: new Map(),
		pending: new Map(),
		renewOnce: createOnce(),
		generations: new Map(),
		problems: [],
		damaged: [],
		withdrawn: new Set(),
	};
}

export async function restoreBook(book: Book): Promise<void> {
	const stored = await book.ports.keyring.load();
	for (const connection of stored.connections)
		book.connections.set(connection.id, connection);
	for (const [id, secret] of stored.secrets) book.secrets.set(id, secret);
	for (const [id, lease] of stored.leases) book.leases.set(id, lease);
	book.damaged = stored.damaged;
	for (const id of stored.withdrawn) book.withdrawn.add(id);
}

/** Sentences for the user about consent that has to be given again. */
export function withdrawnWords({
	connections,
	withdrawn,
}: Book): readonly string[] {
	return [...withdrawn].flatMap((id) => {
		const connection = connections.get(id);
		if (connection?.kind !== "endpoint") return [];
		const endpoint = parseEndpoint(connection.endpoint);
		const host = endpoint.ok ? endpoint.value.host : connection.endpoint;
		return `An older version of AppConfig Inspector stored your consent to send the keys of the connection “${connection.name}” to ${host}. It may have come with an import, so it no longer counts, and the host gets dummy keys. Open the connection, give your consent again if you want to, and save it.`;
	});
}

/** What was handed out, refused or asked for before belongs to the past. */
export function startOver(book: Book, id: ConnectionId): void {
	book.leases.delete(id);
	book.refusals.delete(id);
	book.pending.delete(id);
	book.generations.set(id, generationOf(book, id) + 1);
}

export function generationOf(book: Book, id: ConnectionId): number {
	return book.generations.get(id) ?? 0;
}

export function toConnectionSnapshots(
	book: Book,
): readonly ConnectionSnapshot[] {
	return [...book.connections.values()].map((connection) =>
		toConnectionSnapshot(book, connection),
	);
}

/** The policy of the connection's role; empty when it has none. */
export function policyOf(book: Book, connection: Connection): string {
	const role = roleOf(connection);
	if (!role) return "";
	const profiles = book.ports
		.profiles()
		.filter((profile) => profile.connection === connection.id);
	return book.ports.sessionPolicy(role, profiles);
}

function toConnectionSnapshot(
	book: Book,
	connection: Connection,
): ConnectionSnapshot {
	const { id } = connection;
	const lease = shownLease(book, connection);
	const refusal = book.refusals.get(id);
	const signIn = book.ports.signIn.progress(id);
	const status = statusOf(book, connection, lease);
	const { expiresAt, accountId, roleName } = {
		...ofSignIn(connection),
		...lease,
	};
	const endsAt = endOf(book, connection);
	// Views count on this computer's clock.
	const ahead = book.ports.clockOffset() ?? 0;
	return {
		connection,
		status,
		hasSecret: book.secrets.has(id) || book.ports.vault.isLocked(id),
		...(lease
			? { keyHint: maskAccessKeyId(lease.credentials.accessKeyId) }
			: {}),
		...(expiresAt === undefined ? {} : { expiresAt: expiresAt - ahead }),
		...(endsAt === undefined ? {} : { endsAt: endsAt - ahead }),
		...(accountId === undefined ? {} : { accountId }),
		...(roleName === undefined ? {} : { roleName }),
		...(refusal?.detail ? { detail: refusal.detail } : {}),
		...(refusal?.host ? { refusedCall: nameCall(refusal) } : {}),
		...(signIn ? { signIn } : {}),
	};
}

function nameCall({ operation, host, status }: Refusal): string {
	const place = [operation, host].filter(Boolean).join(" at ");
	return status === undefined ? place : `${place}, HTTP ${status}`;
}

function statusOf(
	book: Book,
	connection: Connection,
	lease: Lease | undefined,
): ConnectionStatus {
	const { id, kind } = connection;
	if (kind === "agent" || (kind === "endpoint" && !connection.consent))
		return "open";
	if (book.ports.vault.isLocked(id)) return "credentials-locked";
	const refusal = book.refusals.get(id);
	if (refusal) return refusal.kind;
	const now = book.ports.now();
	if (lease && freshnessOf(lease, now) !== "expired") return "ok";
	const secret = book.secrets.get(id);
	if (secret?.kind === "keys" && freshnessOf(secret.lease, now) === "expired")
		return "credentials-expired";
	// What can be asked for again is not over.
	if (lease) return "ready";
	if (kind === "identity-center" && !(secret && connection.accountId))
		return "sign-in-needed";
	if (kind === "credential-server") return "ready";
	return secret ? "ready" : "credentials-missing";
}

/** When the user will have to act: what ends then is not renewed without them. */
function endOf(book: Book, connection: Connection): number | undefined {
	const secret = book.secrets.get(connection.id);
	const ends = [
		secret?.kind === "keys" ? secret.lease.expiresAt : undefined,
		secret?.kind === "sign-in" && !secret.refreshToken
			? secret.expiresAt
			: undefined,
		roleOf(connection)?.mfaSerial
			? book.leases.get(connection.id)?.expiresAt
			: undefined,
	].filter((end) => end !== undefined);
	return ends.length > 0 ? Math.min(...ends) : undefined;
}

// Given keys are a lease of their own; what they were exchanged for comes first.
function shownLease(book: Book, { id }: Connection): Lease | undefined {
	const lease = book.leases.get(id);
	if (lease) return lease;
	const secret = book.secrets.get(id);
	return secret?.kind === "keys" ? secret.lease : undefined;
}

function ofSignIn(connection: Connection): Partial<Lease> {
	if (connection.kind !== "identity-center") return {};
	const { accountId, roleName } = connection;
	return {
		...(accountId ? { accountId } : {}),
		...(roleName ? { roleName } : {}),
	};
}

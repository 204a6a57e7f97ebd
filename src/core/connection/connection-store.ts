import type { Result } from "../shared/result.ts";
import type { DamagedRecord } from "../shared/storage-problems.ts";
import type { Connection, ConnectionId } from "./connection.ts";
import type { Secret, TemporaryCredentials } from "./credentials.ts";

/** The storage of connections. A write is durable when its promise resolves; when it rejects, nothing was written. */
export interface ConnectionStore {
	load(): Promise<StoredConnections>;
	saveConnection(connection: Connection): Promise<void>;
	/** All or none. */
	saveConnections(connections: readonly Connection[]): Promise<void>;
	/** With its secret and its temporary credentials. */
	deleteConnection(id: ConnectionId): Promise<void>;
	/** For the browser session; the vault has its own copy. `undefined` deletes it. */
	saveSecret(id: ConnectionId, secret: Secret | undefined): Promise<void>;
	/** Deletes all secrets and temporary credentials of this browser session, unreadable ones included. */
	forgetSecrets(): Promise<void>;
	/** For the browser session only; `undefined` deletes them. */
	saveCredentials(
		id: ConnectionId,
		credentials: ScopedCredentials | undefined,
	): Promise<void>;
}

export interface ScopedCredentials extends TemporaryCredentials {
	/** The session policy that they were issued with; empty without a role. */
	readonly policy: string;
}

export interface StoredConnections {
	readonly connections: readonly Connection[];
	readonly secrets: ReadonlyMap<ConnectionId, Secret>;
	readonly credentials: ReadonlyMap<ConnectionId, ScopedCredentials>;
	readonly damaged: readonly DamagedRecord[];
	/** Connections whose consent does not count, because it may have come with an import. */
	readonly withdrawnConsents: readonly ConnectionId[];
}

/** `unreadable`: created by a newer version, or damaged. */
export type VaultStatus = "none" | "locked" | "unlocked" | "unreadable";

export interface VaultSnapshot {
	readonly status: VaultStatus;
	/** Epoch ms at which it locks automatically; present while it is unlocked. */
	readonly locksAt?: number;
}

export type Secrets = ReadonlyMap<ConnectionId, Secret>;

export interface SecretVault {
	snapshot(): VaultSnapshot;
	/** Whether it is locked and contains a secret of this connection. */
	isLocked(id: ConnectionId): boolean;
	/** From now on, secrets are stored in it, beginning with these. */
	create(passphrase: string, secrets: Secrets): Promise<void>;
	/** Resolves with its secrets. The error is a sentence for the user. */
	unlock(passphrase: string): Promise<Result<Secrets, string>>;
	/** Encrypts its secrets again. The error is a sentence for the user, and then nothing has changed. */
	changePassphrase(
		current: string,
		next: string,
	): Promise<Result<undefined, string>>;
	/** Forgets the key. Resolves with the connections whose secrets cannot be read until it is unlocked. */
	lock(): Promise<readonly ConnectionId[]>;
	/** Deletes it with its secrets; their copies in this browser session stay. */
	reset(): Promise<void>;
	/** Stores a secret, or deletes it with `undefined`. While it is locked, only deletions are recorded; they are applied when it is unlocked. */
	put(id: ConnectionId, secret: Secret | undefined): Promise<void>;
}

/** The vault locks after this time without a command from the user. */
export const IDLE_LOCK_MS = 15 * 60_000;

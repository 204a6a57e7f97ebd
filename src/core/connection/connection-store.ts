import type { Result } from "../shared/result.ts";
import type { DamagedRecord } from "../shared/storage-problems.ts";
import type { Connection, ConnectionId } from "./connection.ts";
import type { Secret, TemporaryCredentials } from "./credentials.ts";

/** Everything it accepts is kept when the promise resolves; it rejects when nothing was. */
export interface ConnectionStore {
	load(): Promise<StoredConnections>;
	saveConnection(connection: Connection): Promise<void>;
	/** All or none. */
	saveConnections(connections: readonly Connection[]): Promise<void>;
	/** With its secret and its lease. */
	deleteConnection(id: ConnectionId): Promise<void>;
	/** For the browser session, and in the vault where the user has chosen that; `undefined` forgets it in both. */
	saveSecret(id: ConnectionId, secret: Secret | undefined): Promise<void>;
	/** All secrets and leases of this browser session, also those that could not be read. */
	forgetSecrets(): Promise<void>;
	/** For the browser session only; `undefined` forgets it. */
	saveCredentials(
		id: ConnectionId,
		lease: ScopedCredentials | undefined,
	): Promise<void>;
}

export interface ScopedCredentials extends TemporaryCredentials {
	/** The session policy that it was given under; empty without a role. */
	readonly policy: string;
}

export interface StoredConnections {
	readonly connections: readonly Connection[];
	readonly secrets: ReadonlyMap<ConnectionId, Secret>;
	readonly credentials: ReadonlyMap<ConnectionId, ScopedCredentials>;
	readonly damaged: readonly DamagedRecord[];
	/** Those whose consent does not count: it may have come with an import. */
	readonly withdrawnConsents: readonly ConnectionId[];
}

/** `unreadable`: made by a newer version, or damaged. */
export type VaultStatus = "none" | "locked" | "unlocked" | "unreadable";

export interface VaultSnapshot {
	readonly status: VaultStatus;
	/** Epoch ms at which it locks itself; while it is unlocked. */
	readonly locksAt?: number;
}

export type Secrets = ReadonlyMap<ConnectionId, Secret>;

export interface SecretVault {
	snapshot(): VaultSnapshot;
	/** Whether it is locked and has a secret of this connection in it. */
	isLocked(id: ConnectionId): boolean;
	/** Holds what is given from now on. */
	create(passphrase: string, secrets: Secrets): Promise<void>;
	/** What was in it; the error is a sentence for the user. */
	unlock(passphrase: string): Promise<Result<Secrets, string>>;
	/** Seals what is in it anew; the error is a sentence for the user, and then nothing has changed. */
	changePassphrase(
		current: string,
		next: string,
	): Promise<Result<undefined, string>>;
	/** Forgets the key; answers with the connections whose secrets are out of reach now. */
	lock(): Promise<readonly ConnectionId[]>;
	/** Destroys it with all it holds; what is known in this browser session stays. */
	reset(): Promise<void>;
	/** Kept, or with `undefined` forgotten; while it is locked only the forgetting counts, and is done when it opens. */
	put(id: ConnectionId, secret: Secret | undefined): Promise<void>;
}

/** Without a command from the user. */
export const IDLE_LOCK_MS = 15 * 60_000;

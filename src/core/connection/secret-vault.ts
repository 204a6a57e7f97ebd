// The vault: where secrets outlive the browser session, if the user has given it a passphrase.
import type { Result } from "../shared/result.ts";
import type { ConnectionId } from "./connection.ts";
import type { Secret } from "./temporary-credentials.ts";

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

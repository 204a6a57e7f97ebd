// Where connections and their secrets are kept, as the core asks for it.
import type { DamagedRecord } from "../shared/storage-problems.ts";
import type { Connection, ConnectionId } from "./connection.ts";
import type { Secret, TemporaryCredentials } from "./temporary-credentials.ts";

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

// A connection registry for tests: stores in memory, a clock that the test moves, injected credential sources.

import type {
	Connection,
	ConnectionId,
} from "../../src/core/connection/connection.ts";
import {
	type ConnectionPorts,
	type ConnectionRegistry,
	type ConnectionUser,
	createConnectionRegistry,
} from "../../src/core/connection/connection-registry.ts";
import type {
	ConnectionStore,
	ScopedCredentials,
	SecretVault,
} from "../../src/core/connection/connection-store.ts";
import type {
	CredentialSources,
	SignIn,
} from "../../src/core/connection/credential-sources.ts";
import type {
	CredentialsFault,
	Secret,
} from "../../src/core/connection/credentials.ts";
import { err, ok } from "../../src/core/shared/result.ts";

export interface MemoryConnectionStore extends ConnectionStore {
	readonly connections: Map<ConnectionId, Connection>;
	readonly secrets: Map<ConnectionId, Secret>;
	readonly credentials: Map<ConnectionId, ScopedCredentials>;
}

export interface TestRegistry {
	readonly registry: ConnectionRegistry;
	readonly store: MemoryConnectionStore;
	/** Calls of onReady and onMoved, in order: `ready c1`, `moved c1`. */
	readonly calls: string[];
	now: number;
}

export function createTestRegistry(
	given: Partial<Omit<ConnectionPorts, "sources">> & {
		sources?: Partial<CredentialSources>;
		/** The saved profiles. */
		profiles?: readonly ConnectionUser[];
	} = {},
): TestRegistry {
	let ids = 0;
	const calls: string[] = [];
	const store = createMemoryStore();
	const test: TestRegistry = {
		registry: createConnectionRegistry({
			now: () => test.now,
			clockOffset: () => 0,
			newId: () => `c${++ids}`,
			forgetOwnKeys: async () => undefined,
			withSavedProfiles: (job) => job(given.profiles ?? []),
			sessionPolicy: (_id, role) => `policy of ${role.arn}`,
			onChange: () => undefined,
			onReady: (id) => calls.push(`ready ${id}`),
			onMoved: (id) => calls.push(`moved ${id}`),
			store,
			vault: NO_VAULT,
			signIn: NO_SIGN_IN,
			...given,
			sources: { ...NO_SOURCES, ...given.sources },
		}),
		store,
		calls,
		now: Date.UTC(2026, 0, 1),
	};
	return test;
}

const UNAVAILABLE: CredentialsFault = {
	kind: "credentials-unavailable",
	detail: "",
};

const NO_SOURCES: CredentialSources = {
	credentialServer: async () => err(UNAVAILABLE),
	identityCenter: async () => err(UNAVAILABLE),
	assumeRole: async () => err(UNAVAILABLE),
};

const NO_VAULT: SecretVault = {
	snapshot: () => ({ status: "none" }),
	isLocked: () => false,
	create: async () => undefined,
	unlock: async () => err("There is none."),
	lock: async () => [],
	changePassphrase: async () => err("There is none."),
	reset: async () => undefined,
	put: async () => undefined,
};

export const NO_SIGN_IN: SignIn = {
	start: async () => err(UNAVAILABLE),
	cancel: async () => undefined,
	cancelAll: async () => undefined,
	renew: async (_, secret) => ok(secret),
	signOut: async () => undefined,
	accounts: async () => err(UNAVAILABLE),
	roles: async () => err(UNAVAILABLE),
	progress: () => undefined,
};

function createMemoryStore(): MemoryConnectionStore {
	const connections = new Map<ConnectionId, Connection>();
	const secrets = new Map<ConnectionId, Secret>();
	const credentials = new Map<ConnectionId, ScopedCredentials>();
	return {
		connections,
		secrets,
		credentials,
		load: async () => ({
			connections: [...connections.values()],
			secrets,
			credentials,
			damaged: [],
			withdrawnConsents: [],
		}),
		saveConnection: async (connection) => {
			connections.set(connection.id, connection);
		},
		saveConnections: async (all) => {
			for (const connection of all) connections.set(connection.id, connection);
		},
		deleteConnection: async (id) => {
			connections.delete(id);
			secrets.delete(id);
			credentials.delete(id);
		},
		forgetSecrets: async () => {
			secrets.clear();
			credentials.clear();
		},
		saveSecret: async (id, secret) => put(secrets, id, secret),
		saveCredentials: async (id, lease) => put(credentials, id, lease),
	};
}

function put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
	if (value === undefined) map.delete(key);
	else map.set(key, value);
}

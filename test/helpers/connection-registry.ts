// A book of connections in a world of its own: a keyring in memory, a clock that is moved, providers that are handed in.

import type {
	Connection,
	ConnectionId,
} from "../../src/core/connection/connection.ts";
import {
	type Book,
	type BrokerPorts,
	createBook,
} from "../../src/core/connection/connection-registry.ts";
import type {
	Keyring,
	ScopedLease,
} from "../../src/core/connection/connection-store.ts";
import type {
	Providers,
	SignIn,
} from "../../src/core/connection/credential-sources.ts";
import type { SecretVault } from "../../src/core/connection/secret-vault.ts";
import type {
	Refusal,
	Secret,
} from "../../src/core/connection/temporary-credentials.ts";
import { err, ok } from "../../src/core/result.ts";

export interface MemoryKeyring extends Keyring {
	readonly connections: Map<ConnectionId, Connection>;
	readonly secrets: Map<ConnectionId, Secret>;
	readonly leases: Map<ConnectionId, ScopedLease>;
}

export interface TestBook {
	readonly book: Book;
	readonly keyring: MemoryKeyring;
	/** What the ports were told, in order: `ready c1`, `moved c1`. */
	readonly told: string[];
	now: number;
}

export function createTestBook(
	given: Partial<Omit<BrokerPorts, "providers">> & {
		providers?: Partial<Providers>;
	} = {},
): TestBook {
	let ids = 0;
	const told: string[] = [];
	const keyring = createMemoryKeyring();
	const test: TestBook = {
		book: createBook({
			now: () => test.now,
			clockOffset: () => 0,
			newId: () => `c${++ids}`,
			profiles: () => [],
			forgetOwnKeys: async () => undefined,
			withSavedProfiles: (job) => job(test.book.ports.profiles()),
			sessionPolicy: (role) => `policy of ${role.arn}`,
			changed: () => undefined,
			ready: (id) => told.push(`ready ${id}`),
			moved: (id) => told.push(`moved ${id}`),
			keyring,
			vault: NO_VAULT,
			signIn: NO_SIGN_IN,
			...given,
			providers: { ...NO_PROVIDERS, ...given.providers },
		}),
		keyring,
		told,
		now: Date.UTC(2026, 0, 1),
	};
	return test;
}

const UNAVAILABLE: Refusal = { kind: "credentials-unavailable", detail: "" };

const NO_PROVIDERS: Providers = {
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
	begin: async () => err(UNAVAILABLE),
	cancel: async () => undefined,
	cancelAll: async () => undefined,
	renew: async (_, secret) => ok(secret),
	signOut: async () => undefined,
	accounts: async () => err(UNAVAILABLE),
	roles: async () => err(UNAVAILABLE),
	progress: () => undefined,
};

function createMemoryKeyring(): MemoryKeyring {
	const connections = new Map<ConnectionId, Connection>();
	const secrets = new Map<ConnectionId, Secret>();
	const leases = new Map<ConnectionId, ScopedLease>();
	return {
		connections,
		secrets,
		leases,
		load: async () => ({
			connections: [...connections.values()],
			secrets,
			leases,
			damaged: [],
			withdrawn: [],
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
			leases.delete(id);
		},
		forgetSecrets: async () => {
			secrets.clear();
			leases.clear();
		},
		saveSecret: async (id, secret) => put(secrets, id, secret),
		saveLease: async (id, lease) => put(leases, id, lease),
	};
}

function put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
	if (value === undefined) map.delete(key);
	else map.set(key, value);
}

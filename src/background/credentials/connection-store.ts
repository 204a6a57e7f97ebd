import type {
	Connection,
	ConnectionId,
} from "../../core/connection/connection.ts";
import {
	type ConnectionRecord,
	parseConnections,
	parseScopedCredentials,
	parseSecret,
	toConnectionRecord,
} from "../../core/connection/connection-schema.ts";
import type {
	ConnectionStore,
	ScopedCredentials,
} from "../../core/connection/connection-store.ts";
import type { Secret } from "../../core/connection/credentials.ts";
import { type StorageArea, withPrefix } from "../adapters/storage-adapter.ts";

export interface ConnectionStorePorts {
	/** For connections. Nothing secret may be written here: removed values stay readable on disk. */
	readonly local: StorageArea;
	/** For secrets and temporary credentials: in memory only, and for trusted contexts only. */
	readonly session: StorageArea;
}

const CONNECTION = "connection:";
const SECRET = "secret:";
/** Stored under this name since the first version. */
const CREDENTIALS = "lease:";

export function createConnectionStore({
	local,
	session,
}: ConnectionStorePorts): ConnectionStore {
	async function store(key: string, value: unknown): Promise<void> {
		if (value === undefined) await session.remove(key);
		else await session.set({ [key]: value });
	}
	return {
		load: () => load({ local, session }),
		saveConnection: (connection) => local.set(toItems([connection])),
		saveConnections: (connections) => local.set(toItems(connections)),
		async deleteConnection(id) {
			await session.remove([SECRET + id, CREDENTIALS + id]);
			await local.remove(CONNECTION + id);
		},
		async forgetSecrets() {
			const kept = Object.keys(await session.get(null));
			await session.remove(
				kept.filter(
					(key) => key.startsWith(SECRET) || key.startsWith(CREDENTIALS),
				),
			);
		},
		saveSecret: (id, secret) => store(SECRET + id, secret),
		saveCredentials: (id, credentials) => store(CREDENTIALS + id, credentials),
	};
}

function toItems(
	connections: readonly Connection[],
): Record<string, ConnectionRecord> {
	return Object.fromEntries(
		connections.map((connection) => [
			CONNECTION + connection.id,
			toConnectionRecord(connection),
		]),
	);
}

async function load({ local, session }: ConnectionStorePorts) {
	const [kept, volatile] = await Promise.all([
		local.get(null),
		session.get(null),
	]);
	return {
		...parseConnections(withPrefix(kept, CONNECTION)),
		secrets: parseAll<Secret>(withPrefix(volatile, SECRET), parseSecret),
		credentials: parseAll<ScopedCredentials>(
			withPrefix(volatile, CREDENTIALS),
			parseScopedCredentials,
		),
	};
}

function parseAll<T>(
	found: ReadonlyMap<string, unknown>,
	parse: (value: unknown) => T | undefined,
): ReadonlyMap<ConnectionId, T> {
	const parsed = new Map<ConnectionId, T>();
	for (const [id, value] of found) {
		const result = parse(value);
		if (result) parsed.set(id as ConnectionId, result);
	}
	return parsed;
}

// A connection's secret, put where it is kept; what was handed out for the one before is given up.

import type { ConnectionId } from "./connection.ts";
import { type ConnectionRegistry, invalidate } from "./connection-registry.ts";
import type { Secret } from "./temporary-credentials.ts";

export function saveSecret(
	registry: ConnectionRegistry,
	id: ConnectionId,
	secret: Secret | undefined,
): Promise<void> {
	return registry.runExclusive(() =>
		saveSecretExclusively(registry, id, secret),
	);
}

/** Of one who has the queue already. */
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

// A connection's secret, put where it is kept; what was handed out for the one before is given up.

import type { ConnectionId } from "./connection.ts";
import { type Book, startOver } from "./connection-registry.ts";
import type { Secret } from "./temporary-credentials.ts";

export function putSecret(
	book: Book,
	id: ConnectionId,
	secret: Secret | undefined,
): Promise<void> {
	return book.enqueue(() => replaceSecret(book, id, secret));
}

/** Of one who has the queue already. */
export async function replaceSecret(
	book: Book,
	id: ConnectionId,
	secret: Secret | undefined,
): Promise<void> {
	const { keyring, vault } = book.ports;
	await keyring.saveSecret(id, secret);
	await vault.put(id, secret);
	await keyring.saveLease(id, undefined);
	if (secret) book.secrets.set(id, secret);
	else book.secrets.delete(id);
	startOver(book, id);
}

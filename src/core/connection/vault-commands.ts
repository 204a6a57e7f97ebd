// What a view may ask of the vault.
import type { ConnectionRemote } from "../contract.ts";
import { err, ok } from "../result.ts";
import { type Book, startOver } from "./book.ts";
import { PASSPHRASE_MIN } from "./secret-vault.ts";

export type VaultCommands = Pick<
	ConnectionRemote,
	"createVault" | "unlockVault" | "lockVault" | "resetVault"
>;

export function createVaultCommands(book: Book): VaultCommands {
	return {
		createVault: ({ passphrase }) =>
			book.enqueue(() => createVault(book, passphrase)),
		unlockVault: ({ passphrase }) =>
			book.enqueue(() => unlock(book, passphrase)),
		lockVault: () => lock(book),
		resetVault: async () => {
			await book.enqueue(book.ports.vault.reset);
			book.ports.changed();
		},
	};
}

/** Secrets and what they were exchanged for leave the memory; calls of their profiles wait for the passphrase. */
export async function lock(book: Book): Promise<void> {
	const { keyring, vault, changed, moved } = book.ports;
	await book.enqueue(async () => {
		for (const id of await vault.lock()) {
			await keyring.saveSecret(id, undefined);
			await keyring.saveLease(id, undefined);
			book.secrets.delete(id);
			startOver(book, id);
			moved(id);
		}
	});
	changed();
}

async function createVault(book: Book, passphrase: string) {
	const { vault, changed } = book.ports;
	if (vault.snapshot().status !== "none")
		return err("There is a vault already: unlock it, or reset it first.");
	if ([...passphrase].length < PASSPHRASE_MIN)
		return err(`Use at least ${PASSPHRASE_MIN} characters.`);
	await vault.create(passphrase, book.secrets);
	changed();
	return ok(undefined);
}

async function unlock(book: Book, passphrase: string) {
	const { keyring, vault, changed, ready } = book.ports;
	const opened = await vault.unlock(passphrase);
	if (!opened.ok) return opened;
	for (const [id, secret] of opened.value) {
		if (!book.connections.has(id)) await vault.put(id, undefined);
		// What was given while it was locked is newer than what is in it.
		else if (!book.secrets.has(id)) {
			await keyring.saveSecret(id, secret);
			book.secrets.set(id, secret);
		}
	}
	for (const [id, secret] of book.secrets)
		if (opened.value.get(id) !== secret) await vault.put(id, secret);
	changed();
	for (const id of book.connections.keys()) {
		book.refusals.delete(id);
		ready(id);
	}
	return ok(undefined);
}

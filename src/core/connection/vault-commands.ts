// What a view may ask of the vault.
import type { ConnectionRemote } from "../protocol/commands.ts";
import { err, ok } from "../result.ts";
import type { ConnectionId } from "./connection.ts";
import { type Book, startOver } from "./connection-registry.ts";
import { passphraseProblem } from "./passphrase.ts";

export type VaultCommands = Pick<
	ConnectionRemote,
	| "createVault"
	| "unlockVault"
	| "lockVault"
	| "resetVault"
	| "changePassphrase"
	| "forgetAllSecrets"
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
		changePassphrase: ({ passphrase, next }) =>
			book.enqueue(() => changePassphrase(book, passphrase, next)),
		forgetAllSecrets: () => forgetAllSecrets(book),
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
	const problem = passphraseProblem(passphrase);
	if (problem) return err(problem);
	await vault.create(passphrase, book.secrets);
	changed();
	return ok(undefined);
}

async function changePassphrase(book: Book, current: string, next: string) {
	const { vault, changed } = book.ports;
	const problem = passphraseProblem(next);
	if (problem) return err(problem);
	if (current.normalize("NFKC") === next.normalize("NFKC"))
		return err("The new passphrase is the current one.");
	const done = await vault.changePassphrase(current, next);
	changed();
	return done;
}

/** Whatever fails on the way, all that can be forgotten is; then it rejects with what failed. */
async function forgetAllSecrets(book: Book): Promise<void> {
	const { keyring, vault, signIn, forgetOwnKeys, changed, moved } = book.ports;
	const secrets = new Map(book.secrets);
	const ids: ReadonlySet<ConnectionId> = new Set([
		...book.connections.keys(),
		...secrets.keys(),
		...book.leases.keys(),
	]);
	const inBook = book.enqueue(async () => {
		// In memory first: no call that is made meanwhile carries one.
		for (const id of ids) {
			book.secrets.delete(id);
			startOver(book, id);
		}
		await allOf([signIn.cancelAll(), vault.reset(), keyring.forgetSecrets()]);
	});
	// Not inside the queue: deleting a connection takes the profiles' queue first, then this one.
	const done = await Promise.allSettled([inBook, forgetOwnKeys()]);
	changed();
	for (const id of ids) moved(id);
	// The portal's own sessions end too, where it can be reached; here they are forgotten in any case.
	await Promise.allSettled(
		[...secrets].map(async ([id, secret]) => {
			const connection = book.connections.get(id);
			if (connection?.kind === "identity-center" && secret.kind === "sign-in")
				await signIn.signOut(connection, secret);
		}),
	);
	for (const each of done) if (each.status === "rejected") throw each.reason;
}

/** Waits for all, then rejects with the first that has failed. */
async function allOf(work: readonly Promise<unknown>[]): Promise<void> {
	for (const each of await Promise.allSettled(work))
		if (each.status === "rejected") throw each.reason;
}

async function unlock(book: Book, passphrase: string) {
	const { keyring, vault, changed, ready } = book.ports;
	const opened = await vault.unlock(passphrase);
	if (!opened.ok) return opened;
	for (const [id, secret] of opened.value) {
		// Its connection may only be unreadable: it stays in the vault.
		if (!book.connections.has(id)) continue;
		// What was given while it was locked is newer than what is in it.
		if (!book.secrets.has(id)) {
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

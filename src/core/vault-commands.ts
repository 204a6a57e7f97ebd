// What a view may ask of the vault.

import type { ConnectionId } from "./connection/connection.ts";
import {
	type ConnectionRegistry,
	invalidate,
} from "./connection/connection-registry.ts";
import { passphraseProblem } from "./connection/passphrase.ts";
import type { ConnectionRemote } from "./protocol/commands.ts";
import { err, ok } from "./shared/result.ts";

export type VaultCommands = Pick<
	ConnectionRemote,
	| "createVault"
	| "unlockVault"
	| "lockVault"
	| "resetVault"
	| "changePassphrase"
	| "forgetAllSecrets"
>;

export function createVaultCommands(
	registry: ConnectionRegistry,
): VaultCommands {
	return {
		createVault: ({ passphrase }) =>
			registry.runExclusive(() => createVault(registry, passphrase)),
		unlockVault: ({ passphrase }) =>
			registry.runExclusive(() => unlockVault(registry, passphrase)),
		lockVault: () => lockVault(registry),
		resetVault: async () => {
			await registry.runExclusive(registry.ports.vault.reset);
			registry.ports.onChange();
		},
		changePassphrase: ({ passphrase, next }) =>
			registry.runExclusive(() => changePassphrase(registry, passphrase, next)),
		forgetAllSecrets: () => forgetAllSecrets(registry),
	};
}

/** Secrets and what they were exchanged for leave the memory; calls of their profiles wait for the passphrase. */
export async function lockVault(registry: ConnectionRegistry): Promise<void> {
	const { store, vault, onChange, onMoved } = registry.ports;
	await registry.runExclusive(async () => {
		for (const id of await vault.lock()) {
			await store.saveSecret(id, undefined);
			await store.saveCredentials(id, undefined);
			registry.secrets.delete(id);
			invalidate(registry, id);
			onMoved(id);
		}
	});
	onChange();
}

async function createVault(registry: ConnectionRegistry, passphrase: string) {
	const { vault, onChange } = registry.ports;
	if (vault.snapshot().status !== "none")
		return err("There is a vault already: unlock it, or reset it first.");
	const problem = passphraseProblem(passphrase);
	if (problem) return err(problem);
	await vault.create(passphrase, registry.secrets);
	onChange();
	return ok(undefined);
}

async function changePassphrase(
	registry: ConnectionRegistry,
	current: string,
	next: string,
) {
	const { vault, onChange } = registry.ports;
	const problem = passphraseProblem(next);
	if (problem) return err(problem);
	if (current.normalize("NFKC") === next.normalize("NFKC"))
		return err("The new passphrase is the current one.");
	const done = await vault.changePassphrase(current, next);
	onChange();
	return done;
}

/** Whatever fails on the way, all that can be forgotten is; then it rejects with what failed. */
async function forgetAllSecrets(registry: ConnectionRegistry): Promise<void> {
	const { store, vault, signIn, forgetOwnKeys, onChange, onMoved } =
		registry.ports;
	const secrets = new Map(registry.secrets);
	const ids: ReadonlySet<ConnectionId> = new Set([
		...registry.connections.keys(),
		...secrets.keys(),
		...registry.credentials.keys(),
	]);
	const inBook = registry.runExclusive(async () => {
		// In memory first: no call that is made meanwhile carries one.
		for (const id of ids) {
			registry.secrets.delete(id);
			invalidate(registry, id);
		}
		await settleAll([signIn.cancelAll(), vault.reset(), store.forgetSecrets()]);
	});
	// Not inside the queue: deleting a connection takes the profiles' queue first, then this one.
	const done = await Promise.allSettled([inBook, forgetOwnKeys()]);
	onChange();
	for (const id of ids) onMoved(id);
	// The portal's own sessions end too, where it can be reached; here they are forgotten in any case.
	await Promise.allSettled(
		[...secrets].map(async ([id, secret]) => {
			const connection = registry.connections.get(id);
			if (connection?.kind === "identity-center" && secret.kind === "sign-in")
				await signIn.signOut(connection, secret);
		}),
	);
	for (const each of done) if (each.status === "rejected") throw each.reason;
}

/** Waits for all, then rejects with the first that has failed. */
async function settleAll(work: readonly Promise<unknown>[]): Promise<void> {
	for (const each of await Promise.allSettled(work))
		if (each.status === "rejected") throw each.reason;
}

async function unlockVault(registry: ConnectionRegistry, passphrase: string) {
	const { store, vault, onChange, onReady } = registry.ports;
	const opened = await vault.unlock(passphrase);
	if (!opened.ok) return opened;
	for (const [id, secret] of opened.value) {
		// Its connection may only be unreadable: it stays in the vault.
		if (!registry.connections.has(id)) continue;
		// What was given while it was locked is newer than what is in it.
		if (!registry.secrets.has(id)) {
			await store.saveSecret(id, secret);
			registry.secrets.set(id, secret);
		}
	}
	for (const [id, secret] of registry.secrets)
		if (opened.value.get(id) !== secret) await vault.put(id, secret);
	onChange();
	for (const id of registry.connections.keys()) {
		registry.faults.delete(id);
		onReady(id);
	}
	return ok(undefined);
}

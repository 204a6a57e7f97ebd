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

/** Removes secrets and temporary credentials from memory. Their profiles are not polled until the vault is unlocked. */
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

/** Deletes as much as possible even if a step fails, then rejects with the first failure. */
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
		// Memory first, so that no call that starts meanwhile uses a secret.
		for (const id of ids) {
			registry.secrets.delete(id);
			invalidate(registry, id);
		}
		await settleAll([signIn.cancelAll(), vault.reset(), store.forgetSecrets()]);
	});
	// Not inside the mutex: deleting a connection locks the profiles first, then the registry.
	const done = await Promise.allSettled([inBook, forgetOwnKeys()]);
	onChange();
	for (const id of ids) onMoved(id);
	// Also ends the sessions at the portal, where it can be reached.
	await Promise.allSettled(
		[...secrets].map(async ([id, secret]) => {
			const connection = registry.connections.get(id);
			if (connection?.kind === "identity-center" && secret.kind === "sign-in")
				await signIn.signOut(connection, secret);
		}),
	);
	for (const each of done) if (each.status === "rejected") throw each.reason;
}

/** Waits for all, then rejects with the first failure. */
async function settleAll(work: readonly Promise<unknown>[]): Promise<void> {
	for (const each of await Promise.allSettled(work))
		if (each.status === "rejected") throw each.reason;
}

async function unlockVault(registry: ConnectionRegistry, passphrase: string) {
	const { store, vault, onChange, onReady } = registry.ports;
	const opened = await vault.unlock(passphrase);
	if (!opened.ok) return opened;
	for (const [id, secret] of opened.value) {
		// The record of its connection may be unreadable: the secret stays in the vault.
		if (!registry.connections.has(id)) continue;
		// A secret that was entered while the vault was locked is newer.
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

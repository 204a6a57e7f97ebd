import type { ConnectionId } from "../../core/connection/connection.ts";
import { parseSecret } from "../../core/connection/connection-schema.ts";
import {
	IDLE_LOCK_MS,
	type Secrets,
	type SecretVault,
} from "../../core/connection/connection-store.ts";
import type { Secret } from "../../core/connection/credentials.ts";
import { createMutex } from "../../core/shared/concurrency.ts";
import { err, ok } from "../../core/shared/result.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";
import {
	open,
	reseal,
	type SealedVault,
	seal,
	toVaultKey,
	unseal,
	type VaultKey,
} from "./vault-crypto.ts";
import {
	DELETED_KEY,
	idsInVault,
	inEachArea,
	LEGACY_IDS_KEY,
	NO_VAULT,
	readStoredVault,
	VAULT_KEY,
	wasDeleted,
} from "./vault-storage.ts";

export interface SecretVaultPorts {
	/** Has a sealed copy of the vault. */
	readonly local: StorageArea;
	/** In memory only: has the key while the vault is unlocked. */
	readonly session: StorageArea;
	/** Has a second sealed copy, independent of `local`. */
	readonly backup: StorageArea;
	/** Epoch ms on this computer's clock. */
	readonly now: () => number;
	/** Schedules a check of `isIdle` (epoch ms). */
	readonly scheduleLock: (at: number) => void;
}

export interface BrowserSecretVault extends SecretVault {
	load(): Promise<void>;
	/** Restarts the time after which the vault locks itself. */
	recordUse(): void;
	/** Whether the vault is unlocked and has not been used for `IDLE_LOCK_MS`. */
	isIdle(): boolean;
}

const SESSION_KEY = "vault-key";
const LAST_USED_AT = "vault-used-at";
/** Uses within this time are recorded once. */
const USE_INTERVAL_MS = 30_000;

/** The secrets of all connections, sealed with a passphrase. */
export function createSecretVault(ports: SecretVaultPorts): BrowserSecretVault {
	const { local, session, backup, now, scheduleLock } = ports;
	const runExclusive = createMutex();
	let stored = NO_VAULT;
	/** While the vault is unlocked. */
	let key: VaultKey | undefined;
	/** Epoch ms. */
	let usedAt = 0;

	/** Succeeds if one of the two areas has taken the vault. */
	async function store(next: SealedVault): Promise<void> {
		await inEachArea([local, backup], 1, (area) =>
			area.set({ [VAULT_KEY]: next }),
		);
		const { hasLeftovers, isUnreadable } = stored;
		stored = { ...NO_VAULT, isUnreadable, copies: [next] };
		if (!hasLeftovers) return;
		await inEachArea([local, backup], 1, (area) =>
			area.remove([LEGACY_IDS_KEY, DELETED_KEY]),
		);
	}
	/** A locked vault cannot be rewritten, so the secret is left out when the vault is next unlocked. */
	async function deleteWhileLocked(id: ConnectionId): Promise<void> {
		const [sealed] = stored.copies;
		if (!sealed || !idsInVault(stored).has(id)) return;
		const { vaultId, sequence } = sealed.header;
		const ids = new Set(stored.deleted.flatMap((each) => each.ids));
		const next = { vaultId, sequence, ids: [...ids.add(id)] };
		await inEachArea([local, backup], 1, (area) =>
			area.set({ [DELETED_KEY]: next }),
		);
		stored = { ...stored, deleted: [next], hasLeftovers: true };
	}
	async function setUnlocked(next: VaultKey): Promise<void> {
		key = next;
		await session.set({ [SESSION_KEY]: next.raw });
		recordUse(true);
	}
	function recordUse(isForced = false): void {
		if (!key || (!isForced && Math.abs(now() - usedAt) < USE_INTERVAL_MS))
			return;
		usedAt = now();
		void session.set({ [LAST_USED_AT]: usedAt });
		scheduleLock(usedAt + IDLE_LOCK_MS);
	}
	/** A last use in the future means that the clock was set back since: then the vault counts as idle. */
	function isInUse(): boolean {
		const idleMs = now() - usedAt;
		return idleMs >= 0 && idleMs < IDLE_LOCK_MS;
	}
	/** Reads the storage areas again; resolves to whether there are more copies than before. */
	async function findMoreCopies(): Promise<boolean> {
		const found = await readStoredVault(local, backup);
		if (found.copies.length <= stored.copies.length) return false;
		stored = found;
		return true;
	}
	/** Opens the first copy that can be opened, and makes it the current one. */
	async function openFirst<T extends { readonly data: string }>(
		open: (sealed: SealedVault) => Promise<T | undefined>,
	): Promise<T | undefined> {
		const { copies } = stored;
		for (const sealed of copies) {
			const opened = await open(sealed);
			if (!opened) continue;
			const others = copies.filter((each) => each !== sealed);
			stored = { ...stored, copies: [sealed, ...others] };
			return opened;
		}
		return undefined;
	}
	function openWithKey(vaultKey: VaultKey) {
		return openFirst(async (sealed) => {
			const data = await open(sealed, vaultKey);
			return data === undefined ? undefined : { data };
		});
	}
	function openWithPassphrase(passphrase: string) {
		return openFirst(async (sealed) => {
			const result = await unseal(sealed, passphrase);
			return result.ok ? { ...result.value, sealed } : undefined;
		});
	}

	return {
		async load() {
			const memory = await session.get([SESSION_KEY, LAST_USED_AT]);
			stored = await readStoredVault(local, backup);
			usedAt = Math.min(Number(memory[LAST_USED_AT]) || 0, now());
			if (typeof memory[SESSION_KEY] !== "string") return;
			const vaultKey = await toVaultKey(memory[SESSION_KEY]);
			// A vault that was changed on disk in the meantime stays locked.
			if (!(await openWithKey(vaultKey))) return;
			key = vaultKey;
			scheduleLock(usedAt + IDLE_LOCK_MS);
		},
		snapshot() {
			if (stored.isUnreadable) return { status: "unreadable" };
			if (stored.copies.length === 0) return { status: "none" };
			if (!key) return { status: "locked" };
			return { status: "unlocked", locksAt: usedAt + IDLE_LOCK_MS };
		},
		isLocked: (id) =>
			!key &&
			idsInVault(stored).has(id) &&
			stored.copies.some((sealed) => !wasDeleted(stored, id, sealed)),
		recordUse: () => recordUse(),
		isIdle: () => key !== undefined && !isInUse(),
		create: (passphrase, secrets) =>
			runExclusive(async () => {
				const made = await seal(passphrase, toJson(secrets), {
					ids: [...secrets.keys()],
				});
				await store(made.sealed);
				await setUnlocked(made.key);
			}),
		unlock: (passphrase) =>
			runExclusive(async () => {
				if (stored.copies.length === 0)
					return err("There is no vault to unlock.");
				let opened = await openWithPassphrase(passphrase);
				// An area that could not be read when the worker started may have the intact copy.
				if (!opened && (await findMoreCopies()))
					opened = await openWithPassphrase(passphrase);
				if (!opened)
					return err(
						"The vault could not be unlocked. The passphrase is wrong, or the stored vault was changed.",
					);
				await setUnlocked(opened.key);
				const { sealed, data } = opened;
				const all = parseEntries(data);
				const kept = new Map(
					[...all].filter(([id]) => !wasDeleted(stored, id, sealed)),
				);
				const isCurrent =
					stored.copies.length === 1 &&
					sealed.header.version === 2 &&
					kept.size === all.size;
				if (!isCurrent) await store(await sealAgain(sealed, opened.key, kept));
				return ok(toSecrets(kept));
			}),
		changePassphrase: (current, next) =>
			runExclusive(async () => {
				const [sealed] = stored.copies;
				if (!sealed || !key) return err("Unlock the vault first.");
				const opened = await unseal(sealed, current);
				if (!opened.ok)
					return err("The current passphrase is wrong. Nothing was changed.");
				const { data } = opened.value;
				// With a new key, so that neither the old passphrase nor old copies on disk open later versions.
				const made = await seal(next, data, {
					ids: [...parseEntries(data).keys()],
					before: sealed,
				});
				await store(made.sealed);
				await setUnlocked(made.key);
				return ok(undefined);
			}),
		lock: () =>
			runExclusive(async () => {
				key = undefined;
				await session.remove([SESSION_KEY, LAST_USED_AT]);
				return [...idsInVault(stored)];
			}),
		reset: () =>
			runExclusive(async () => {
				key = undefined;
				stored = { ...NO_VAULT, hasLeftovers: stored.hasLeftovers };
				await session.remove([SESSION_KEY, LAST_USED_AT]);
				await inEachArea([local, backup], 2, (area) =>
					area.remove([VAULT_KEY, LEGACY_IDS_KEY, DELETED_KEY]),
				);
			}),
		put: (id, secret) =>
			runExclusive(async () => {
				const [sealed] = stored.copies;
				if (!sealed) return;
				if (!key) return deleteWhileLocked(id);
				const opened = await openWithKey(key);
				// Overwriting would lose the secrets in it.
				if (!opened) throw new UnreadableError();
				const secrets = new Map(parseEntries(opened.data));
				if (secret) secrets.set(id, secret);
				else secrets.delete(id);
				await store(await sealAgain(sealed, key, secrets));
			}),
	};
}

/** The stored vault was changed while it was unlocked. */
class UnreadableError extends Error {
	override readonly name = "UnreadableError";
}

function sealAgain(
	sealed: SealedVault,
	key: VaultKey,
	secrets: ReadonlyMap<ConnectionId, unknown>,
): Promise<SealedVault> {
	return reseal(sealed, key, toJson(secrets), [...secrets.keys()]);
}

function toJson(secrets: ReadonlyMap<ConnectionId, unknown>): string {
	return JSON.stringify([...secrets]);
}

/** Unparsed, so that secrets of a kind that this version does not support are written back unchanged. */
function parseEntries(data: string): ReadonlyMap<ConnectionId, unknown> {
	return new Map(JSON.parse(data) as [ConnectionId, unknown][]);
}

function toSecrets(entries: ReadonlyMap<ConnectionId, unknown>): Secrets {
	const secrets = new Map<ConnectionId, Secret>();
	for (const [id, value] of entries) {
		const secret = parseSecret(value);
		if (secret) secrets.set(id, secret);
	}
	return secrets;
}

// The vault over the browser's storage: sealed in storage.local and once more in IndexedDB, its key in storage.session while unlocked.
import type { ConnectionId } from "../../core/connection/connection.ts";
import { parseSecret } from "../../core/connection/persisted-connection.ts";
import {
	IDLE_LOCK_MS,
	type Secrets,
	type SecretVault,
} from "../../core/connection/secret-vault.ts";
import type { Secret } from "../../core/connection/temporary-credentials.ts";
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
	type DeletedWhileLocked,
	inEachArea,
	LEGACY_IDS_KEY,
	readVaultCopies,
	VAULT_KEY,
} from "./vault-storage.ts";

export interface SecretVaultPorts {
	readonly local: StorageArea;
	readonly session: StorageArea;
	/** An independent store for the second copy. */
	readonly backup: StorageArea;
	/** Epoch ms on this computer's clock. */
	readonly now: () => number;
	/** Wants `lockIfIdle` called then (epoch ms). */
	readonly scheduleLock: (at: number) => void;
}

export interface BrowserSecretVault extends SecretVault {
	load(): Promise<void>;
	/** The user has done something. */
	recordUse(): void;
	/** Whether it has been left alone for so long that it has to be locked. */
	isIdle(): boolean;
}

const SESSION_KEY = "vault-key";
const LAST_USED_AT = "vault-used-at";
/** A mark in memory is enough between two writes. */
const TOUCH_MS = 30_000;

export function createSecretVault(ports: SecretVaultPorts): BrowserSecretVault {
	const { local, session, backup, now, scheduleLock } = ports;
	const enqueue = createMutex();
	/** Those that can be read, the one that counts first. */
	let copies: readonly SealedVault[] = [];
	let isUnreadable = false;
	let key: VaultKey | undefined;
	/** Of a vault of an older version, which has none in its header. */
	let oldIds: ReadonlySet<ConnectionId> = new Set();
	let forgotten: readonly DeletedWhileLocked[] = [];
	let hasLeftovers = false;
	let usedAt = 0;

	/** Once it is in one of the two places, it counts. */
	async function store(next: SealedVault): Promise<void> {
		await inEachArea([local, backup], 1, (area) =>
			area.set({ [VAULT_KEY]: next }),
		);
		copies = [next];
		if (!hasLeftovers) return;
		hasLeftovers = false;
		oldIds = new Set();
		forgotten = [];
		await inEachArea([local, backup], 1, (area) =>
			area.remove([LEGACY_IDS_KEY, DELETED_KEY]),
		);
	}
	/** Of all copies: one that was changed hides nothing. */
	function idsInside(): ReadonlySet<ConnectionId> {
		return new Set(
			copies.flatMap((sealed) => [
				...((sealed.header.ids as readonly ConnectionId[]) ?? oldIds),
			]),
		);
	}
	function isForgotten(id: ConnectionId, { header }: SealedVault): boolean {
		return forgotten.some(
			({ vaultId, sequence, ids }) =>
				vaultId === header.vaultId &&
				sequence >= header.sequence &&
				ids.includes(id),
		);
	}
	/** What cannot be changed without the key is left out when it opens. */
	async function forgetLater(id: ConnectionId): Promise<void> {
		const [sealed] = copies;
		if (!sealed || !idsInside().has(id)) return;
		const { vaultId, sequence } = sealed.header;
		const ids = new Set(forgotten.flatMap((each) => each.ids));
		const next = { vaultId, sequence, ids: [...ids.add(id)] };
		await inEachArea([local, backup], 1, (area) =>
			area.set({ [DELETED_KEY]: next }),
		);
		forgotten = [next];
		hasLeftovers = true;
	}
	async function unlocked(next: VaultKey): Promise<void> {
		key = next;
		await session.set({ [SESSION_KEY]: next.raw });
		touch(true);
	}
	function touch(isForced = false): void {
		if (!key || (!isForced && Math.abs(now() - usedAt) < TOUCH_MS)) return;
		usedAt = now();
		void session.set({ [LAST_USED_AT]: usedAt });
		scheduleLock(usedAt + IDLE_LOCK_MS);
	}
	/** Asked when it may be over: used in the future was before the clock was set back. */
	function isInUse(): boolean {
		const idleMs = now() - usedAt;
		return idleMs >= 0 && idleMs < IDLE_LOCK_MS;
	}
	/** Whether there are more copies than were found before. */
	async function readMissed(): Promise<boolean> {
		const found = await readVaultCopies(local, backup);
		if (found.copies.length <= copies.length) return false;
		({ copies, isUnreadable, oldIds, forgotten, hasLeftovers } = found);
		return true;
	}
	/** The first copy that `opens`, which is the one from then on. */
	async function pick<T extends { readonly data: string }>(
		opens: (sealed: SealedVault) => Promise<T | undefined>,
	): Promise<T | undefined> {
		for (const sealed of copies) {
			const opened = await opens(sealed);
			if (!opened) continue;
			copies = [sealed, ...copies.filter((each) => each !== sealed)];
			return opened;
		}
		return undefined;
	}
	async function openWith(held: VaultKey) {
		return pick(async (sealed) => {
			const data = await open(sealed, held);
			return data === undefined ? undefined : { data };
		});
	}

	return {
		async load() {
			const memory = await session.get([SESSION_KEY, LAST_USED_AT]);
			({ copies, isUnreadable, oldIds, forgotten, hasLeftovers } =
				await readVaultCopies(local, backup));
			usedAt = Math.min(Number(memory[LAST_USED_AT]) || 0, now());
			if (typeof memory[SESSION_KEY] !== "string") return;
			const held = await toVaultKey(memory[SESSION_KEY]);
			// One that was changed on disk meanwhile is locked, not believed.
			if (!(await openWith(held))) return;
			key = held;
			scheduleLock(usedAt + IDLE_LOCK_MS);
		},
		snapshot() {
			if (isUnreadable) return { status: "unreadable" };
			if (copies.length === 0) return { status: "none" };
			if (!key) return { status: "locked" };
			return { status: "unlocked", locksAt: usedAt + IDLE_LOCK_MS };
		},
		isLocked: (id) =>
			copies.some((sealed) => !isForgotten(id, sealed)) &&
			!key &&
			idsInside().has(id),
		recordUse: () => touch(),
		isIdle: () => key !== undefined && !isInUse(),
		create: (passphrase, secrets) =>
			enqueue(async () => {
				const made = await seal(passphrase, toJson(secrets), {
					ids: [...secrets.keys()],
				});
				await store(made.sealed);
				await unlocked(made.key);
			}),
		unlock: (passphrase) =>
			enqueue(async () => {
				if (copies.length === 0) return err("There is no vault to unlock.");
				const openWithPassphrase = () =>
					pick(async (sealed) => {
						const result = await unseal(sealed, passphrase);
						return result.ok ? { ...result.value, sealed } : undefined;
					});
				let opened = await openWithPassphrase();
				// A copy that could not be read when the worker started may be the good one.
				if (!opened && (await readMissed()))
					opened = await openWithPassphrase();
				if (!opened)
					return err(
						"It did not open: the passphrase is another one, or what is stored was changed.",
					);
				await unlocked(opened.key);
				const { sealed, data } = opened;
				const all = parseEntries(data);
				const kept = new Map(
					[...all].filter(([id]) => !isForgotten(id, sealed)),
				);
				const isCurrent =
					copies.length === 1 &&
					sealed.header.version === 2 &&
					kept.size === all.size;
				if (!isCurrent) await store(await sealAgain(sealed, opened.key, kept));
				return ok(toSecrets(kept));
			}),
		changePassphrase: (current, next) =>
			enqueue(async () => {
				const [sealed] = copies;
				if (!sealed || !key) return err("Unlock the vault first.");
				const opened = await unseal(sealed, current);
				if (!opened.ok)
					return err("The current passphrase is another one. Nothing changed.");
				const { data } = opened.value;
				// With a key of its own: the old passphrase, and old copies on the disk, open nothing that is written from now on.
				const made = await seal(next, data, {
					ids: [...parseEntries(data).keys()],
					before: sealed,
				});
				await store(made.sealed);
				await unlocked(made.key);
				return ok(undefined);
			}),
		lock: () =>
			enqueue(async () => {
				key = undefined;
				await session.remove([SESSION_KEY, LAST_USED_AT]);
				return [...idsInside()];
			}),
		reset: () =>
			enqueue(async () => {
				key = undefined;
				copies = [];
				isUnreadable = false;
				oldIds = new Set();
				forgotten = [];
				await session.remove([SESSION_KEY, LAST_USED_AT]);
				await inEachArea([local, backup], 2, (area) =>
					area.remove([VAULT_KEY, LEGACY_IDS_KEY, DELETED_KEY]),
				);
			}),
		put: (id, secret) =>
			enqueue(async () => {
				const [sealed] = copies;
				if (!sealed) return;
				if (!key) return forgetLater(id);
				const opened = await openWith(key);
				// Written over, it would be lost with all that is in it.
				if (!opened) throw new UnreadableError();
				const held = new Map(parseEntries(opened.data));
				if (secret) held.set(id, secret);
				else held.delete(id);
				await store(await sealAgain(sealed, key, held));
			}),
	};
}

/** What is stored was changed while the vault was open. */
class UnreadableError extends Error {
	override readonly name = "UnreadableError";
}

function sealAgain(
	sealed: SealedVault,
	key: VaultKey,
	held: ReadonlyMap<ConnectionId, unknown>,
): Promise<SealedVault> {
	return reseal(sealed, key, toJson(held), [...held.keys()]);
}

function toJson(secrets: ReadonlyMap<ConnectionId, unknown>): string {
	return JSON.stringify([...secrets]);
}

/** As they lie there: what this version cannot read is written again as it is. */
function parseEntries(data: string): ReadonlyMap<ConnectionId, unknown> {
	return new Map(JSON.parse(data) as [ConnectionId, unknown][]);
}

function toSecrets(held: ReadonlyMap<ConnectionId, unknown>): Secrets {
	const secrets = new Map<ConnectionId, Secret>();
	for (const [id, value] of held) {
		const secret = parseSecret(value);
		if (secret) secrets.set(id, secret);
	}
	return secrets;
}

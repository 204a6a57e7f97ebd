// The vault over the browser's storage: sealed in storage.local and once more in IndexedDB, its key in storage.session while unlocked.
import type { ConnectionId } from "../../core/connection/connection.ts";
import type { Secret } from "../../core/connection/lease.ts";
import {
	IDLE_LOCK_MS,
	type Secrets,
	type SecretVault,
} from "../../core/connection/secret-vault.ts";
import { parseSecret } from "../../core/connection/stored-connection.ts";
import { createQueue } from "../../core/queue.ts";
import { err, ok } from "../../core/result.ts";
import type { Area } from "../vault.ts";
import {
	open,
	reseal,
	type Sealed,
	seal,
	toVaultKey,
	unseal,
	type VaultKey,
} from "./sealed.ts";
import { IDS, readCopies, VAULT } from "./vault-copies.ts";

export interface SecretVaultPorts {
	readonly local: Area;
	readonly session: Area;
	/** An independent store for the second copy. */
	readonly copy: Area;
	/** Epoch ms on this computer's clock. */
	readonly now: () => number;
	/** Wants `lockIfIdle` called then (epoch ms). */
	readonly remindAt: (at: number) => void;
}

export interface BrowserSecretVault extends SecretVault {
	load(): Promise<void>;
	/** The user has done something. */
	touch(): void;
	/** Whether it has been left alone for so long that it has to be locked. */
	isIdle(): boolean;
}

const KEY = "vault-key";
const USED_AT = "vault-used-at";
/** A mark in memory is enough between two writes. */
const TOUCH_MS = 30_000;

export function createSecretVault(ports: SecretVaultPorts): BrowserSecretVault {
	const { local, session, copy, now, remindAt } = ports;
	const enqueue = createQueue();
	/** Those that can be read, the one that counts first. */
	let copies: readonly Sealed[] = [];
	let isUnreadable = false;
	let key: VaultKey | undefined;
	let ids: ReadonlySet<ConnectionId> = new Set();
	let usedAt = 0;

	async function storeIds(next: Iterable<ConnectionId>, vault?: Sealed) {
		ids = new Set(next);
		const items = { [IDS]: [...ids], ...(vault ? { [VAULT]: vault } : {}) };
		await local.set(items);
		await copy.set(items);
		if (vault) copies = [vault];
	}
	const store = (next: Sealed, held: Secrets) => storeIds(held.keys(), next);
	async function unlocked(next: VaultKey): Promise<void> {
		key = next;
		await session.set({ [KEY]: next.raw });
		touch(true);
	}
	function touch(isForced = false): void {
		if (!key || (!isForced && Math.abs(now() - usedAt) < TOUCH_MS)) return;
		usedAt = now();
		void session.set({ [USED_AT]: usedAt });
		remindAt(usedAt + IDLE_LOCK_MS);
	}
	/** Asked when it may be over: used in the future was before the clock was set back. */
	function isInUse(): boolean {
		const idleMs = now() - usedAt;
		return idleMs >= 0 && idleMs < IDLE_LOCK_MS;
	}
	/** The first copy that `opens`, which is the one from then on. */
	async function pick<T extends { readonly data: string }>(
		opens: (sealed: Sealed) => Promise<T | undefined>,
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
			const memory = await session.get([KEY, USED_AT]);
			({ copies, isUnreadable, ids } = await readCopies(local, copy));
			usedAt = Math.min(Number(memory[USED_AT]) || 0, now());
			if (typeof memory[KEY] !== "string") return;
			const held = await toVaultKey(memory[KEY]);
			// One that was changed on disk meanwhile is locked, not believed.
			if (!(await openWith(held))) return;
			key = held;
			remindAt(usedAt + IDLE_LOCK_MS);
		},
		snapshot() {
			if (isUnreadable) return { status: "unreadable" };
			if (copies.length === 0) return { status: "none" };
			if (!key) return { status: "locked" };
			return { status: "unlocked", locksAt: usedAt + IDLE_LOCK_MS };
		},
		isLocked: (id) => copies.length > 0 && !key && ids.has(id),
		touch: () => touch(),
		isIdle: () => key !== undefined && !isInUse(),
		create: (passphrase, secrets) =>
			enqueue(async () => {
				const made = await seal(passphrase, toJson(secrets));
				await store(made.sealed, secrets);
				await unlocked(made.key);
			}),
		unlock: (passphrase) =>
			enqueue(async () => {
				if (copies.length === 0) return err("There is no vault to unlock.");
				const opened = await pick(async (sealed) => {
					const result = await unseal(sealed, passphrase);
					return result.ok ? result.value : undefined;
				});
				if (!opened)
					return err(
						"It did not open: the passphrase is another one, or what is stored was changed.",
					);
				await unlocked(opened.key);
				// What was forgotten while it was locked is forgotten now.
				const held = new Map(
					[...parseSecrets(opened.data)].filter(([id]) => ids.has(id)),
				);
				const [good, other] = copies;
				if (good && other)
					await store(await reseal(good, opened.key, toJson(held)), held);
				return ok(held);
			}),
		lock: () =>
			enqueue(async () => {
				key = undefined;
				await session.remove([KEY, USED_AT]);
				return [...ids];
			}),
		reset: () =>
			enqueue(async () => {
				key = undefined;
				copies = [];
				isUnreadable = false;
				ids = new Set();
				await session.remove([KEY, USED_AT]);
				await local.remove([VAULT, IDS]);
				await copy.remove([VAULT, IDS]);
			}),
		put: (id, secret) =>
			enqueue(async () => {
				const [sealed] = copies;
				if (!sealed) return;
				if (!key) return storeIds([...ids].filter((each) => each !== id));
				const data = (await openWith(key))?.data ?? "[]";
				const held = new Map(parseSecrets(data));
				if (secret) held.set(id, secret);
				else held.delete(id);
				await store(await reseal(sealed, key, toJson(held)), held);
			}),
	};
}

function toJson(secrets: Secrets): string {
	return JSON.stringify([...secrets]);
}

function parseSecrets(data: string): Secrets {
	const entries: [ConnectionId, Secret][] = [];
	for (const [id, value] of JSON.parse(data) as [ConnectionId, unknown][]) {
		const secret = parseSecret(value);
		if (secret) entries.push([id, secret]);
	}
	return new Map(entries);
}

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
	parseSealed,
	reseal,
	type Sealed,
	seal,
	toVaultKey,
	unseal,
	type VaultKey,
} from "./sealed.ts";

export interface SecretVaultPorts {
	readonly local: Area;
	readonly session: Area;
	/** An independent store for the second copy. */
	readonly copy: Area;
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

const VAULT = "vault";
/** Which connections it has something of: no secret, and needed while it is locked. */
const IDS = "vault-ids";
const KEY = "vault-key";
const USED_AT = "vault-used-at";
/** A mark in memory is enough between two writes. */
const TOUCH_MS = 30_000;

export function createSecretVault(ports: SecretVaultPorts): BrowserSecretVault {
	const { local, session, copy, now, remindAt } = ports;
	const enqueue = createQueue();
	let sealed: Sealed | undefined;
	let key: VaultKey | undefined;
	let ids: ReadonlySet<ConnectionId> = new Set();
	let usedAt = 0;

	async function store(next: Sealed, held: Secrets): Promise<void> {
		ids = new Set(held.keys());
		await local.set({ [VAULT]: next, [IDS]: [...ids] });
		await copy.set({ [VAULT]: next });
		sealed = next;
	}
	async function unlocked(next: VaultKey): Promise<void> {
		key = next;
		await session.set({ [KEY]: next.raw });
		touch(true);
	}
	function touch(isForced = false): void {
		if (!key || (!isForced && now() - usedAt < TOUCH_MS)) return;
		usedAt = now();
		void session.set({ [USED_AT]: usedAt });
		remindAt(usedAt + IDLE_LOCK_MS);
	}
	async function contents(): Promise<Secrets> {
		const data = sealed && key && (await open(sealed, key));
		return data === undefined ? new Map() : parseSecrets(data);
	}

	return {
		async load() {
			const [kept, memory, second] = await Promise.all([
				local.get([VAULT, IDS]),
				session.get([KEY, USED_AT]),
				copy.get(VAULT),
			]);
			sealed = latest(parseSealed(kept[VAULT]), parseSealed(second[VAULT]));
			ids = new Set(sealed ? parseIds(kept[IDS]) : []);
			usedAt = Number(memory[USED_AT]) || 0;
			const raw = memory[KEY];
			if (sealed && typeof raw === "string") key = await toVaultKey(raw);
			if (key) remindAt(usedAt + IDLE_LOCK_MS);
		},
		snapshot() {
			if (!sealed) return { status: "none" };
			if (!key) return { status: "locked" };
			return { status: "unlocked", locksAt: usedAt + IDLE_LOCK_MS };
		},
		isLocked: (id) => sealed !== undefined && !key && ids.has(id),
		touch: () => touch(),
		isIdle: () => key !== undefined && now() - usedAt >= IDLE_LOCK_MS,
		create: (passphrase, secrets) =>
			enqueue(async () => {
				const made = await seal(passphrase, toJson(secrets));
				await store(made.sealed, secrets);
				await unlocked(made.key);
			}),
		unlock: (passphrase) =>
			enqueue(async () => {
				if (!sealed) return err("There is no vault to unlock.");
				const opened = await unseal(sealed, passphrase);
				if (!opened.ok)
					return err(
						"It did not open: the passphrase is another one, or what is stored was changed.",
					);
				await unlocked(opened.value.key);
				// What was forgotten while it was locked is forgotten now.
				const held = new Map(
					[...parseSecrets(opened.value.data)].filter(([id]) => ids.has(id)),
				);
				return ok(held);
			}),
		lock: () =>
			enqueue(async () => {
				key = undefined;
				await session.remove([KEY, USED_AT]);
				return sealed ? [...ids] : [];
			}),
		reset: () =>
			enqueue(async () => {
				key = undefined;
				sealed = undefined;
				ids = new Set();
				await session.remove([KEY, USED_AT]);
				await local.remove([VAULT, IDS]);
				await copy.remove(VAULT);
			}),
		put: (id, secret) =>
			enqueue(async () => {
				if (!sealed) return;
				if (!key) {
					ids = new Set([...ids].filter((each) => each !== id));
					return local.set({ [IDS]: [...ids] });
				}
				const held = new Map(await contents());
				if (secret) held.set(id, secret);
				else held.delete(id);
				await store(await reseal(sealed, key, toJson(held)), held);
			}),
	};
}

function latest(
	a: Sealed | undefined,
	b: Sealed | undefined,
): Sealed | undefined {
	if (!a || !b) return a ?? b;
	return b.header.sequence > a.header.sequence ? b : a;
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

function parseIds(value: unknown): readonly ConnectionId[] {
	return Array.isArray(value)
		? value.filter((id): id is ConnectionId => typeof id === "string")
		: [];
}

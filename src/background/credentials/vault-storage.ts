import type { IDBPDatabase } from "idb";
import * as v from "valibot";
import type { ConnectionId } from "../../core/connection/connection.ts";
import { openDatabase } from "../../storage/database.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";
import { parseSealed, type SealedVault } from "./vault-crypto.ts";

export const VAULT_KEY = "vault";
/** The ids of a vault of version 1, which has none in its header. */
export const LEGACY_IDS_KEY = "vault-ids";
/** The ids of secrets that were deleted while the vault was locked. */
export const DELETED_KEY = "vault-forgotten";
const OBJECT_STORE = "items";

const deletedSchema = v.object({
	vaultId: v.string(),
	/** Copies up to this sequence still contain the secrets; later ones were written without them. */
	sequence: v.number(),
	ids: v.array(v.string()),
});
type DeletedWhileLocked = v.InferOutput<typeof deletedSchema>;

/** What the storage areas have of the vault. Each area has a copy, and one copy is enough. */
export interface StoredVault {
	/** Without duplicates, the latest first. */
	readonly copies: readonly SealedVault[];
	/** The vault was written by a newer version or is damaged, and must not be overwritten. */
	readonly isUnreadable: boolean;
	readonly legacyIds: ReadonlySet<ConnectionId>;
	readonly deleted: readonly DeletedWhileLocked[];
	/** There are legacy or deleted ids, which the next write replaces. */
	readonly hasLeftovers: boolean;
}

export const NO_VAULT: StoredVault = {
	copies: [],
	isUnreadable: false,
	legacyIds: new Set(),
	deleted: [],
	hasLeftovers: false,
};

export async function readStoredVault(
	...areas: readonly StorageArea[]
): Promise<StoredVault> {
	const read = await Promise.allSettled(
		areas.map((area) => area.get([VAULT_KEY, LEGACY_IDS_KEY, DELETED_KEY])),
	);
	const found = read.flatMap((each) =>
		each.status === "fulfilled" ? [each.value] : [],
	);
	const stored = found.flatMap((items) => items[VAULT_KEY] ?? []);
	const parsed = stored.flatMap((value) => parseSealed(value) ?? []);
	// An area that cannot be read may have the only copy.
	const isPartial = found.length < areas.length;
	const isUnreadable =
		stored.some(isNewer) ||
		(parsed.length === 0 && (stored.length > 0 || isPartial));
	const texts = new Set<string>();
	const copies = parsed
		.filter((copy) => texts.size < texts.add(JSON.stringify(copy)).size)
		.sort((a, b) => b.header.sequence - a.header.sequence);
	return {
		copies: isUnreadable ? [] : copies,
		isUnreadable,
		hasLeftovers: found.some(
			(items) =>
				items[LEGACY_IDS_KEY] !== undefined || items[DELETED_KEY] !== undefined,
		),
		legacyIds: new Set(
			found.flatMap((items) => toTexts(items[LEGACY_IDS_KEY])),
		),
		deleted: found.flatMap((items) => {
			const result = v.safeParse(deletedSchema, items[DELETED_KEY]);
			return result.success ? [result.output] : [];
		}),
	};
}

function toTexts(value: unknown): readonly ConnectionId[] {
	return Array.isArray(value)
		? value.filter((id): id is ConnectionId => typeof id === "string")
		: [];
}

/** The connections that the vault has secrets of. The ids of all copies count, because one copy may have been tampered with. */
export function idsInVault({
	copies,
	legacyIds,
}: StoredVault): ReadonlySet<ConnectionId> {
	return new Set(
		copies.flatMap(({ header }) => [
			...((header.ids as readonly ConnectionId[] | undefined) ?? legacyIds),
		]),
	);
}

/** Whether the secret was deleted while the vault was locked, so that this copy still contains it. */
export function wasDeleted(
	{ deleted }: StoredVault,
	id: ConnectionId,
	{ header }: SealedVault,
): boolean {
	return deleted.some(
		({ vaultId, sequence, ids }) =>
			vaultId === header.vaultId &&
			sequence >= header.sequence &&
			ids.includes(id),
	);
}

/** Runs `work` for each area, and rejects if it succeeds for fewer than `needed` of them. */
export async function inEachArea(
	areas: readonly StorageArea[],
	needed: number,
	work: (area: StorageArea) => Promise<void>,
): Promise<void> {
	const done = await Promise.allSettled(areas.map(work));
	const failed = done.filter((each) => each.status === "rejected");
	if (done.length - failed.length < needed) throw failed[0]?.reason;
}

function isNewer(value: unknown): boolean {
	const { header } = value as { header?: { version?: unknown } };
	return Number(header?.version) > 2;
}

/**
 * A storage area in a database of its own, for the second copy: storage.local can be damaged without it.
 * `get(null)` is not supported.
 */
export function createIndexedDbArea(name: string): StorageArea {
	let opened: Promise<IDBPDatabase> | undefined;
	const database = () => {
		// After the browser has closed or deleted the database, the next access opens it again.
		opened ??= openDatabase<unknown>({ name, stores: [OBJECT_STORE] }, () => {
			opened = undefined;
		}).catch((error: unknown) => {
			opened = undefined;
			throw error;
		});
		return opened;
	};
	return {
		async get(keys) {
			const db = await database();
			const wanted = [keys ?? []].flat();
			const values = await Promise.all(
				wanted.map((key) => db.get(OBJECT_STORE, key)),
			);
			return Object.fromEntries(wanted.map((key, i) => [key, values[i]]));
		},
		async set(items) {
			const db = await database();
			for (const [key, value] of Object.entries(items))
				await db.put(OBJECT_STORE, value, key);
		},
		async remove(keys) {
			const db = await database();
			for (const key of [keys].flat()) await db.delete(OBJECT_STORE, key);
		},
	};
}

// The versions in IndexedDB: one row of metadata and one of raw bytes each. The background writes; views read bodies straight from here.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { StoredVersion, VersionChange } from "../core/ports.ts";
import type { ProfileId } from "../core/profile.ts";
import { DATABASE } from "./database.ts";

/** Views get this part alone: a 2 MB body never crosses the message channel. */
export interface BodyReader {
	/** Exactly the bytes received; `undefined` when the version is gone. */
	readBody(id: ProfileId, number: number): Promise<Uint8Array | undefined>;
}

export interface Library extends BodyReader {
	/** Metadata rows by profile id, as found: the core parses them. */
	list(): Promise<ReadonlyMap<string, readonly StoredVersion[]>>;
	/** One transaction: metadata, bytes and evictions together or not at all. */
	save(id: ProfileId, change: VersionChange): Promise<void>;
	deleteProfile(id: ProfileId): Promise<void>;
	close(): void;
}

type Key = [profileId: string, number: number];

interface Schema extends DBSchema {
	versions: { key: Key; value: unknown };
	bodies: { key: Key; value: Uint8Array };
}

const VERSION = 1;

/** Opens on first use and again after the browser closed the database (an upgrade elsewhere, storage trouble). */
export function createLibrary(): Library {
	let opened: Promise<IDBPDatabase<Schema>> | undefined;

	function database(): Promise<IDBPDatabase<Schema>> {
		opened ??= open(forget).catch((error: unknown) => {
			forget();
			throw error;
		});
		return opened;
	}
	function forget(): void {
		opened = undefined;
	}

	return {
		readBody: async (id, number) =>
			(await database()).get("bodies", [id, number]),
		list: async () => list(await database()),
		save: async (id, change) => save(await database(), id, change),
		deleteProfile: async (id) => deleteProfile(await database(), id),
		close: () => {
			void opened?.then((db) => db.close());
			forget();
		},
	};
}

function open(onClosed: () => void): Promise<IDBPDatabase<Schema>> {
	return openDB<Schema>(DATABASE, VERSION, {
		upgrade(db) {
			db.createObjectStore("versions");
			db.createObjectStore("bodies");
		},
		blocking(_current, _blocked, event) {
			(event.target as IDBDatabase).close();
			onClosed();
		},
		terminated: onClosed,
	});
}

async function list(
	db: IDBPDatabase<Schema>,
): Promise<ReadonlyMap<string, readonly StoredVersion[]>> {
	const transaction = db.transaction("versions");
	const [keys, rows] = await Promise.all([
		transaction.store.getAllKeys(),
		transaction.store.getAll(),
	]);
	const byProfile = new Map<string, StoredVersion[]>();
	for (const [index, [id, number]] of keys.entries()) {
		const found = byProfile.get(id) ?? [];
		found.push({ number, row: rows[index] });
		byProfile.set(id, found);
	}
	return byProfile;
}

async function save(
	db: IDBPDatabase<Schema>,
	id: ProfileId,
	{ version, body, evicted }: VersionChange,
): Promise<void> {
	const transaction = db.transaction(["versions", "bodies"], "readwrite", {
		// New content is on disk, not merely handed to the system, before its token moves on.
		durability: body ? "strict" : "relaxed",
	});
	const versions = transaction.objectStore("versions");
	const bodies = transaction.objectStore("bodies");
	await Promise.all([
		versions.put(version, [id, version.number]),
		...(body ? [bodies.put(body, [id, version.number])] : []),
		...evicted.flatMap((number) => [
			versions.delete([id, number]),
			bodies.delete([id, number]),
		]),
		transaction.done,
	]);
}

async function deleteProfile(
	db: IDBPDatabase<Schema>,
	id: ProfileId,
): Promise<void> {
	const all = IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);
	const transaction = db.transaction(["versions", "bodies"], "readwrite");
	await Promise.all([
		transaction.objectStore("versions").delete(all),
		transaction.objectStore("bodies").delete(all),
		transaction.done,
	]);
}

// The versions in IndexedDB: one row of metadata and one of raw bytes each. The background writes; views read bodies straight from here.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type {
	HistoryChange,
	Incoming,
	StoredVersion,
	VersionChange,
} from "../core/ports.ts";
import type { ProfileId } from "../core/profile.ts";
import { DATABASE, INCOMING, INCOMING_STORE } from "./database.ts";

/** Views get this part alone: a 2 MB body never crosses the message channel. */
export interface BodyReader {
	/** Exactly the bytes received; `undefined` when the version is gone. */
	readBody(id: ProfileId, number: number): Promise<Uint8Array | undefined>;
}

export interface Library {
	/** Metadata rows by profile id, as found: the core parses them. */
	list(): Promise<ReadonlyMap<string, readonly StoredVersion[]>>;
	/** One transaction: metadata, bytes and evictions together or not at all. */
	save(id: ProfileId, change: VersionChange): Promise<void>;
	/** One transaction, on disk when it resolves. */
	rewrite(id: ProfileId, change: HistoryChange): Promise<void>;
	takeIncoming(id: ProfileId): Promise<readonly Incoming[]>;
	deleteProfile(id: ProfileId): Promise<void>;
	close(): void;
}

type Key = [profileId: string, number: number];

interface Schema extends DBSchema {
	versions: { key: Key; value: unknown };
	/** Bytes as they were received, or packed: nobody looks into them here. */
	bodies: { key: Key; value: unknown };
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
		list: async () => list(await database()),
		save: async (id, change) => save(await database(), id, change),
		rewrite: async (id, change) => rewrite(await database(), id, change),
		takeIncoming,
		async deleteProfile(id) {
			// A view may have been closed before what it had laid down was taken.
			await takeIncoming(id);
			await deleteProfile(await database(), id);
		},
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
	{ version, body, before, evicted }: VersionChange,
): Promise<void> {
	const transaction = db.transaction(["versions", "bodies"], "readwrite", {
		// New content is on disk, not merely handed to the system, before its token moves on.
		durability: body ? "strict" : "relaxed",
	});
	const versions = transaction.objectStore("versions");
	const bodies = transaction.objectStore("bodies");
	await Promise.all([
		versions.put(version, [id, version.number]),
		...(before ? [versions.put(before, [id, before.number])] : []),
		...(body ? [bodies.put(body, [id, version.number])] : []),
		...evicted.flatMap((number) => [
			versions.delete([id, number]),
			bodies.delete([id, number]),
		]),
		transaction.done,
	]);
}

async function rewrite(
	db: IDBPDatabase<Schema>,
	id: ProfileId,
	{ evicted = [], moved = [], versions = [], bodies }: HistoryChange,
): Promise<void> {
	const transaction = db.transaction(["versions", "bodies"], "readwrite", {
		durability: "strict",
	});
	const rows = transaction.objectStore("versions");
	const blobs = transaction.objectStore("bodies");
	// All are read before the first is written: one may move to where another was.
	const carried = await Promise.all(
		moved.map(async ([from, to]) => [to, await blobs.get([id, from])] as const),
	);
	await Promise.all([
		...[...evicted, ...moved.map(([from]) => from)].flatMap((number) => [
			rows.delete([id, number]),
			blobs.delete([id, number]),
		]),
		...versions.map((version) => rows.put(version, [id, version.number])),
		...[...carried, ...(bodies ?? [])].map(
			([number, body]) => body && blobs.put(body, [id, number]),
		),
		transaction.done,
	]);
}

async function takeIncoming(id: ProfileId): Promise<readonly Incoming[]> {
	const db = await openDB(INCOMING, 1, {
		upgrade: (made) => void made.createObjectStore(INCOMING_STORE),
	});
	const all = allOf(id);
	const found: readonly Incoming[] = await db.getAll(INCOMING_STORE, all);
	await db.delete(INCOMING_STORE, all);
	db.close();
	return found;
}

/** Of a profile: in both databases rows are found by its id and a number, which of what bodies are packed against is below zero. */
function allOf(id: ProfileId): IDBKeyRange {
	return IDBKeyRange.bound([id], [id, []]);
}

async function deleteProfile(
	db: IDBPDatabase<Schema>,
	id: ProfileId,
): Promise<void> {
	const all = allOf(id);
	const transaction = db.transaction(["versions", "bodies"], "readwrite");
	await Promise.all([
		transaction.objectStore("versions").delete(all),
		transaction.objectStore("bodies").delete(all),
		transaction.done,
	]);
}

// The versions in IndexedDB: one row of metadata and one of raw bytes each. The background writes; views read bodies straight from here.
import {
	type DBSchema,
	deleteDB,
	type IDBPDatabase,
	type IDBPObjectStore,
} from "idb";
import type { HistoryRewrite, VersionWrite } from "../core/history/history.ts";
import type {
	StagedVersion,
	StoredData,
	StoredVersion,
	StrayRecord,
} from "../core/ports.ts";
import type { ProfileId } from "../core/profile/profile.ts";
import { isBytes } from "./body-reader.ts";
import { isBase, isPacked, unpack } from "./compressed-bodies.ts";
import {
	DATABASE_NAME,
	STAGING_DATABASE_NAME,
	STAGING_STORE_NAME,
} from "./database.ts";
import { describeKey } from "./describe-key.ts";
import { openDatabase } from "./open-database.ts";

/** Views get this part alone: a 2 MB body never crosses the message channel. */
export interface BodyReader {
	/** Exactly the bytes received; `undefined` when the version is gone. */
	readBody(id: ProfileId, number: number): Promise<Uint8Array | undefined>;
}

export interface VersionStore {
	/** As found: the core parses it. */
	list(): Promise<StoredHistories>;
	/** Whether there is something under the version's key. */
	hasBody(id: ProfileId, number: number): Promise<boolean>;
	/** `undefined` when there is nothing, or nothing that bytes can be made of. */
	readBody(id: ProfileId, number: number): Promise<Uint8Array | undefined>;
	/** The numbers of the versions that have a row. */
	listNumbers(id: ProfileId): Promise<readonly number[]>;
	/** One transaction: metadata, bytes and evictions together or not at all. */
	save(id: ProfileId, change: VersionWrite): Promise<void>;
	/** One transaction, on disk when it resolves. */
	rewrite(id: ProfileId, change: HistoryRewrite): Promise<void>;
	takeStagedVersions(id: ProfileId): Promise<readonly StagedVersion[]>;
	deleteProfile(id: ProfileId): Promise<void>;
	/** Deletes one record by its key as `describeKey` writes it. */
	deleteRecord(store: "versions" | "bodies", key: string): Promise<void>;
	/** With all that is in it; the next use makes it anew. */
	deleteDatabase(): Promise<void>;
	close(): void;
}

export type StoredHistories = Pick<
	StoredData,
	"versions" | "bodiless" | "strays"
>;

type Key = [profileId: string, number: number];

interface Schema extends DBSchema {
	versions: { key: Key; value: unknown };
	/** Bytes as they were received, or packed: nobody looks into them here. */
	bodies: { key: Key; value: unknown };
}

/** Opens on first use and again after the browser closed the database (an upgrade elsewhere, storage trouble). */
export function createVersionStore(): VersionStore {
	let opened: Promise<IDBPDatabase<Schema>> | undefined;

	function database(): Promise<IDBPDatabase<Schema>> {
		opened ??= openDatabase<Schema>(
			{ name: DATABASE_NAME, stores: ["versions", "bodies"] },
			forget,
		).catch((error: unknown) => {
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
		hasBody: async (id, number) =>
			(await (await database()).getKey("bodies", [id, number])) !== undefined,
		readBody: async (id, number) => readBody(await database(), id, number),
		listNumbers: async (id) =>
			(
				await (await database()).getAllKeys("versions", profileKeyRange(id))
			).map(([, number]) => number),
		save: async (id, change) => save(await database(), id, change),
		rewrite: async (id, change) => rewrite(await database(), id, change),
		takeStagedVersions,
		async deleteProfile(id) {
			// A view may have been closed before what it had laid down was taken.
			await takeStagedVersions(id);
			await deleteProfile(await database(), id);
		},
		deleteRecord: async (store, key) => {
			const db = await database();
			for (const found of await db.getAllKeys(store))
				if (describeKey(found) === key) await db.delete(store, found);
		},
		deleteDatabase: async () => {
			const db = await opened?.catch(() => undefined);
			db?.close();
			forget();
			await deleteDB(DATABASE_NAME);
		},
		close: () => {
			void opened?.then((db) => db.close());
			forget();
		},
	};
}

async function list(db: IDBPDatabase<Schema>): Promise<StoredHistories> {
	const transaction = db.transaction(["versions", "bodies"]);
	const rows = transaction.objectStore("versions");
	const bodies = transaction.objectStore("bodies");
	const keys = await rows.getAllKeys();
	const values = await readAll(rows, keys);
	const byProfile = new Map<string, StoredVersion[]>();
	const strays: StrayRecord[] = [];
	for (const [index, key] of keys.entries()) {
		if (!isKey(key)) {
			strays.push({ area: "versions", key: describeKey(key) });
			continue;
		}
		const [id, number] = key;
		const found = byProfile.get(id) ?? [];
		found.push({ number, row: values[index] });
		byProfile.set(id, found);
	}
	// Keys that are no arrays come before all that are: of the others each belongs to a profile.
	const lost = await bodies.getAllKeys(IDBKeyRange.upperBound([], true));
	for (const key of lost)
		strays.push({ area: "bodies", key: describeKey(key) });
	const bodiless = new Set<string>();
	await Promise.all(
		[...byProfile].map(async ([id, found]) => {
			const newest = Math.max(...found.map(({ number }) => number));
			const key = await bodies.getKey([id, newest]);
			if (key === undefined) bodiless.add(id);
		}),
	);
	return { versions: byProfile, bodiless, strays };
}

/** One that the browser itself cannot read any more does not keep it from reading the others. */
async function readAll(
	rows: IDBPObjectStore<Schema, ("versions" | "bodies")[], "versions">,
	keys: readonly Key[],
): Promise<readonly unknown[]> {
	try {
		return await rows.getAll();
	} catch {
		return Promise.all(keys.map((key) => rows.get(key).catch(() => undefined)));
	}
}

async function readBody(
	db: IDBPDatabase<Schema>,
	id: string,
	number: number,
): Promise<Uint8Array | undefined> {
	try {
		const value = await db.get("bodies", [id, number]);
		if (!isPacked(value)) return isBytes(value) ? value : undefined;
		const base = await db.get("bodies", [id, -value.number]);
		return isBase(base) ? await unpack(value, base) : undefined;
	} catch (error) {
		// Trouble with the database itself is not the body's.
		if (error instanceof DOMException && error.name !== "DataError")
			throw error;
		return undefined;
	}
}

function isKey(key: unknown): key is Key {
	return (
		Array.isArray(key) &&
		key.length === 2 &&
		typeof key[0] === "string" &&
		Number.isSafeInteger(key[1]) &&
		key[1] > 0
	);
}

async function save(
	db: IDBPDatabase<Schema>,
	id: ProfileId,
	{ version, body, before, evicted }: VersionWrite,
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
	{ evicted = [], moved = [], versions = [], bodies }: HistoryRewrite,
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

async function takeStagedVersions(
	id: ProfileId,
): Promise<readonly StagedVersion[]> {
	const db = await openDatabase(
		{ name: STAGING_DATABASE_NAME, stores: [STAGING_STORE_NAME] },
		() => undefined,
	);
	const all = profileKeyRange(id);
	const found: readonly StagedVersion[] = await db.getAll(
		STAGING_STORE_NAME,
		all,
	);
	await db.delete(STAGING_STORE_NAME, all);
	db.close();
	return found;
}

/** Of a profile: in both databases rows are found by its id and a number, which of what bodies are packed against is below zero. */
function profileKeyRange(id: ProfileId): IDBKeyRange {
	return IDBKeyRange.bound([id], [id, []]);
}

async function deleteProfile(
	db: IDBPDatabase<Schema>,
	id: ProfileId,
): Promise<void> {
	const all = profileKeyRange(id);
	const transaction = db.transaction(["versions", "bodies"], "readwrite");
	await Promise.all([
		transaction.objectStore("versions").delete(all),
		transaction.objectStore("bodies").delete(all),
		transaction.done,
	]);
}

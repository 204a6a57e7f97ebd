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
import {
	compressBody,
	decodeBody,
	isBytes,
	isCompressedBody,
	isDeltaBody,
} from "./compressed-bodies.ts";
import {
	DATABASE_NAME,
	describeKey,
	openDatabase,
	STAGING_DATABASE_NAME,
	STAGING_STORE_NAME,
} from "./database.ts";

/** The versions in IndexedDB: a row of metadata and a record of bytes each. The background is the only writer. */
export interface VersionStore {
	/** As found on disk: the core parses it. */
	list(): Promise<StoredHistories>;
	/** Whether there is something under the version's key. */
	hasBody(id: ProfileId, number: number): Promise<boolean>;
	/** `undefined` when there is no record, or an unreadable one. */
	readBody(id: ProfileId, number: number): Promise<Uint8Array | undefined>;
	/** The numbers of the versions that have a row. */
	listNumbers(id: ProfileId): Promise<readonly number[]>;
	/** One transaction: metadata, bytes and evictions together or not at all. */
	save(id: ProfileId, change: VersionWrite): Promise<void>;
	/** One transaction, on disk when it resolves. */
	rewrite(id: ProfileId, change: HistoryRewrite): Promise<void>;
	/**
	 * Replaces the bytes of all versions but the newest by their gzip. Each one in a transaction of its own, and only if
	 * the record has not changed meanwhile, so that it can run beside everything else and end at any time.
	 */
	compressOldBodies(id: ProfileId): Promise<void>;
	/** Returns the versions that a view has staged, and deletes them from the staging database. */
	takeStagedVersions(id: ProfileId): Promise<readonly StagedVersion[]>;
	deleteProfile(id: ProfileId): Promise<void>;
	/** `key` is written as by `describeKey`. */
	deleteRecord(store: "versions" | "bodies", key: string): Promise<void>;
	/** The next use creates it again, empty. */
	deleteDatabase(): Promise<void>;
	close(): void;
}

export type StoredHistories = Pick<
	StoredData,
	"versions" | "idsWithoutBody" | "strayRecords"
>;

type Key = [profileId: string, number: number];

interface Schema extends DBSchema {
	versions: { key: Key; value: unknown };
	/** The bytes received, a `CompressedBody`, or what earlier builds wrote (see compressed-bodies.ts). */
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
		compressOldBodies: async (id) => compressOldBodies(await database(), id),
		takeStagedVersions,
		async deleteProfile(id) {
			// A view may have been closed between staging an import and starting it.
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
	const strayRecords: StrayRecord[] = [];
	for (const [index, key] of keys.entries()) {
		if (!isKey(key)) {
			strayRecords.push({ area: "versions", key: describeKey(key) });
			continue;
		}
		const [id, number] = key;
		const found = byProfile.get(id) ?? [];
		found.push({ number, row: values[index] });
		byProfile.set(id, found);
	}
	// Keys that are not arrays sort before those that are. Each array begins with a profile's id.
	const lost = await bodies.getAllKeys(IDBKeyRange.upperBound([], true));
	for (const key of lost)
		strayRecords.push({ area: "bodies", key: describeKey(key) });
	const idsWithoutBody = new Set<string>();
	await Promise.all(
		[...byProfile].map(async ([id, found]) => {
			const newest = Math.max(...found.map(({ number }) => number));
			const key = await bodies.getKey([id, newest]);
			if (key === undefined) idsWithoutBody.add(id);
		}),
	);
	return { versions: byProfile, idsWithoutBody, strayRecords };
}

/** A row that the browser cannot read (`getAll` rejects then) must not make the others unreadable. */
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
		const read = (key: number) => db.get("bodies", [id, key]);
		return await decodeBody(await read(number), read);
	} catch (error) {
		// An error of the database itself says nothing about the body.
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
		// New content must be on disk, not merely with the operating system, before the next token is stored.
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
	// All are read before the first is written, since one may move to the number of another.
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

/** Smaller bodies stay as they are. */
const MIN_COMPRESSED_BYTES = 4096;

async function compressOldBodies(
	db: IDBPDatabase<Schema>,
	id: ProfileId,
): Promise<void> {
	const keys = await db.getAllKeys("bodies", profileKeyRange(id));
	const numbers = keys.map(([, number]) => number);
	for (const number of numbers.filter((each) => each > 0).slice(0, -1)) {
		const record = await db.get("bodies", [id, number]);
		if (!isCompressedBody(record)) await compressOne(db, [id, number], record);
	}
	if (numbers.some((number) => number < 0)) await deleteUnusedBases(db, id);
}

/** A record that cannot be decoded stays as it is. */
async function compressOne(
	db: IDBPDatabase<Schema>,
	key: Key,
	record: unknown,
): Promise<void> {
	const body = await readBody(db, ...key);
	if (!body || body.length < MIN_COMPRESSED_BYTES) return;
	const compressed = await compressBody(body);
	const { store, done } = db.transaction("bodies", "readwrite");
	if (isSameRecord(await store.get(key), record))
		await store.put(compressed, key);
	await done;
}

function isSameRecord(a: unknown, b: unknown): boolean {
	const [bytesOfA, bytesOfB] = [a, b].map((record) =>
		isDeltaBody(record) ? record.bytes : record,
	);
	return (
		isBytes(bytesOfA) &&
		isBytes(bytesOfB) &&
		indexedDB.cmp(bytesOfA, bytesOfB) === 0
	);
}

/** Deletes the bases of deltas once no version of the profile is a delta any more. */
async function deleteUnusedBases(
	db: IDBPDatabase<Schema>,
	id: ProfileId,
): Promise<void> {
	const { store, done } = db.transaction("bodies", "readwrite");
	const records = await store.getAll(profileKeyRange(id));
	if (!records.some(isDeltaBody))
		await store.delete(IDBKeyRange.bound([id], [id, 0], false, true));
	await done;
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

/** All keys of a profile, in either database. Numbers below zero are the bases of deltas that earlier builds wrote. */
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

// Packs the bodies that are no longer the newest of their profile, so that many versions take little more room than one.
// What a reader gets stays the same byte for byte, and the worker moves and deletes what is packed like anything else: so
// views do it, which have the time, one at a time.

import { isBytes, openDatabase } from "./body-reader.ts";
import {
	type Base,
	isBase,
	isPacked,
	type Packed,
	unpack,
	unzip,
	zip,
} from "./compressed-bodies.ts";
import { toDelta } from "./delta.ts";

/** Bytes; smaller bodies are not worth it. */
const LEAST = 4096;
/** A body that would take more than this part of its base becomes a base itself. */
const ALIKE = 0.5;

/** Of all profiles; does nothing while another view is at it. */
export async function packBodies(): Promise<void> {
	await navigator.locks.request("pack", { ifAvailable: true }, async (lock) => {
		if (!lock) return;
		let isClosed = false;
		const database = await openDatabase(() => {
			isClosed = true;
		});
		if (!database) return;
		for (const [id, numbers] of await numbersById(database)) {
			let base = lastBase(numbers);
			for (const number of numbers.filter((each) => each > 0).slice(0, -1)) {
				if (isClosed) return;
				// One that cannot be packed stays as it is, and keeps none of the others from being packed.
				base = await packOne(database, { id, number, base }).catch(() => base);
			}
			if (!isClosed) await dropUnused(database, id);
		}
		database.close();
	});
}

type Key = [id: string, number: number];

/** Rising: bases are below zero, the newest version comes last. */
async function numbersById(
	database: IDBDatabase,
): Promise<ReadonlyMap<string, readonly number[]>> {
	const bodies = database.transaction("bodies").objectStore("bodies");
	const found = new Map<string, number[]>();
	for (const key of await answer(bodies.getAllKeys())) {
		if (!isKey(key)) continue;
		const [id, number] = key;
		found.set(id, [...(found.get(id) ?? []), number]);
	}
	return found;
}

/** The one made last; 0 for none. */
function lastBase([first = 0]: readonly number[]): number {
	return first < 0 ? -first : 0;
}

interface Place {
	readonly id: string;
	readonly number: number;
	/** What it is packed against, if it is like that. */
	readonly base: number;
}

/** Returns the base for the next one. */
async function packOne(database: IDBDatabase, place: Place): Promise<number> {
	const { id, number, base } = place;
	const body = await read(database, [id, number]);
	if (!isBytes(body) || body.length < LEAST) return base;
	const known = await read(database, [id, -base]);
	const packed = isBase(known) && (await packAgainst([base, known], body));
	if (packed) {
		await replace(database, { key: [id, number], body, packed });
		return base;
	}
	const made = { zipped: await zip(body) };
	const alone = await packAgainst([base + 1, made], body);
	if (!alone) return base;
	const isDone = await replace(database, {
		key: [id, number],
		body,
		packed: alone,
		made,
	});
	return isDone ? base + 1 : base;
}

/** `undefined` when it is another document, or would not come out again as it was. */
async function packAgainst(
	[number, base]: readonly [number, Base],
	body: Uint8Array,
): Promise<Packed | undefined> {
	const bytes = await zip(toDelta(await unzip(base.zipped), body));
	const packed = { number, bytes };
	if (bytes.length > base.zipped.length * ALIKE) return undefined;
	return isSame(await unpack(packed, base), body) ? packed : undefined;
}

interface Replacement {
	readonly key: Key;
	/** What must still be there. */
	readonly body: Uint8Array;
	readonly packed: Packed;
	/** A base that is new. */
	readonly made?: Base;
}

/** In one transaction, and only if nothing has changed meanwhile. */
function replace(
	database: IDBDatabase,
	{ key, body, packed, made }: Replacement,
): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const transaction = database.transaction("bodies", "readwrite");
		const bodies = transaction.objectStore("bodies");
		let isDone = false;
		bodies.get(key).onsuccess = ({ target }) => {
			const there: unknown = (target as IDBRequest).result;
			if (!isBytes(there) || !isSame(there, body)) return;
			if (made) bodies.add(made, [key[0], -packed.number]);
			bodies.put(packed, key);
			isDone = true;
		};
		transaction.oncomplete = () => resolve(isDone);
		transaction.onabort = () => reject(transaction.error);
	});
}

/** Bases whose versions are gone. */
function dropUnused(database: IDBDatabase, id: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const transaction = database.transaction("bodies", "readwrite");
		const bodies = transaction.objectStore("bodies");
		const bases: number[] = [];
		const used = new Set<number>();
		const range = IDBKeyRange.bound([id], [id, []]);
		bodies.openCursor(range).onsuccess = ({ target }) => {
			const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
			if (cursor) {
				if (isBase(cursor.value)) bases.push(-(cursor.key as Key)[1]);
				else if (isPacked(cursor.value)) used.add(cursor.value.number);
				cursor.continue();
				return;
			}
			for (const base of bases) if (!used.has(base)) bodies.delete([id, -base]);
		};
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error);
	});
}

function read(database: IDBDatabase, key: Key): Promise<unknown> {
	return answer(database.transaction("bodies").objectStore("bodies").get(key));
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

function isKey(key: unknown): key is Key {
	return (
		Array.isArray(key) &&
		key.length === 2 &&
		typeof key[0] === "string" &&
		Number.isInteger(key[1])
	);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
	return indexedDB.cmp(one, other) === 0;
}

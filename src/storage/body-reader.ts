import type { ProfileId } from "../core/profile/profile.ts";
import { decodeBody } from "./compressed-bodies.ts";
import { DATABASE_NAME, describeKey } from "./database.ts";

/** Views read bodies from IndexedDB themselves, so that a body of 2 MB never crosses the message channel. */
export interface BodyReader {
	/** Exactly the bytes received. `undefined` when the version is gone; rejects with `UnreadableBodyError`. */
	readBody(id: ProfileId, number: number): Promise<Uint8Array | undefined>;
}

/** Opens the database on first use and again after the browser closed it. Never creates one. */
export function createBodyReader(): BodyReader {
	let opened: Promise<IDBDatabase | undefined> | undefined;
	return {
		readBody: async (id, number) => {
			opened ??= openExistingDatabase(() => {
				opened = undefined;
			});
			const database = await opened;
			if (!database) return undefined;
			const read = (key: number) =>
				toPromise<unknown>(
					database.transaction("bodies").objectStore("bodies").get([id, key]),
				);
			return decodeBody(await read(number), read);
		},
	};
}

/** The record under a key as `describeKey` writes it, damaged or not, for the user to export. */
export async function readRawRecord(
	store: "versions" | "bodies",
	key: string,
): Promise<unknown> {
	const database = await openExistingDatabase(() => undefined);
	if (!database) return undefined;
	const records = () => database.transaction(store).objectStore(store);
	try {
		const keys = await toPromise(records().getAllKeys());
		const found = keys.find((each) => describeKey(each) === key);
		return found === undefined
			? undefined
			: await toPromise(records().get(found));
	} finally {
		database.close();
	}
}

/** The rows of a profile's versions as stored, by number. */
export async function listVersionRows(
	id: ProfileId,
): Promise<readonly (readonly [number: number, row: unknown])[]> {
	const database = await openExistingDatabase(() => undefined);
	if (!database) return [];
	try {
		const range = IDBKeyRange.bound([id], [id, []]);
		const rows = database.transaction("versions").objectStore("versions");
		const [keys, values] = await Promise.all([
			toPromise(rows.getAllKeys(range)),
			toPromise(rows.getAll(range)),
		]);
		return keys.map((key, index) => [
			(key as [string, number])[1],
			values[index],
		]);
	} finally {
		database.close();
	}
}

/** `undefined` while there is no database. `onClosed` is called then as well, since there may be one soon. */
function openExistingDatabase(
	onClosed: () => void,
): Promise<IDBDatabase | undefined> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(DATABASE_NAME);
		request.onupgradeneeded = () => {
			// Without a version, an upgrade means that there was no database. Aborting it leaves none.
			resolve(undefined);
			request.transaction?.abort();
		};
		request.onerror = () => {
			onClosed();
			reject(request.error);
		};
		request.onsuccess = () => {
			const database = request.result;
			const close = () => {
				database.close();
				onClosed();
			};
			database.onversionchange = close;
			database.onclose = close;
			resolve(database);
		};
	});
}

function toPromise<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

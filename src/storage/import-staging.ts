import type { StagedVersion } from "../core/ports.ts";
import type { ProfileId } from "../core/profile/profile.ts";
import { STAGING_DATABASE_NAME, STAGING_STORE_NAME } from "./database.ts";

export interface ImportStaging {
	/** Call one after the other, in the order of the file. */
	put(incoming: StagedVersion): Promise<void>;
	/** Deletes all that was staged for the profile. */
	clear(): Promise<void>;
	close(): void;
}

/**
 * Opens the database in which a view stages versions for import; the background takes them from there. Deletes what
 * another view staged for the profile.
 */
export async function openImportStaging(id: ProfileId): Promise<ImportStaging> {
	const database = await open();
	let count = 0;
	const run = (change: (store: IDBObjectStore) => void) =>
		inTransaction(database, change);
	const clear = () =>
		run((store) =>
			store.delete(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])),
		);
	await clear();
	return {
		put: (incoming) => {
			count += 1;
			const key = [id, count];
			return run((store) => store.put(incoming, key));
		},
		clear,
		close: () => database.close(),
	};
}

function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(STAGING_DATABASE_NAME, 1);
		request.onupgradeneeded = () =>
			request.result.createObjectStore(STAGING_STORE_NAME);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

function inTransaction(
	database: IDBDatabase,
	change: (store: IDBObjectStore) => void,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const transaction = database.transaction(STAGING_STORE_NAME, "readwrite");
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error);
		change(transaction.objectStore(STAGING_STORE_NAME));
	});
}

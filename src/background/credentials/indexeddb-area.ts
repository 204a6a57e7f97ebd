// A store apart from the browser's own storage: one object store in IndexedDB, with the shape of a storage area.
import type { IDBPDatabase } from "idb";
import { openDatabase } from "../../storage/database.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";

const STORE = "items";

export function createIndexedDbArea(name: string): StorageArea {
	let opened: Promise<IDBPDatabase> | undefined;
	const database = () => {
		// The browser deletes it, or has closed it: the next access opens it anew.
		opened ??= openDatabase<unknown>({ name, stores: [STORE] }, () => {
			opened = undefined;
		}).catch((error: unknown) => {
			opened = undefined;
			throw error;
		});
		return opened;
	};
	return {
		async get(keys) {
			const made = await database();
			const wanted = [keys ?? []].flat();
			const values = await Promise.all(
				wanted.map((key) => made.get(STORE, key)),
			);
			return Object.fromEntries(wanted.map((key, i) => [key, values[i]]));
		},
		async set(items) {
			const made = await database();
			for (const [key, value] of Object.entries(items))
				await made.put(STORE, value, key);
		},
		async remove(keys) {
			const made = await database();
			for (const key of [keys].flat()) await made.delete(STORE, key);
		},
	};
}

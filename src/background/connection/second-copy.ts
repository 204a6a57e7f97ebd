// A store apart from the browser's own storage: one object store in IndexedDB, with the shape of a storage area.
import { type IDBPDatabase, openDB } from "idb";
import type { Area } from "../vault.ts";

const STORE = "items";

export function createSecondCopy(name: string): Area {
	let opened: Promise<IDBPDatabase> | undefined;
	const database = () => {
		opened ??= openDB(name, 1, {
			upgrade: (made) => void made.createObjectStore(STORE),
			// The browser deletes it, or has closed it: the next access opens it anew.
			blocking: (_, __, event) => {
				opened = undefined;
				(event.target as IDBDatabase).close();
			},
			terminated: () => {
				opened = undefined;
			},
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

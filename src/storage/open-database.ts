import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** The first argument of every call is the database's name, the second the names of its stores. */
export interface DatabaseShape<Schema extends DBSchema | unknown> {
	readonly name: string;
	readonly stores: readonly (Schema extends DBSchema
		? Extract<keyof Schema, string>
		: string)[];
}

/**
 * Opens a database of stores without key paths or indexes, at whatever version it has. One that does not exist is made;
 * a store that is missing in one that does is made again, with the next version: what the other stores hold stays.
 */
export async function openDatabase<Schema extends DBSchema | unknown = unknown>(
	{ name, stores }: DatabaseShape<Schema>,
	onClosed: () => void,
): Promise<IDBPDatabase<Schema>> {
	const open = (version?: number) =>
		openDB(name, version, {
			upgrade(db) {
				for (const store of missingIn(db)) db.createObjectStore(store);
			},
			blocking(_current, _blocked, event) {
				(event.target as IDBDatabase).close();
				onClosed();
			},
			terminated: onClosed,
		});
	const missingIn = (db: IDBPDatabase) =>
		stores.filter((store) => !db.objectStoreNames.contains(store));
	const found = await open();
	if (missingIn(found).length === 0) return found as IDBPDatabase<Schema>;
	const { version } = found;
	found.close();
	return (await open(version + 1)) as IDBPDatabase<Schema>;
}

import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** The versions of all profiles; written by the background alone. */
export const DATABASE_NAME = "appconfig-inspector";

/** Versions that a view wants imported. A database of its own, so that views never write to the histories. */
export const STAGING_DATABASE_NAME = "appconfig-inspector-incoming";
/** Versions with their bytes, by profile id and position. */
export const STAGING_STORE_NAME = "versions";

/** `stores` have no key paths or indexes. */
export interface DatabaseShape<Schema extends DBSchema | unknown> {
	readonly name: string;
	readonly stores: readonly (Schema extends DBSchema
		? Extract<keyof Schema, string>
		: string)[];
}

/**
 * Opens a database at whatever version it has, or creates it. A store that is missing in an existing database is
 * created with the next version, and the other stores keep what they hold. `onClosed` is called when the browser
 * closes the database or another context wants to delete or upgrade it.
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

/** An IndexedDB key of any type as text, different for different keys. */
export function describeKey(key: unknown): string {
	if (Array.isArray(key)) return `[${key.map(describeKey).join(",")}]`;
	if (key instanceof Date) return `Date ${key.getTime()}`;
	if (key instanceof ArrayBuffer || ArrayBuffer.isView(key)) {
		const bytes = ArrayBuffer.isView(key)
			? new Uint8Array(key.buffer, key.byteOffset, key.byteLength)
			: new Uint8Array(key);
		return `bytes ${[...bytes].join(" ")}`;
	}
	return typeof key === "number" ? String(key) : JSON.stringify(key);
}

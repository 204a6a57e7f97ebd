// The views' half of the library: bodies and nothing else, over IndexedDB itself, since a popup opens the sooner the less it loads.
import { DATABASE_NAME } from "./database.ts";
import type { BodyReader } from "./version-store.ts";

/** Old versions are packed. */
const loadBodies = () => import("./compressed-bodies.ts");

/** Opens on first use and again after the browser closed the database. It never creates one: that is the worker's to do. */
export function createBodyReader(): BodyReader {
	let opened: Promise<IDBDatabase | undefined> | undefined;
	const forget = () => {
		opened = undefined;
	};
	return {
		readBody: async (id, number) => {
			opened ??= openDatabase(forget);
			const database = await opened;
			if (!database) return undefined;
			const body = await get(database, [id, number]);
			if (body === undefined || isBytes(body)) return body;
			return (await loadBodies()).readBody(database, id, body);
		},
	};
}

/** `undefined` while there is no database; `onClosed` is called then as well, since there may be one soon. */
export function openDatabase(
	onClosed: () => void,
): Promise<IDBDatabase | undefined> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(DATABASE_NAME);
		request.onupgradeneeded = () => {
			// Without a version an upgrade means that there was none: aborted, there is none again.
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

/** What is stored in the place of a version's bytes is something else. */
export class UnreadableBodyError extends Error {
	override readonly name = "UnreadableBodyError";
}

export function isBytes(value: unknown): value is Uint8Array {
	return Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** As it was received, or packed: then there is nothing but what says how. */
function get(database: IDBDatabase, key: [string, number]): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const request = database
			.transaction("bodies")
			.objectStore("bodies")
			.get(key);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

// The views' half of the library: bodies and nothing else, over IndexedDB itself, since a popup opens the sooner the less it loads.
import { DATABASE } from "./database.ts";
import type { BodyReader } from "./library.ts";

/** Opens on first use and again after the browser closed the database. It never creates one: that is the worker's to do. */
export function createBodyReader(): BodyReader {
	let opened: Promise<IDBDatabase | undefined> | undefined;
	const forget = () => {
		opened = undefined;
	};
	return {
		readBody: async (id, number) => {
			opened ??= open(forget);
			const database = await opened.catch((error: unknown) => {
				forget();
				throw error;
			});
			if (!database) forget();
			return database && get(database, [id, number]);
		},
	};
}

/** `undefined` while there is no database. */
function open(onClosed: () => void): Promise<IDBDatabase | undefined> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(DATABASE);
		let isMissing = false;
		request.onupgradeneeded = () => {
			// Without a version an upgrade means that there was none: aborted, there is none again.
			isMissing = true;
			request.transaction?.abort();
		};
		request.onerror = () =>
			isMissing ? resolve(undefined) : reject(request.error);
		request.onsuccess = () => {
			const database = request.result;
			database.onversionchange = () => {
				database.close();
				onClosed();
			};
			database.onclose = onClosed;
			resolve(database);
		};
	});
}

function get(
	database: IDBDatabase,
	key: [string, number],
): Promise<Uint8Array | undefined> {
	return new Promise((resolve, reject) => {
		const request = database
			.transaction("bodies")
			.objectStore("bodies")
			.get(key);
		request.onsuccess = () => resolve(request.result as Uint8Array | undefined);
		request.onerror = () => reject(request.error);
	});
}

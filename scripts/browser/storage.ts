// Everything that the extension has stored, as text that tests search for secrets.
import type { Page } from "playwright";

export interface Storage {
	/** storage.session, which ends with the browser. */
	readonly memory: string;
	readonly local: string;
	readonly pages: string;
	readonly databases: string;
}

/** `stage` is any page of the extension. */
export async function readStorage(stage: Page): Promise<Storage> {
	const areas = await stage.evaluate(async () => ({
		memory: JSON.stringify(await chrome.storage.session.get(null)),
		local: JSON.stringify(await chrome.storage.local.get(null)),
		pages: JSON.stringify({ ...localStorage, ...sessionStorage }),
	}));
	return { ...areas, databases: await stage.evaluate(dumpDatabases) };
}

export function readLocal(
	stage: Page,
	keys: string[],
): Promise<Record<string, unknown>> {
	return stage.evaluate((wanted) => chrome.storage.local.get(wanted), keys);
}

export function writeLocal(
	stage: Page,
	items: Record<string, unknown>,
): Promise<void> {
	return stage.evaluate((written) => chrome.storage.local.set(written), items);
}

// This function runs in the page: it reads every row of every database of the extension.
async function dumpDatabases(): Promise<string> {
	const settled = <T>(request: IDBRequest<T>): Promise<T> =>
		new Promise((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const found: unknown[] = [];
	for (const { name = "" } of await indexedDB.databases()) {
		const database = await settled(indexedDB.open(name));
		for (const store of database.objectStoreNames) {
			const rows = database.transaction(store).objectStore(store).getAll();
			found.push(name, store, await settled(rows));
		}
		database.close();
	}
	return JSON.stringify(found);
}

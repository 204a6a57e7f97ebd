import { openDatabase } from "./body-reader.ts";
import { describeKey } from "./describe-key.ts";

/** What lies under a key, which is written as `describeKey` does: for the user to keep, whatever it is. */
export async function readRawRecord(
	store: "versions" | "bodies",
	key: string,
): Promise<unknown> {
	const database = await openDatabase(() => undefined);
	if (!database) return undefined;
	try {
		const found = database.transaction(store).objectStore(store);
		for (const each of await answer(found.getAllKeys()))
			if (describeKey(each) === key) {
				const again = database.transaction(store).objectStore(store);
				return await answer(again.get(each));
			}
		return undefined;
	} finally {
		database.close();
	}
}

/** The rows of a profile's versions, by number. */
export async function listVersionRows(
	id: string,
): Promise<readonly (readonly [number: number, row: unknown])[]> {
	const database = await openDatabase(() => undefined);
	if (!database) return [];
	try {
		const range = IDBKeyRange.bound([id], [id, []]);
		const rows = database.transaction("versions").objectStore("versions");
		const [keys, values] = await Promise.all([
			answer(rows.getAllKeys(range)),
			answer(rows.getAll(range)),
		]);
		return keys.map((key, index) => [
			(key as [string, number])[1],
			values[index],
		]);
	} finally {
		database.close();
	}
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test } from "vitest";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { createBodyReader } from "../../src/storage/body-reader.ts";
import { createVersionStore } from "../../src/storage/version-store.ts";

const ID = "one" as ProfileId;
const BODY = Uint8Array.of(0, 1, 2, 255);
const VERSION = {
	number: 1,
	hash: "",
	contentType: "",
	size: 4,
	receivedAt: 0,
	confirmedAt: 0,
	pinned: false,
};
const save = (number: number) => ({
	version: { ...VERSION, number },
	body: BODY,
	evicted: [],
});

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

test("a view reads the bytes that the background saved", async () => {
	await createVersionStore().save(ID, save(1));
	const reader = createBodyReader();
	expect(await reader.readBody(ID, 1)).toEqual(BODY);
	expect(await reader.readBody(ID, 2)).toBeUndefined();
});

test("a view that reads before anything was saved does not block the background", async () => {
	const reader = createBodyReader();
	expect(await reader.readBody(ID, 1)).toBeUndefined();
	await createVersionStore().save(ID, save(1));
	expect(await reader.readBody(ID, 1)).toEqual(BODY);
});

test("a view closes a database that is replaced, and reads the new one", async () => {
	const library = createVersionStore();
	await library.save(ID, save(1));
	const reader = createBodyReader();
	await reader.readBody(ID, 1);
	library.close();
	await new Promise<void>((resolve, reject) => {
		const request = indexedDB.deleteDatabase("appconfig-inspector");
		request.onsuccess = () => resolve();
		request.onblocked = () => reject(new Error("The view holds on to it."));
	});
	await library.save(ID, save(2));
	expect(await reader.readBody(ID, 2)).toEqual(BODY);
});

// Old versions are packed where they lie: readers get the same bytes, and what nobody needs is dropped.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { createBodyReader } from "../../src/storage/body-reader.ts";
import { DATABASE_NAME } from "../../src/storage/database.ts";
import { packBodies } from "../../src/storage/packing.ts";
import {
	createVersionStore,
	type VersionStore,
} from "../../src/storage/version-store.ts";

const ID = "one" as ProfileId;
const OTHER = "two" as ProfileId;

let library: VersionStore;

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
	library = createVersionStore();
	vi.stubGlobal("navigator", { locks: { request: lock } });
});

/** Nobody else is at it. */
function lock(
	_name: string,
	_options: object,
	work: (lock: object) => Promise<void>,
): Promise<void> {
	return work({});
}

function document(seed: number, edits: number): Uint8Array {
	const lines = Array.from({ length: 2000 }, (_, index) => {
		const value = index % 400 < edits ? `edit ${edits}` : index * seed;
		return `"setting-${index}": "${value}"`;
	});
	return new TextEncoder().encode(lines.join("\n"));
}

function save(id: ProfileId, number: number, body: Uint8Array) {
	return library.save(id, {
		version: {
			number,
			hash: "",
			contentType: "",
			size: body.length,
			receivedAt: 0,
			confirmedAt: 0,
			pinned: false,
		},
		body,
		evicted: [],
	});
}

/** What lies in the database, by number. */
async function stored(id: ProfileId): Promise<ReadonlyMap<number, unknown>> {
	const database = await new Promise<IDBDatabase>((resolve) => {
		const request = indexedDB.open(DATABASE_NAME);
		request.onsuccess = () => resolve(request.result);
	});
	const range = IDBKeyRange.bound([id], [id, []]);
	const bodies = database.transaction("bodies").objectStore("bodies");
	const all = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve) => {
			request.onsuccess = () => resolve(request.result);
		});
	const [keys, values] = await Promise.all([
		all(bodies.getAllKeys(range)),
		all(bodies.getAll(range)),
	]);
	database.close();
	return new Map(
		keys.map((key, index) => [(key as [string, number])[1], values[index]]),
	);
}

function sizeOf(value: unknown): number {
	return Object.values(value as object).reduce<number>(
		(sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0),
		0,
	);
}

test("all but the newest version are packed, and read as they were", async () => {
	const bodies = [1, 2, 3, 4, 5].map((edits) => document(7, edits));
	for (const [index, body] of bodies.entries()) await save(ID, index + 1, body);
	await packBodies();
	const reader = createBodyReader();
	for (const [index, body] of bodies.entries())
		expect(await reader.readBody(ID, index + 1)).toEqual(body);
	const kept = await stored(ID);
	expect(ArrayBuffer.isView(kept.get(5))).toBe(true);
	for (const number of [1, 2, 3, 4])
		expect(sizeOf(kept.get(number))).toBeLessThan(document(7, 1).length / 20);
});

test("a version that is another document becomes a base of its own", async () => {
	const bodies = [document(7, 1), document(7, 2), document(1e6 + 3, 0)];
	bodies.push(document(1e6 + 3, 5), document(7, 9));
	for (const [index, body] of bodies.entries()) await save(ID, index + 1, body);
	await packBodies();
	expect([...(await stored(ID)).keys()].filter((key) => key < 0)).toEqual([
		-2, -1,
	]);
	const reader = createBodyReader();
	for (const [index, body] of bodies.entries())
		expect(await reader.readBody(ID, index + 1)).toEqual(body);
});

test("what packed versions are based on goes when the last of them does", async () => {
	for (const number of [1, 2, 3]) await save(ID, number, document(7, number));
	await packBodies();
	await library.rewrite(ID, { evicted: [1, 2] });
	await packBodies();
	expect([...(await stored(ID)).keys()]).toEqual([3]);
});

test("packed versions are moved like any other", async () => {
	for (const number of [1, 2, 3]) await save(ID, number, document(7, number));
	await packBodies();
	await library.rewrite(ID, {
		moved: [
			[2, 3],
			[3, 4],
		],
	});
	await packBodies();
	const reader = createBodyReader();
	expect(await reader.readBody(ID, 3)).toEqual(document(7, 2));
	expect(await reader.readBody(ID, 4)).toEqual(document(7, 3));
});

test("a deleted profile leaves nothing behind, and another keeps what it has", async () => {
	for (const id of [ID, OTHER])
		for (const number of [1, 2, 3]) await save(id, number, document(7, number));
	await packBodies();
	await library.deleteProfile(ID);
	expect((await stored(ID)).size).toBe(0);
	expect(await createBodyReader().readBody(OTHER, 1)).toEqual(document(7, 1));
});

test("small bodies are left as they are", async () => {
	for (const number of [1, 2, 3])
		await save(ID, number, Uint8Array.of(number, 2, 3));
	await packBodies();
	expect([...(await stored(ID)).values()].every(ArrayBuffer.isView)).toBe(true);
});

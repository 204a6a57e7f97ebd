import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test } from "vitest";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { createBodyReader } from "../../src/storage/body-reader.ts";
import { openImportStaging } from "../../src/storage/import-staging.ts";
import { createVersionStore } from "../../src/storage/version-store.ts";

const ID = "one" as ProfileId;
const OTHER = "two" as ProfileId;
const bytes = (...values: number[]) => Uint8Array.from(values);
const version = (number: number) => ({
	number,
	hash: "",
	contentType: "",
	size: 1,
	receivedAt: 0,
	confirmedAt: 0,
	pinned: false,
});

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

test("the background takes staged versions once, in their order", async () => {
	const tray = await openImportStaging(ID);
	for (let index = 1; index <= 12; index += 1)
		await tray.put({ version: index, body: bytes(index) });
	const others = await openImportStaging(OTHER);
	await others.put({ version: "other", body: bytes(0) });
	const library = createVersionStore();
	const taken = await library.takeStagedVersions(ID);
	expect(taken.map((one) => one.version)).toEqual([
		1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
	]);
	expect(taken[11]?.body).toEqual(bytes(12));
	expect(await library.takeStagedVersions(ID)).toEqual([]);
	expect(await library.takeStagedVersions(OTHER)).toHaveLength(1);
});

test("opening the staging database deletes what was staged before", async () => {
	const left = await openImportStaging(ID);
	await left.put({ version: "left", body: bytes(0) });
	left.close();
	const tray = await openImportStaging(ID);
	await tray.put({ version: "new", body: bytes(1) });
	const library = createVersionStore();
	expect(await library.takeStagedVersions(ID)).toEqual([
		{ version: "new", body: bytes(1) },
	]);
	await tray.put({ version: "given up", body: bytes(1) });
	await tray.clear();
	expect(await library.takeStagedVersions(ID)).toEqual([]);
});

test("deleting a profile deletes its staged versions", async () => {
	const [tray, others] = [
		await openImportStaging(ID),
		await openImportStaging(OTHER),
	];
	await tray.put({ version: 1, body: bytes(1) });
	await others.put({ version: 2, body: bytes(2) });
	const library = createVersionStore();
	await library.deleteProfile(ID);
	expect(await library.takeStagedVersions(ID)).toEqual([]);
	expect(await library.takeStagedVersions(OTHER)).toHaveLength(1);
});

test("taking before anything was staged finds nothing", async () => {
	expect(await createVersionStore().takeStagedVersions(ID)).toEqual([]);
	const tray = await openImportStaging(ID);
	await tray.put({ version: 1, body: bytes(1) });
	expect(await createVersionStore().takeStagedVersions(ID)).toHaveLength(1);
});

test("versions are renumbered with their bytes, also where one takes another's number", async () => {
	const library = createVersionStore();
	for (const number of [1, 2, 3])
		await library.save(ID, {
			version: version(number),
			body: bytes(number),
			evicted: [],
		});
	await library.rewrite(ID, {
		evicted: [3],
		moved: [
			[1, 2],
			[2, 3],
		],
		versions: [version(3), version(2), version(1)],
		bodies: new Map([[1, bytes(9)]]),
	});
	const bodies = await Promise.all(
		[1, 2, 3].map((number) => createBodyReader().readBody(ID, number)),
	);
	expect(bodies).toEqual([bytes(9), bytes(1), bytes(2)]);
	const rows = (await library.list()).versions.get(ID) ?? [];
	expect(rows).toEqual(
		[1, 2, 3].map((number) => ({ number, row: version(number) })),
	);
});

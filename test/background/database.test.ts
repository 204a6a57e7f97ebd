import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, expect, it, vi } from "vitest";
import { createStorageAdapter } from "../../src/background/adapters/storage-adapter.ts";
import { UNREADABLE_DATABASE } from "../../src/core/shared/storage-problems.ts";
import { createVersionStore } from "../../src/storage/version-store.ts";
import { createArea } from "../helpers/storage-area.ts";
import { createWorld } from "../helpers/world.ts";

const MINUTE = 60_000;

afterEach(() => {
	vi.restoreAllMocks();
});

/** A profile with a version, and a worker that cannot open the database. */
async function setUp() {
	globalThis.indexedDB = new IDBFactory();
	const [local, session] = [createArea(), createArea()];
	const world = createWorld({
		storage: () =>
			createStorageAdapter({ local, session, versions: createVersionStore() }),
		rounds: 100,
	});
	world.service.deploy("v1");
	const id = await world.add();
	await world.advance(MINUTE);
	const open = vi.spyOn(indexedDB, "open").mockImplementation(() => {
		throw new DOMException("broken", "UnknownError");
	});
	world.restartWorker();
	return { world, id, repair: () => open.mockRestore() };
}

it("a database that cannot be opened is reported with what to do", async () => {
	const { world } = await setUp();
	const { profiles, damaged, problems } = await world.engine.snapshot();
	expect(profiles).toEqual([]);
	expect(damaged).toEqual([UNREADABLE_DATABASE]);
	expect(problems[0]).toContain("could not be opened (UnknownError)");
	expect(problems[0]).toContain("delete the stored versions and start over");
});

it("polling continues once the database can be opened again", async () => {
	const { world, id, repair } = await setUp();
	await world.engine.snapshot();
	repair();
	await world.advance(MINUTE);
	const snapshot = await world.engine.snapshot();
	expect(snapshot.damaged).toEqual([]);
	expect(snapshot.problems).toEqual([]);
	expect((await world.profile(id)).versions).toHaveLength(1);
	// A view that is out of date must not delete a database that works.
	await world.engine.remote.deleteDamaged(UNREADABLE_DATABASE);
	expect((await world.profile(id)).versions).toHaveLength(1);
});

it("a deleted database is created again, and profiles fetch what AppConfig serves", async () => {
	const { world, id, repair } = await setUp();
	await world.engine.snapshot();
	const remove = indexedDB.deleteDatabase.bind(indexedDB);
	vi.spyOn(indexedDB, "deleteDatabase").mockImplementation((name) => {
		repair();
		return remove(name);
	});
	await world.engine.remote.deleteDamaged(UNREADABLE_DATABASE);
	const snapshot = await world.engine.snapshot();
	expect(snapshot.damaged).toEqual([]);
	expect(snapshot.problems).toEqual([]);
	await world.advance(2 * MINUTE);
	const profile = await world.profile(id);
	expect(profile.phase).toBe("waiting");
	expect(profile.loss).toBeUndefined();
	expect(profile.versions).toHaveLength(1);
});

it("a failed deletion of the database is reported, and opening it is tried again", async () => {
	const { world, id, repair } = await setUp();
	await world.engine.snapshot();
	await expect(
		world.engine.remote.deleteDamaged(UNREADABLE_DATABASE),
	).rejects.toThrow();
	repair();
	await world.advance(MINUTE);
	expect((await world.profile(id)).versions).toHaveLength(1);
});

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStorageAdapter } from "../../src/background/adapters/storage-adapter.ts";
import { createBodyReader } from "../../src/storage/body-reader.ts";
import { DATABASE_NAME } from "../../src/storage/database.ts";
import { createVersionStore } from "../../src/storage/version-store.ts";
import { createArea } from "../helpers/storage-area.ts";
import { createWorld, type World } from "../helpers/world.ts";

const MINUTE = 60_000;
const OTHERS = ["p2", "p3"] as const;

interface Stage {
	readonly world: World;
	readonly local: ReturnType<typeof createArea>;
	readonly session: ReturnType<typeof createArea>;
}

/** Three profiles of the same configuration with two versions each, over the extension's own storage. */
async function setUp(): Promise<Stage> {
	globalThis.indexedDB = new IDBFactory();
	const [local, session] = [createArea(), createArea()];
	const world = createWorld({
		storage: () =>
			createStorageAdapter({ local, session, versions: createVersionStore() }),
		rounds: 100,
	});
	world.service.deploy("v1");
	for (const name of ["one", "two", "three"]) await world.add({ name });
	await world.advance(MINUTE);
	world.service.deploy("v2");
	await world.advance(MINUTE + 5_000);
	return { world, local, session };
}

/** Restarts the worker on what is stored now, deploys, and expects the other profiles to be undisturbed. */
async function othersGoOn({ world }: Stage): Promise<void> {
	world.restartWorker();
	world.service.deploy("v3");
	await world.advance(4 * MINUTE);
	const { profiles, damaged = [], problems } = await world.engine.snapshot();
	const reader = createBodyReader();
	for (const id of OTHERS) {
		const found = profiles.find(({ profile }) => profile.id === id);
		expect(found).toMatchObject({ phase: "waiting" });
		expect(found?.fault).toBeUndefined();
		const body = await reader.readBody(
			id as never,
			found?.versions[0]?.number ?? 0,
		);
		expect(new TextDecoder().decode(body)).toBe("v3");
	}
	// The profile with the damage continues as well, or is listed as damaged.
	const own = profiles.find(({ profile }) => profile.id === "p1");
	if (own) {
		expect(own).toMatchObject({ phase: "waiting" });
		const number = own.versions[0]?.number ?? 0;
		const body = await reader.readBody("p1" as never, number);
		expect(new TextDecoder().decode(body)).toBe("v3");
	} else expect(damaged.map(({ key }) => key)).toContain("profile:p1");
	expect(problems.length > 0).toBe(damaged.length > 0);
	expect(world.service.ledger.reused).toBe(0);
}

const wrong = fc.oneof(
	fc.constantFrom<unknown>(
		null,
		true,
		-1,
		0.5,
		2 ** 53,
		1e300,
		"",
		"text",
		[],
		{},
		[[]],
		{ number: "x" },
		{ number: 1, bytes: "no gzip" },
		{ zipped: 5 },
	),
	fc.json().map((text): unknown => JSON.parse(text)),
);

/** The value with one place in it replaced, chosen by `at`; or replaced altogether. */
function damage(value: unknown, at: readonly number[], by: unknown): unknown {
	const [index, ...rest] = at;
	if (index === undefined || typeof value !== "object" || value === null)
		return by;
	const keys = Object.keys(value);
	const key = keys[index % Math.max(1, keys.length)];
	if (key === undefined) return by;
	const copy: Record<string, unknown> = { ...value };
	copy[key] = damage(copy[key], rest, by);
	return Array.isArray(value) ? Object.values(copy) : copy;
}

const path = fc.array(fc.nat(20), { maxLength: 3 });

function inDatabase(
	change: (database: IDBDatabase) => IDBTransaction,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(DATABASE_NAME);
		request.onerror = () => reject(request.error);
		request.onsuccess = () => {
			const transaction = change(request.result);
			transaction.oncomplete = () => {
				request.result.close();
				resolve();
			};
			transaction.onabort = () => reject(transaction.error);
		};
	});
}

function put(store: string, value: unknown, key: IDBValidKey): Promise<void> {
	return inDatabase((database) => {
		const transaction = database.transaction(store, "readwrite");
		transaction.objectStore(store).put(value, key);
		return transaction;
	});
}

async function row(store: string, key: IDBValidKey): Promise<unknown> {
	let found: unknown;
	await inDatabase((database) => {
		const transaction = database.transaction(store);
		const request = transaction.objectStore(store).get(key);
		request.onsuccess = () => {
			found = request.result;
		};
		return transaction;
	});
	return found;
}

describe("one damaged record", () => {
	it("in storage.local does not stop the polling of other profiles", async () => {
		await fc.assert(
			fc.asyncProperty(path, wrong, async (at, by) => {
				const stage = await setUp();
				const key = "profile:p1";
				const { [key]: record } = await stage.local.get(key);
				await stage.local.set({ [key]: damage(record, at, by) });
				stage.world.restartWorker();
				await stage.world.settle();
				const { profiles, damaged = [] } = await stage.world.engine.snapshot();
				// Changed identifiers are valid, and poll something else.
				expect(profiles.length + damaged.length).toBeGreaterThanOrEqual(3);
				await othersGoOn(stage).catch((error: unknown) => {
					if (profiles.length < 3) throw error;
					const own = profiles.find(({ profile }) => profile.id === "p1");
					if (!own?.paused) throw error;
				});
			}),
			{ numRuns: 60 },
		);
	}, 120_000);

	it("of a session does not stop the polling of other profiles, and no token is sent twice", async () => {
		await fc.assert(
			fc.asyncProperty(path, wrong, fc.boolean(), async (at, by, isJson) => {
				const stage = await setUp();
				const key = "session:p1";
				const { [key]: text } = await stage.session.get(key);
				const damaged = damage(JSON.parse(String(text)), at, by);
				await stage.session.set({
					[key]: isJson ? JSON.stringify(damaged) : damaged,
				});
				await othersGoOn(stage);
			}),
			{ numRuns: 60 },
		);
	}, 120_000);

	it("of a version or its bytes does not stop the polling of other profiles", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom("versions", "bodies"),
				fc.constantFrom(1, 2),
				path,
				wrong,
				async (store, number, at, by) => {
					const stage = await setUp();
					const key = ["p1", number];
					await put(store, damage(await row(store, key), at, by), key);
					await othersGoOn(stage);
				},
			),
			{ numRuns: 60 },
		);
	}, 120_000);

	it.each<IDBValidKey>([
		"p1",
		7,
		new Date(7),
		new Uint8Array([1]).buffer,
		[],
		["p1"],
		[7, "p1"],
		["p1", 1, 2],
		["p1", -1],
		["p1", 0.5],
		["p1", 2 ** 53],
		["p1", "1"],
		[["p1"], 1],
	])(
		"under the key %j, which is not a pair, is listed and can be deleted",
		async (key) => {
			const stage = await setUp();
			await put("versions", await row("versions", ["p1", 1]), key);
			await othersGoOn(stage);
			const { engine } = stage.world;
			const [record, ...more] = (await engine.snapshot()).damaged ?? [];
			expect(more).toEqual([]);
			if (!record) throw new Error("not named");
			await deleted(stage, record);
		},
	);

	async function deleted(
		{ world }: Stage,
		record: Parameters<World["engine"]["remote"]["deleteDamaged"]>[0],
	): Promise<void> {
		await world.engine.remote.deleteDamaged(record);
		expect((await world.engine.snapshot()).damaged).toEqual([]);
		const profile = await world.profile("p1" as never);
		expect(profile.versions).toHaveLength(3);
	}

	it.each([
		["a session under another profile's id", "session"],
		["a profile under another profile's id", "profile"],
		["a version under another profile's id", "version"],
	])("%s is not taken for the other's", async (_, what) => {
		const stage = await setUp();
		if (what === "session") {
			const { "session:p2": moved } = await stage.session.get("session:p2");
			await stage.session.set({ "session:p1": moved });
		} else if (what === "profile") {
			const { "profile:p2": moved } = await stage.local.get("profile:p2");
			await stage.local.set({ "profile:p1": moved });
		} else await put("versions", await row("versions", ["p2", 1]), ["p1", 2]);
		await othersGoOn(stage);
	});

	it.each(["versions", "bodies"])(
		"a missing store `%s` is created again",
		async (store) => {
			const stage = await setUp();
			await new Promise<void>((resolve, reject) => {
				const request = indexedDB.open(DATABASE_NAME, 7);
				request.onupgradeneeded = () => request.result.deleteObjectStore(store);
				request.onerror = () => reject(request.error);
				request.onsuccess = () => {
					request.result.close();
					resolve();
				};
			});
			await othersGoOn(stage);
		},
	);

	it("a session due in ten years is polled within an interval", async () => {
		const stage = await setUp();
		const { "session:p1": text } = await stage.session.get("session:p1");
		const record = JSON.parse(String(text));
		record.session.dueAt += 10 * 365 * 86_400_000;
		await stage.session.set({ "session:p1": JSON.stringify(record) });
		await othersGoOn(stage);
	});
});

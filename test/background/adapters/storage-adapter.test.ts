import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import {
	createStorageAdapter,
	type StorageArea,
} from "../../../src/background/adapters/storage-adapter.ts";
import type { EngineStorage } from "../../../src/core/ports.ts";
import type { ProfileId } from "../../../src/core/profile/profile.ts";
import { newSession, type Token } from "../../../src/core/session/session.ts";
import { createBodyReader } from "../../../src/storage/body-reader.ts";
import {
	createVersionStore,
	type VersionStore,
} from "../../../src/storage/version-store.ts";
import { createMemoryStorage } from "../../helpers/memory-storage.ts";

const ID = "p1" as ProfileId;
const OTHER = "p2" as ProfileId;

const record = {
	schema: 2,
	profile: {
		id: ID,
		name: "n",
		application: "a",
		environment: "e",
		configurationProfile: "c",
		region: "us-east-1",
	},
	createdAt: 1,
	paused: false,
	seen: 0,
} as const;

function version(number: number) {
	return {
		number,
		hash: String(number).repeat(64),
		contentType: "text/plain",
		size: 3,
		receivedAt: 1,
		confirmedAt: 1,
		pinned: false,
	};
}

function storedAs(row: ReturnType<typeof version>) {
	return { number: row.number, row };
}

const session = {
	source: "s",
	session: {
		...newSession(),
		phase: "waiting",
		token: "t1" as Token,
		tokenAt: 1,
		dueAt: 2,
	},
	checkedAt: 1,
} as const;

const keys = {
	accessKeyId: "ASIACANARYCANARYCANA",
	secretAccessKey: "canary-secret-access-key",
	sessionToken: "canary-session-token",
};

/** Stores JSON only, as storage.local and storage.session do. */
function createArea(): StorageArea & { readonly text: () => string } {
	const items = new Map<string, string>();
	return {
		text: () => [...items.entries()].join("\n"),
		async get() {
			return Object.fromEntries(
				[...items].map(([key, text]) => [key, JSON.parse(text)]),
			);
		},
		async set(values) {
			for (const [key, value] of Object.entries(values))
				items.set(key, JSON.stringify(value));
		},
		async remove(names) {
			for (const key of [names].flat()) items.delete(key);
		},
	};
}

let local: ReturnType<typeof createArea>;
let volatile: ReturnType<typeof createArea>;
let library: VersionStore;

beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
	local = createArea();
	volatile = createArea();
	library = createVersionStore();
});

const makers: readonly (readonly [string, () => EngineStorage])[] = [
	[
		"the browser's storage",
		() => createStorageAdapter({ local, session: volatile, versions: library }),
	],
	["the disk of the core's tests", createMemoryStorage],
];

describe.each(makers)("engine storage in %s", (_, make) => {
	it("returns what was saved, by profile", async () => {
		const vault = make();
		await vault.saveProfile(record);
		await vault.saveSession(ID, session);
		await vault.saveCredentials(ID, keys);
		await vault.saveVersion(ID, {
			version: version(1),
			body: bytes("v1"),
			evicted: [],
		});
		await vault.saveVersion(OTHER, {
			version: version(7),
			body: bytes("o"),
			evicted: [],
		});
		const stored = await vault.load();
		expect(stored.profiles).toEqual(new Map([[ID, record]]));
		expect(stored.sessions.get(ID)).toEqual(session);
		expect(stored.versions.get(ID)).toEqual([storedAs(version(1))]);
		expect(stored.versions.get(OTHER)).toEqual([storedAs(version(7))]);
		expect(stored.accessKeyHints.get(ID)).toBe("ASIA…CANA");
	});

	it("adds a version and drops the evicted ones together", async () => {
		const vault = make();
		for (const number of [1, 2])
			await vault.saveVersion(ID, {
				version: version(number),
				body: bytes("x"),
				evicted: [],
			});
		await vault.saveVersion(ID, {
			version: version(3),
			body: bytes("x"),
			evicted: [1, 2],
		});
		expect((await vault.load()).versions.get(ID)).toEqual([
			storedAs(version(3)),
		]);
	});

	it("changes a version's metadata without its bytes", async () => {
		const vault = make();
		await vault.saveVersion(ID, {
			version: version(1),
			body: bytes("x"),
			evicted: [],
		});
		const confirmed = { ...version(1), confirmedAt: 9 };
		await vault.saveVersion(ID, { version: confirmed, evicted: [] });
		expect((await vault.load()).versions.get(ID)).toEqual([
			storedAs(confirmed),
		]);
	});

	it("deletes all of one profile and nothing of another", async () => {
		const vault = make();
		await vault.saveProfile(record);
		await vault.saveSession(ID, session);
		await vault.saveCredentials(ID, keys);
		for (const id of [ID, OTHER])
			await vault.saveVersion(id, {
				version: version(1),
				body: bytes("x"),
				evicted: [],
			});
		await vault.deleteProfile(ID);
		const stored = await vault.load();
		expect(stored.profiles.size).toBe(0);
		expect(stored.sessions.size).toBe(0);
		expect(stored.accessKeyHints.size).toBe(0);
		expect([...stored.versions.keys()]).toEqual([OTHER]);
	});
});

describe("the storage adapter", () => {
	it("keeps bodies byte for byte", async () => {
		const vault = createStorageAdapter({
			local,
			session: volatile,
			versions: library,
		});
		const body = Uint8Array.from({ length: 256 }, (_, i) => i);
		await vault.saveVersion(ID, { version: version(1), body, evicted: [] });
		expect(await createBodyReader().readBody(ID, 1)).toEqual(body);
		expect(await createBodyReader().readBody(ID, 2)).toBeUndefined();
	});

	it("keeps tokens and keys out of storage.local", async () => {
		const vault = createStorageAdapter({
			local,
			session: volatile,
			versions: library,
		});
		await vault.saveProfile(record);
		await vault.saveSession(ID, session);
		await vault.saveCredentials(ID, keys);
		for (const secret of ["t1", ...Object.values(keys)]) {
			expect(local.text()).not.toContain(secret);
			expect(volatile.text()).toContain(secret);
		}
	});

	it("returns a profile's keys after a restart of the worker until they are forgotten", async () => {
		await createStorageAdapter({
			local,
			session: volatile,
			versions: library,
		}).saveCredentials(ID, keys);
		const vault = createStorageAdapter({
			local,
			session: volatile,
			versions: library,
		});
		await vault.load();
		expect(vault.credentials(ID)).toEqual(keys);
		await vault.saveCredentials(ID, undefined);
		expect(vault.credentials(ID)).toBeUndefined();
		expect(volatile.text()).not.toContain("canary");
	});

	it("opens the database again after the browser closed it", async () => {
		const vault = createStorageAdapter({
			local,
			session: volatile,
			versions: library,
		});
		await vault.saveVersion(ID, {
			version: version(1),
			body: bytes("x"),
			evicted: [],
		});
		library.close();
		expect((await vault.load()).versions.get(ID)).toHaveLength(1);
	});
});

function bytes(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

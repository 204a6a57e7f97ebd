import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createSecretVault } from "../../../src/background/credentials/secret-vault.ts";
import type { ConnectionId } from "../../../src/core/connection/connection.ts";
import { IDLE_LOCK_MS } from "../../../src/core/connection/connection-store.ts";
import type { Secret } from "../../../src/core/connection/credentials.ts";
import { ok } from "../../../src/core/shared/result.ts";
import { createVaultCommands } from "../../../src/core/vault-commands.ts";
import {
	createTestRegistry,
	NO_SIGN_IN,
} from "../../helpers/connection-registry.ts";
import { createArea } from "../../helpers/storage-area.ts";

const PASSPHRASE = "correct horse battery staple";
const ID = "c1" as ConnectionId;
const OTHER = "c2" as ConnectionId;
const SECRET: Secret = { kind: "bearer", token: "canary-token-1" };

// PBKDF2 is tested in vault-crypto.test.ts. Here it would run thirty times.
beforeAll(() => {
	const derive = crypto.subtle.deriveKey.bind(crypto.subtle);
	vi.spyOn(crypto.subtle, "deriveKey").mockImplementation(
		(algorithm, ...others) =>
			derive({ ...(algorithm as Pbkdf2Params), iterations: 1 }, ...others),
	);
});
afterAll(() => {
	vi.restoreAllMocks();
});

function setUp() {
	const local = createArea();
	const backup = createArea();
	let session = createArea();
	const world = {
		local,
		copy: backup,
		get session() {
			return session;
		},
		now: 1_000,
		remindedAt: 0,
		async boot() {
			const vault = createSecretVault({
				local,
				backup,
				session,
				now: () => world.now,
				scheduleLock: (at) => {
					world.remindedAt = at;
				},
			});
			await vault.load();
			return vault;
		},
		restartBrowser() {
			session = createArea();
			return world.boot();
		},
	};
	return world;
}

test("secrets survive a restart of the browser and need the passphrase", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const later = await world.restartBrowser();
	expect(later.snapshot()).toEqual({ status: "locked" });
	expect(later.isLocked(ID)).toBe(true);
	expect(later.isLocked(OTHER)).toBe(false);
	expect(await later.unlock("another passphrase")).toMatchObject({ ok: false });
	expect(later.snapshot().status).toBe("locked");
	const opened = await later.unlock(PASSPHRASE);
	expect(opened.ok && [...opened.value]).toEqual([[ID, SECRET]]);
});

test("nothing on disk contains a secret or the key", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const { "vault-key": raw } = await world.session.get("vault-key");
	for (const text of [world.local.text(), world.copy.text()]) {
		expect(text).not.toContain("canary-token-1");
		expect(text).not.toContain(PASSPHRASE);
		expect(text).not.toContain(String(raw));
	}
});

test("the vault stays unlocked or locked when the worker restarts", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map());
	await vault.put(ID, SECRET);
	const again = await world.boot();
	expect(again.snapshot().status).toBe("unlocked");
	expect(await again.lock()).toEqual([ID]);
	expect((await world.boot()).snapshot().status).toBe("locked");
});

test("either copy can be opened, and the later one counts", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map());
	const first = await world.local.get("vault");
	await vault.put(ID, SECRET);
	await world.local.set(first);
	const opened = await (await world.restartBrowser()).unlock(PASSPHRASE);
	expect(opened.ok && opened.value.get(ID)).toEqual(SECRET);
	await world.copy.remove("vault");
	expect((await world.restartBrowser()).snapshot().status).toBe("locked");
});

test("the second copy is enough when storage.local was lost", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	await world.local.remove(["vault", "vault-ids"]);
	const later = await world.restartBrowser();
	expect(later.isLocked(ID)).toBe(true);
	const opened = await later.unlock(PASSPHRASE);
	expect(opened.ok && opened.value.get(ID)).toEqual(SECRET);
});

test("a copy that could not be read at start is read again when the other one cannot be opened", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const { vault: sealed } = await world.local.get("vault");
	const { header, ...rest } = sealed as { header: { sequence: number } };
	const changed = {
		...rest,
		header: { ...header, sequence: header.sequence + 1 },
	};
	await world.local.set({ vault: changed });
	const { get } = world.copy;
	world.copy.get = () => Promise.reject(new Error("busy"));
	const later = await world.restartBrowser();
	expect(await later.unlock(PASSPHRASE)).toMatchObject({ ok: false });
	world.copy.get = get;
	expect(await later.unlock(PASSPHRASE)).toEqual(ok(new Map([[ID, SECRET]])));
});

test("a copy that was changed is not opened, and is repaired from the other one", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const { vault: kept } = (await world.local.get("vault")) as {
		vault: { header: { sequence: number }; data: string };
	};
	const header = { ...kept.header, sequence: kept.header.sequence + 9 };
	await world.local.set({ vault: { ...kept, header } });
	const later = await world.restartBrowser();
	const opened = await later.unlock(PASSPHRASE);
	expect(opened.ok && opened.value.get(ID)).toEqual(SECRET);
	const again = await world.restartBrowser();
	await world.copy.remove("vault");
	expect(await again.unlock(PASSPHRASE)).toMatchObject({ ok: true });
});

test("a vault that was changed on disk is locked when the worker restarts", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const { vault: kept } = await world.local.get("vault");
	const changed = { ...(kept as object), data: btoa("x".repeat(64)) };
	await world.local.set({ vault: changed });
	await world.copy.set({ vault: changed });
	expect((await world.boot()).snapshot().status).toBe("locked");
});

test.each([
	["of a newer version", { header: { version: 2 } }],
	["damaged beyond reading", "no vault"],
])("a vault that is %s is not overwritten", async (_, stored) => {
	const world = setUp();
	await world.local.set({ vault: stored });
	const vault = await world.boot();
	expect(vault.snapshot()).toEqual({ status: "unreadable" });
	const { createVault } = createVaultCommands(
		createTestRegistry({ vault }).registry,
	);
	expect(await createVault({ passphrase: PASSPHRASE })).toMatchObject({
		ok: false,
	});
	await vault.put(ID, SECRET);
	expect(await world.local.get("vault")).toEqual({ vault: stored });
});

test("a secret that was deleted while the vault was locked is gone when it is unlocked", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(
		PASSPHRASE,
		new Map([
			[ID, SECRET],
			[OTHER, SECRET],
		]),
	);
	const later = await world.restartBrowser();
	await later.put(ID, undefined);
	const opened = await later.unlock(PASSPHRASE);
	expect(opened.ok && [...opened.value.keys()]).toEqual([OTHER]);
});

test("the vault is idle after a quarter of an hour without a command", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map());
	expect(world.remindedAt).toBe(world.now + IDLE_LOCK_MS);
	world.now += IDLE_LOCK_MS - 1;
	expect(vault.isIdle()).toBe(false);
	vault.recordUse();
	world.now += IDLE_LOCK_MS - 1;
	expect(vault.isIdle()).toBe(false);
	world.now += 1;
	expect(vault.isIdle()).toBe(true);
	await vault.lock();
	expect(vault.isIdle()).toBe(false);
});

test("a clock that is set back by hours does not keep the vault unlocked for hours", async () => {
	const world = setUp();
	world.now = Date.UTC(2026, 5, 1);
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map());
	world.now -= 8 * 3_600_000;
	const later = await world.boot();
	expect(world.remindedAt).toBeLessThanOrEqual(world.now + IDLE_LOCK_MS);
	expect(later.isIdle()).toBe(false);
	world.now += IDLE_LOCK_MS;
	expect([vault.isIdle(), later.isIdle()]).toEqual([true, true]);
	vault.recordUse();
	expect(vault.isIdle()).toBe(false);
	expect(world.remindedAt).toBe(world.now + IDLE_LOCK_MS);
});

test("a reset removes everything", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	await vault.reset();
	expect(world.local.text() + world.copy.text()).not.toContain("PBKDF2");
	expect((await world.restartBrowser()).snapshot().status).toBe("none");
});

const NEXT = "anvil tulip marble oxygen";

test("ids that were added or changed on disk delete no secret", async () => {
	for (const beside of [
		{ "vault-ids": [] },
		{ "vault-ids": [OTHER] },
		{ "vault-forgotten": [ID] },
		{ "vault-forgotten": { vaultId: "another", sequence: 99, ids: [ID] } },
	]) {
		const world = setUp();
		const vault = await world.boot();
		await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
		await world.local.set(beside);
		await world.copy.set(beside);
		const later = await world.restartBrowser();
		expect(later.isLocked(ID)).toBe(true);
		const opened = await later.unlock(PASSPHRASE);
		expect(opened.ok && opened.value.get(ID)).toEqual(SECRET);
	}
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const { vault: kept } = (await world.local.get("vault")) as {
		vault: { header: object };
	};
	await world.local.set({
		vault: { ...kept, header: { ...kept.header, ids: [] } },
	});
	const later = await world.restartBrowser();
	expect(later.isLocked(ID)).toBe(true);
	const opened = await later.unlock(PASSPHRASE);
	expect(opened.ok && opened.value.get(ID)).toEqual(SECRET);
});

test("deleted secrets stay deleted, and new ones are kept", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const locked = await world.restartBrowser();
	await locked.put(ID, undefined);
	expect(locked.isLocked(ID)).toBe(false);
	const later = await world.restartBrowser();
	expect(later.isLocked(ID)).toBe(false);
	const opened = await later.unlock(PASSPHRASE);
	expect(opened.ok && opened.value.size).toBe(0);
	await later.put(ID, SECRET);
	const last = await (await world.restartBrowser()).unlock(PASSPHRASE);
	expect(last.ok && last.value.get(ID)).toEqual(SECRET);
});

test("secrets of a kind that only newer versions support are kept", async () => {
	const world = setUp();
	const vault = await world.boot();
	const newer = { kind: "of the future", token: "t" } as unknown as Secret;
	await vault.create(PASSPHRASE, new Map([[OTHER, newer]]));
	await vault.put(ID, SECRET);
	const later = await world.restartBrowser();
	const opened = await later.unlock(PASSPHRASE);
	expect(opened.ok && [...opened.value.keys()]).toEqual([ID]);
	expect(later.isLocked(OTHER)).toBe(false);
	await later.lock();
	expect(later.isLocked(OTHER)).toBe(true);
});

test("after a change of the passphrase only the new one opens the vault", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	expect(
		await vault.changePassphrase("not the passphrase", NEXT),
	).toMatchObject({
		ok: false,
		error: expect.stringContaining("Nothing was changed"),
	});
	expect(await vault.changePassphrase(PASSPHRASE, NEXT)).toEqual(ok(undefined));
	await vault.put(OTHER, SECRET);
	expect((await world.boot()).snapshot().status).toBe("unlocked");
	const later = await world.restartBrowser();
	expect(await later.unlock(PASSPHRASE)).toMatchObject({ ok: false });
	const opened = await later.unlock(NEXT);
	expect(opened.ok && [...opened.value.keys()]).toEqual([ID, OTHER]);
	await later.lock();
	expect(await later.changePassphrase(NEXT, PASSPHRASE)).toMatchObject({
		ok: false,
	});
});

test("when the browser ends during a change of the passphrase, one of the two opens the vault", async () => {
	for (const survives of ["local", "copy"] as const) {
		const world = setUp();
		const vault = await world.boot();
		await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
		const before = await world[survives].get("vault");
		await vault.changePassphrase(PASSPHRASE, NEXT);
		await world[survives].set(before);
		const later = await world.restartBrowser();
		const opened = await later.unlock(NEXT);
		expect(opened.ok && opened.value.get(ID)).toEqual(SECRET);
		// Both copies are the new one again.
		const last = await world.restartBrowser();
		expect(await last.unlock(PASSPHRASE)).toMatchObject({ ok: false });
	}
});

test.each(["local", "copy"] as const)(
	"when the %s storage cannot be written, the other one is used",
	async (broken) => {
		const world = setUp();
		world[broken].set = () => Promise.reject(new Error("full"));
		const vault = await world.boot();
		await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
		const opened = await (await world.restartBrowser()).unlock(PASSPHRASE);
		expect(opened.ok && opened.value.get(ID)).toEqual(SECRET);
		world[broken].get = () => Promise.reject(new Error("gone"));
		expect((await world.restartBrowser()).snapshot().status).toBe("locked");
	},
);

test("a storage area that cannot be read does not count as empty", async () => {
	const world = setUp();
	world.copy.get = () => Promise.reject(new Error("gone"));
	const vault = await world.boot();
	expect(vault.snapshot()).toEqual({ status: "unreadable" });
});

test.each(["aaaaaaaaaaaa", "password1234", "appconfig-inspector"])(
	"%s is refused as a passphrase",
	async (weak) => {
		const world = setUp();
		const vault = await world.boot();
		const commands = createVaultCommands(
			createTestRegistry({ vault }).registry,
		);
		expect(await commands.createVault({ passphrase: weak })).toMatchObject({
			ok: false,
		});
		expect(vault.snapshot().status).toBe("none");
		await commands.createVault({ passphrase: PASSPHRASE });
		expect(
			await commands.changePassphrase({ passphrase: PASSPHRASE, next: weak }),
		).toMatchObject({ ok: false });
		const opened = await (await world.restartBrowser()).unlock(PASSPHRASE);
		expect(opened.ok).toBe(true);
	},
);

test("the secret of a connection that cannot be read stays in the unlocked vault", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const later = await world.restartBrowser();
	// Its registry has no connection.
	const { unlockVault } = createVaultCommands(
		createTestRegistry({ vault: later }).registry,
	);
	expect(await unlockVault({ passphrase: PASSPHRASE })).toMatchObject({
		ok: true,
	});
	const opened = await (await world.restartBrowser()).unlock(PASSPHRASE);
	expect(opened.ok && opened.value.get(ID)).toEqual(SECRET);
});

test("Forget all secrets deletes the vault, secrets, temporary credentials, sign-ins and keys of profiles", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	const actions: string[] = [];
	const test = createTestRegistry({
		vault,
		signIn: {
			...NO_SIGN_IN,
			cancelAll: async () => void actions.push("sign-ins"),
		},
		forgetOwnKeys: async () => void actions.push("own keys"),
	});
	const { registry, store } = test;
	registry.connections.set(ID, {
		id: ID,
		name: "n",
		kind: "agent",
		url: "http://localhost:2772",
	});
	const credentials = {
		credentials: { accessKeyId: "a", secretAccessKey: "s" },
		receivedAt: 0,
		policy: "",
	};
	for (const id of [ID, OTHER]) {
		registry.secrets.set(id, SECRET);
		registry.credentials.set(id, credentials);
		await store.saveSecret(id, SECRET);
		await store.saveCredentials(id, credentials);
	}
	await createVaultCommands(registry).forgetAllSecrets({});
	expect([registry.secrets.size, registry.credentials.size]).toEqual([0, 0]);
	expect([store.secrets.size, store.credentials.size]).toEqual([0, 0]);
	expect(actions.sort()).toEqual(["own keys", "sign-ins"]);
	expect(test.calls).toContain(`moved ${ID}`);
	expect(
		world.local.text() + world.copy.text() + world.session.text(),
	).not.toMatch(/PBKDF2|vault-key/);
	expect((await world.restartBrowser()).snapshot().status).toBe("none");
});

test("what cannot be deleted is reported, and all else is deleted", async () => {
	const world = setUp();
	const vault = await world.boot();
	await vault.create(PASSPHRASE, new Map([[ID, SECRET]]));
	world.copy.remove = () => Promise.reject(new Error("the disk is gone"));
	const test = createTestRegistry({ vault });
	await test.store.saveSecret(ID, SECRET);
	const { forgetAllSecrets } = createVaultCommands(test.registry);
	await expect(forgetAllSecrets({})).rejects.toThrow("the disk is gone");
	expect(test.store.secrets.size).toBe(0);
	expect(world.local.text()).not.toContain("PBKDF2");
});

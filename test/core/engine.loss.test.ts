import { describe, expect, it } from "vitest";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { holdBack } from "../helpers/service.ts";
import { createWorld, DRAFT, type World } from "../helpers/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const id = "p1" as ProfileId;

/** A profile with two versions that the user has seen. */
async function begun(): Promise<World> {
	const world = createWorld();
	world.service.deploy("v1");
	await world.add();
	await world.advance(MINUTE);
	world.service.deploy("v2");
	await world.advance(2 * MINUTE);
	await world.engine.remote.markSeen({ id, number: 2 });
	return world;
}

const WORKERS: Record<string, (world: World) => void> = {
	"while the worker runs": () => undefined,
	"while the worker sleeps": (world) => world.restartWorker(),
	"while the browser is closed": (world) => world.restartBrowser(),
};

const LOSSES = {
	bodies: (world: World) => world.storage.evict("bodies"),
	"the whole database": (world: World) => world.storage.evict("database"),
	"the newest version's bytes, for others": (world: World) =>
		world.storage.damageBody(id, 2, new TextEncoder().encode("other")),
};

describe("storage that the browser evicted", () => {
	for (const [when, then] of Object.entries(WORKERS))
		for (const what of ["bodies", "database"] as const)
			it(`of ${what} ${when}: a new session fetches the configuration again, and the loss is shown until the user dismisses it`, async () => {
				const world = await begun();
				world.storage.evict(what);
				then(world);
				await world.advance(2 * MINUTE);
				const { versions, fault, loss, phase } = await world.profile();
				expect({ fault, phase }).toEqual({
					fault: undefined,
					phase: "waiting",
				});
				expect(world.service.ledger).toMatchObject({ sessions: 2, reused: 0 });
				expect(loss).toMatchObject({
					upTo: 2,
					what: what === "bodies" ? "bytes" : "versions",
				});
				const newest = what === "bodies" ? 2 : 3;
				expect(versions[0]?.number).toBe(newest);
				expect(await readText(world, newest)).toBe("v2");
				// Of the older version its row is left, or nothing.
				expect(versions).toHaveLength(what === "bodies" ? 2 : 1);

				world.restartBrowser();
				await world.advance(2 * HOUR);
				expect((await world.profile()).loss).toEqual(loss);
				await world.engine.remote.dismissLoss({ id });
				world.service.deploy("v3");
				await world.advance(MINUTE);
				world.restartBrowser();
				await world.advance(2 * HOUR);
				expect((await world.profile()).loss).toBeUndefined();
				expect(world.service.ledger.tooEarly).toBe(0);
			});

	for (const [what, lose] of Object.entries(LOSSES))
		it(`of ${what} is detected within two hours while the configuration is unchanged`, async () => {
			const world = await begun();
			lose(world);
			await world.advance(2 * HOUR);
			const [newest] = (await world.profile()).versions;
			expect(await readText(world, newest?.number ?? 0)).toBe("v2");
			expect(world.service.ledger.sessions).toBe(2);
		});

	it("again and again is not billed each time", async () => {
		const world = await begun();
		const before = world.service.ledger.served.length;
		for (let minute = 0; minute < 120; minute += 1) {
			world.storage.evict("bodies");
			await world.advance(MINUTE);
		}
		expect(world.service.ledger.served.length - before).toBeLessThan(12);
		expect((await world.profile()).loss).toBeDefined();
		await world.advance(2 * HOUR);
		expect(await readText(world, 2)).toBe("v2");
	});

	it("is not fetched again and again where the configuration itself is empty", async () => {
		const world = await begun();
		world.storage.evict("bodies");
		const { poll } = world.service;
		world.service.poll = async (...input) => {
			const reply = await poll(...input);
			return reply.ok
				? { ok: true, value: { ...reply.value, body: undefined } }
				: reply;
		};
		await world.advance(10 * MINUTE);
		expect(world.service.ledger.sessions).toBeLessThanOrEqual(4);
		expect(world.service.ledger.polls).toBeLessThanOrEqual(14);
	});

	it("of a paused profile is fetched again when it resumes", async () => {
		const world = await begun();
		await world.engine.remote.pause({ id });
		world.storage.evict("bodies");
		world.restartWorker();
		await world.advance(10 * MINUTE);
		expect(world.service.ledger.sessions).toBe(1);
		expect((await world.profile()).loss?.what).toBe("bytes");
		await world.engine.remote.resume({ id });
		await world.settle();
		expect(await readText(world, 2)).toBe("v2");
	});

	it("of a profile paused during the poll that detects the loss is refetched when polling resumes", async () => {
		const world = await begun();
		world.storage.evict("bodies");
		const poll = holdBack(world.service, "poll");
		await world.advance(2 * MINUTE);
		await world.engine.remote.pause({ id });
		poll.release();
		await world.settle();
		expect(world.service.ledger.sessions).toBe(1);
		await world.engine.remote.resume({ id });
		await world.settle();
		expect(await readText(world, 2)).toBe("v2");
		expect(world.service.ledger).toMatchObject({ sessions: 2, reused: 0 });
	});

	it("is fetched again when a view reports unreadable bytes, unless they are readable", async () => {
		const world = await begun();
		const report = async () => {
			await world.engine.remote.reportUnreadable({ id, number: 2 });
			await world.settle();
		};
		await report();
		expect(world.service.ledger.sessions).toBe(1);
		world.storage.damageBody(id, 2, new Uint8Array([1]));
		await report();
		expect(world.service.ledger.sessions).toBe(2);
		expect(await readText(world, 2)).toBe("v2");
		expect((await world.profile()).versions[0]?.restoredAt).toBe(world.now);
		// A storage that loses it again is not filled again and again.
		for (let time = 0; time < 5; time += 1) {
			world.storage.damageBody(id, 2, new Uint8Array([1]));
			await report();
		}
		expect(world.service.ledger.sessions).toBe(2);
	});

	it("that held the profiles leaves histories that the user can delete", async () => {
		const world = await begun();
		world.storage.forgetProfiles();
		world.restartWorker();
		const { orphans, problems } = await world.engine.snapshot();
		expect(orphans).toMatchObject([{ id, versions: 2, size: 4 }]);
		expect(problems[0]).toContain("The browser has lost a profile");
		const kept = await world.add({ name: "another" });
		await world.settle();
		await world.engine.remote.deleteOrphan({ id: kept });
		expect(world.storage.contents(kept)).toEqual(["v2"]);
		await world.engine.remote.deleteOrphan({ id });
		expect(world.storage.contents(id)).toEqual([]);
		const after = await world.engine.snapshot();
		expect([after.orphans, after.problems]).toEqual([[], []]);
	});

	it("is not confused with versions that the user deleted or that were never received", async () => {
		const world = await begun();
		await world.engine.remote.deleteVersions({ id, numbers: [1, 2] });
		world.restartWorker();
		await world.advance(MINUTE);
		expect((await world.profile()).loss).toBeUndefined();
		// The browser ends before the version that is fetched again has arrived.
		world.service.trouble = () => ({ kind: "network" });
		await world.engine.remote.fetchAgain({ id });
		world.restartBrowser();
		await world.advance(MINUTE);
		expect((await world.profile()).loss).toBeUndefined();
	});
});

type Change = (world: World) => Promise<unknown>;

const CHANGES: Record<string, Change> = {
	"a pause": ({ engine }) => engine.remote.pause({ id }),
	"a pin": ({ engine }) =>
		engine.remote.pinVersion({ id, number: 1, pinned: true }),
	"a note": ({ engine }) =>
		engine.remote.annotateVersion({ id, number: 2, note: "good" }),
	"a version's deletion": ({ engine }) =>
		engine.remote.deleteVersions({ id, numbers: [1] }),
	"the newest version's deletion": ({ engine }) =>
		engine.remote.deleteVersions({ id, numbers: [2] }),
	"a profile's deletion": ({ engine }) => engine.remote.deleteProfile({ id }),
	"an edit": ({ engine }) =>
		engine.remote.saveProfile({ id, profile: { ...DRAFT, name: "other" } }),
	"a new profile": ({ engine }) =>
		engine.remote.saveProfile({ profile: { ...DRAFT, name: "new" } }),
	"an import of profiles": ({ engine }) =>
		engine.remote.importProfiles({ profiles: [{ ...DRAFT, name: "new" }] }),
	"what was seen": ({ engine }) => engine.remote.markSeen({ id, number: 2 }),
};

describe("a full disk", () => {
	for (const [what, change] of Object.entries(CHANGES))
		it(`that refuses ${what} changes nothing, and a message says what to do until a change is saved`, async () => {
			const world = createWorld();
			world.service.deploy("v1");
			await world.add();
			await world.advance(MINUTE);
			world.service.deploy("v2");
			await world.advance(2 * MINUTE);
			const before = await world.engine.snapshot();
			world.storage.failNextSave();
			await expect(change(world)).rejects.toThrow();
			const after = await world.engine.snapshot();
			expect(after.profiles).toEqual(before.profiles);
			expect(after.problems).toEqual([
				expect.stringMatching(
					/^The last change was not saved: the disk .* is full\..*Free disk space/,
				),
			]);
			await world.engine.remote.pause({ id });
			expect((await world.engine.snapshot()).problems).toEqual([]);
			world.restartWorker();
			expect((await world.profile()).versions).toHaveLength(2);
		});

	it("keeps the last version, shows a fault, and polling recovers when there is room", async () => {
		const world = await begun();
		world.storage.failVersions(true);
		world.service.deploy("v3");
		await world.advance(2 * MINUTE);
		const full = await world.profile();
		expect(full.fault).toMatchObject({
			kind: "storage",
			detail: "QuotaExceededError",
		});
		expect(full.versions[0]?.number).toBe(2);
		expect(await readText(world, 2)).toBe("v2");
		world.storage.failVersions(false);
		await world.advance(HOUR);
		expect((await world.profile()).fault).toBeUndefined();
		expect(await readText(world, 3)).toBe("v3");
	});
});

describe("a damaged record", () => {
	it("is deleted with its bytes at the user's command, and is not reported as a loss", async () => {
		const world = await begun();
		world.storage.damageVersion(id, 2, "text");
		world.restartWorker();
		await world.advance(MINUTE);
		const { damaged } = await world.engine.snapshot();
		expect(damaged).toMatchObject([{ area: "versions", key: '["p1",2]' }]);
		const [record] = damaged ?? [];
		if (record) await world.engine.remote.deleteDamaged(record);
		const after = await world.engine.snapshot();
		expect([after.damaged, after.problems]).toEqual([[], []]);
		expect(world.storage.contents(id)).toEqual(["v1", "v2"]);
		world.restartBrowser();
		await world.settle();
		expect((await world.profile()).loss).toBeUndefined();
	});

	it("that is not damaged is not deleted", async () => {
		const world = await begun();
		for (const key of ['["p1",2]', "profile:p1"])
			for (const area of ["local", "versions", "bodies"] as const)
				await world.engine.remote.deleteDamaged({ area, key });
		world.restartWorker();
		expect((await world.profile()).versions).toHaveLength(2);
	});
});

async function readText(world: World, number: number): Promise<string> {
	const body = await world.storage.readBody(id, number);
	return new TextDecoder().decode(body);
}

import { describe, expect, it, vi } from "vitest";
import type { Version } from "../../src/core/history/history.ts";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import { hasUnseenChange } from "../../src/core/protocol/snapshot.ts";
import type { Fault } from "../../src/core/session/fault.ts";
import type { Result } from "../../src/core/shared/result.ts";
import { holdBack } from "../helpers/service.ts";
import { AWS_DRAFT, createWorld, DRAFT, START } from "../helpers/world.ts";

const MINUTE = 60_000;

describe("the engine", () => {
	it("fetches a new profile's configuration at once and keeps polling it", async () => {
		const world = createWorld();
		world.service.deploy('{"a":1}', "first");
		const id = await world.add();
		await world.settle();
		const [version] = (await world.profile(id)).versions;
		expect(version).toMatchObject({
			number: 1,
			label: "first",
			contentType: "application/json",
			size: 7,
			receivedAt: START,
		});
		await world.advance(10 * MINUTE);
		expect(world.service.ledger).toMatchObject({
			sessions: 1,
			polls: 10,
			tooEarly: 0,
			reused: 0,
		});
	});

	it("keeps content, type and label of the last version when the service says unchanged", async () => {
		const world = createWorld();
		world.service.deploy("v1", "one");
		await world.add();
		await world.advance(5 * MINUTE);
		const { versions, checkedAt } = await world.profile();
		expect(versions).toHaveLength(1);
		expect(versions[0]).toMatchObject({
			label: "one",
			contentType: "application/json",
			receivedAt: START,
		});
		expect(versions[0]?.confirmedAt).toBe(checkedAt);
		expect(checkedAt).toBe(START + 4 * 61_000);
	});

	it("writes to the history at most every 15 minutes while nothing changes, and keeps each confirmation when the worker dies", async () => {
		const world = createWorld();
		const stored = async () =>
			(await world.storage.load()).versions
				.get("p1")
				?.map(({ row }) => (row as Version).confirmedAt - START);
		world.service.deploy("v1");
		await world.add();
		await world.advance(14 * MINUTE);
		expect(await stored()).toEqual([0]);
		world.restartWorker();
		const [version] = (await world.profile()).versions;
		expect(version?.confirmedAt).toBe(START + 13 * 61_000);
		await world.advance(2 * MINUTE);
		expect(await stored()).toEqual([15 * 61_000]);
		world.restartBrowser();
		expect((await world.profile()).checkedAt).toBe(START + 15 * 61_000);
	});

	it("keeps the last confirmation of a version that is no longer the newest", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.advance(3 * MINUTE);
		world.service.deploy("v2");
		await world.advance(MINUTE);
		world.restartBrowser();
		const { versions } = await world.profile();
		expect(versions.map(({ confirmedAt }) => confirmedAt - START)).toEqual([
			3 * 61_000,
			2 * 61_000,
		]);
	});

	it("appends a version when the content changes, also back to what it was", async () => {
		const world = createWorld();
		for (const content of ["v1", "v2", "v1"]) {
			world.service.deploy(content);
			if (content === "v1" && world.service.ledger.sessions === 0)
				await world.add();
			await world.advance(2 * MINUTE);
		}
		expect(world.storage.contents("p1")).toEqual(["v1", "v2", "v1"]);
		const { versions } = await world.profile();
		expect(versions.map(({ number }) => number)).toEqual([3, 2, 1]);
	});

	it("adds no version for the same bytes from a new session", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.advance(MINUTE);
		world.service.expireAll();
		await world.advance(2 * MINUTE);
		expect(world.service.ledger.sessions).toBe(2);
		expect(world.storage.contents("p1")).toEqual(["v1"]);
		expect((await world.profile()).fault).toBeUndefined();
	});

	it("keeps the last configuration and its age through an outage, then recovers", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.settle();
		world.service.trouble = () => ({ kind: "network" });
		await world.advance(60 * MINUTE);
		const away = await world.profile();
		expect(away.fault?.kind).toBe("network");
		expect(away.checkedAt).toBe(START);
		expect(away.versions).toHaveLength(1);
		world.service.trouble = undefined;
		world.service.deploy("v2");
		await world.advance(MINUTE);
		expect((await world.profile()).fault).toBeUndefined();
		expect(world.storage.contents("p1")).toEqual(["v1", "v2"]);
		expect(world.service.ledger.callTimes.length).toBeLessThanOrEqual(64);
	});

	it.each([
		"throttled",
		"service-error",
		"network",
		"timeout",
		"unknown",
	] as const)(
		"polls a service that answers %s no more often than one that works",
		async (kind) => {
			const world = createWorld({ random: () => 0 });
			world.service.deploy("v1");
			await world.add();
			await world.settle();
			const { callTimes } = world.service.ledger;
			const before = callTimes.length;
			world.service.trouble = () => ({ kind });
			await world.advance(10 * MINUTE);
			expect(callTimes.length - before).toBeLessThanOrEqual(10);
			for (const [index, at] of callTimes.slice(before + 1).entries())
				expect(at - (callTimes[before + index] ?? 0)).toBeGreaterThanOrEqual(
					MINUTE,
				);
		},
	);

	it("polls at once what failed for want of a network when the computer is online again", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.add({ name: "throttled" });
		const paused = await world.add({ name: "paused" });
		await world.settle();
		let kinds = ["network", "throttled", "network"] as const;
		const next = () => ({ kind: kinds[0] });
		world.service.trouble = () => {
			const trouble = next();
			kinds = [kinds[1], kinds[2], kinds[0]] as never;
			return trouble;
		};
		await world.advance(MINUTE + 2_000);
		await world.engine.remote.pause({ id: paused });
		world.service.trouble = undefined;
		const before = world.service.ledger.callTimes.length;
		world.service.deploy("v2");
		await world.engine.online();
		await world.settle();
		// A new session and its first poll.
		expect(world.service.ledger.callTimes.length - before).toBe(2);
		expect(world.storage.contents("p1")).toEqual(["v1", "v2"]);
		expect((await world.profile("p2" as ProfileId)).fault?.kind).toBe(
			"throttled",
		);
	});

	it("polls at once what failed offline when a new worker finds the computer online", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.settle();
		world.isOnline = false;
		world.service.trouble = () => ({ kind: "network" });
		await world.advance(MINUTE + 2_000);
		world.service.trouble = undefined;
		world.isOnline = true;
		world.restartWorker();
		await world.settle();
		expect((await world.profile()).fault).toBeUndefined();
	});

	it("polls at the user's command when the service allows it, or says when", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const id = await world.add();
		await world.settle();
		const { remote } = world.engine;
		expect(await remote.pollNow({ id })).toEqual({
			status: "too-early",
			at: START + 61_000,
		});
		await remote.pause({ id });
		await world.advance(2 * MINUTE);
		const twice = [remote.pollNow({ id }), remote.pollNow({ id })];
		expect(await Promise.all(twice)).toEqual([
			{ status: "started" },
			{ status: "under-way" },
		]);
		await world.settle();
		expect(world.service.ledger).toMatchObject({ polls: 2, tooEarly: 0 });
	});

	it("makes one call per profile however often it ticks", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add({ name: "one" });
		await world.add({ name: "two", environment: "production" });
		await world.advance(61_000);
		const before = world.service.ledger.polls;
		world.sleep(61_000);
		for (let i = 0; i < 10; i++) void world.engine.tick();
		await world.settle();
		expect(world.service.ledger.polls).toBe(before + 2);
	});

	it("continues the session after a restart of the worker", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.advance(30_000);
		world.restartWorker();
		await world.advance(31_000);
		expect(world.service.ledger).toMatchObject({ sessions: 1, polls: 2 });
	});

	it("opens a new session after a restart of the browser, and keeps the history", async () => {
		const world = createWorld();
		world.service.deploy("v1", "one");
		const id = await world.add();
		await world.settle();
		await world.engine.remote.markSeen({ id, number: 1 });
		world.restartBrowser();
		await world.settle();
		const restored = await world.profile();
		expect(restored.versions).toHaveLength(1);
		expect(restored.lastSeenNumber).toBe(1);
		expect(world.service.ledger.sessions).toBe(2);
	});

	it("arms the alarm before a call, so that a worker that dies during it is started again", async () => {
		const world = createWorld();
		world.service.open = () => new Promise(() => undefined);
		await world.add();
		await world.settle();
		// About when the next poll is due, so that it needs no second alarm.
		expect(world.alarmAt).toBe(START + MINUTE + 3_000);
		expect((await world.profile()).phase).toBe("opening");
	});

	it("waits for a call that takes minutes without making another one", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		const { release } = holdBack(world.service, "poll");
		await world.advance(8 * MINUTE);
		expect(world.service.ledger.callTimes).toHaveLength(1);
		expect((await world.profile()).phase).toBe("polling");
		release();
		await world.settle();
		expect(world.storage.contents("p1")).toEqual(["v1"]);
		expect((await world.profile()).fault).toBeUndefined();
		expect(world.service.ledger).toMatchObject({ sessions: 1, polls: 1 });
	});

	it("gives up a call that never returns", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		const { poll } = world.service;
		world.service.poll = () => new Promise(() => undefined);
		await world.advance(13 * MINUTE);
		expect((await world.profile()).fault?.kind).toBe("timeout");
		world.service.poll = poll;
		await world.advance(13 * MINUTE);
		expect((await world.profile()).fault).toBeUndefined();
	});

	it("opens a new session when a profile is edited to poll something else, but not for a new name", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const id = await world.add();
		await world.settle();
		const profile = { ...DRAFT, name: "renamed" };
		await world.engine.remote.saveProfile({ id, profile });
		await world.settle();
		expect(world.service.ledger.sessions).toBe(1);
		await world.engine.remote.saveProfile({
			id,
			profile: { ...profile, environment: "production" },
		});
		await world.settle();
		expect(world.service.ledger.sessions).toBe(2);
		expect((await world.profile()).profile.name).toBe("renamed");
	});

	it("forgets the keys of all profiles at once and gives up calls made with them", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const keys = {
			accessKeyId: "AKIAIOSFODNN7EXAMPLE",
			secretAccessKey: "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY01",
		};
		const ids: ProfileId[] = [];
		for (const name of ["one", "two"])
			ids.push(
				await world.engine.remote.saveProfile({
					profile: { ...AWS_DRAFT, name },
					keys,
				}),
			);
		await world.settle();
		const sessions = world.service.ledger.sessions;
		for (const id of ids)
			expect((await world.profile(id)).accessKeyHint).toBe("AKIA…MPLE");
		await world.engine.forgetKeys();
		await world.settle();
		for (const id of ids)
			expect(await world.profile(id)).not.toHaveProperty("accessKeyHint");
		expect(world.service.ledger.sessions).toBe(sessions + ids.length);
		world.restartWorker();
		for (const id of ids)
			expect(await world.profile(id)).not.toHaveProperty("accessKeyHint");
	});

	it("halts without credentials and continues once they are given", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		world.service.trouble = () => ({ kind: "credentials-missing" });
		const profile = AWS_DRAFT;
		const id = await world.engine.remote.saveProfile({ profile });
		await world.advance(60 * MINUTE);
		expect(world.service.ledger.callTimes).toHaveLength(1);
		world.service.trouble = undefined;
		await world.engine.remote.saveProfile({
			id,
			profile,
			keys: {
				accessKeyId: "AKIAABCDEFGHIJKLMNOP",
				secretAccessKey: "s".repeat(40),
			},
		});
		await world.settle();
		const { versions, accessKeyHint, fault } = await world.profile();
		expect(versions).toHaveLength(1);
		expect(fault).toBeUndefined();
		expect(accessKeyHint).toBe("AKIA…MNOP");
		await world.engine.remote.forgetCredentials({ id });
		expect((await world.profile()).accessKeyHint).toBeUndefined();
	});

	it("polls at once when a missing permission is granted", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		world.service.trouble = () => ({ kind: "permission-missing" });
		await world.add();
		await world.settle();
		expect((await world.profile()).phase).toBe("resting");
		world.service.trouble = undefined;
		await world.engine.retry("permission-missing");
		await world.settle();
		expect((await world.profile()).versions).toHaveLength(1);
	});

	it("deletes a profile with its history, even during a poll", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const id = await world.add();
		await world.engine.remote.deleteProfile({ id });
		await world.settle();
		expect(world.storage.contents(id)).toEqual([]);
		expect((await world.engine.snapshot()).profiles).toEqual([]);
		expect(world.alarmAt).toBeUndefined();
		expect(await world.engine.remote.pollNow({ id })).toEqual({
			status: "no-such-profile",
		});
	});

	it("makes no call that could not be recorded before", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.advance(60_000);
		const { polls } = world.service.ledger;
		world.storage.failNextSave();
		await world.advance(1_000);
		expect(world.service.ledger.polls).toBe(polls);
		expect((await world.profile()).fault?.kind).toBe("storage");
		await world.advance(2 * MINUTE);
		expect((await world.profile()).fault).toBeUndefined();
		expect(world.service.ledger.reused).toBe(0);
	});

	it("retries ever more slowly when a configuration cannot be stored", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.settle();
		world.service.deploy("v2");
		world.storage.failVersions(true);
		await world.advance(24 * 60 * MINUTE);
		expect(world.service.ledger.served.length).toBeLessThan(32);
		world.storage.failVersions(false);
		await world.advance(61 * MINUTE);
		expect(world.storage.contents("p1")).toEqual(["v1", "v2"]);
	});

	it("shows and changes nothing while its storage cannot be read, and tries again", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const id = await world.add();
		await world.settle();
		world.storage.failLoads(true);
		world.restartWorker();
		const published = vi.fn();
		world.engine.subscribe(published);
		const { profiles, problems } = await world.engine.snapshot();
		expect(profiles).toEqual([]);
		expect(problems[0]).toContain("could not be read");
		await expect(
			world.engine.remote.saveProfile({ id, profile: DRAFT }),
		).rejects.toThrow();
		await expect(
			world.engine.withSavedProfiles(async () => undefined),
		).rejects.toThrow();
		expect(published).not.toHaveBeenCalled();
		await world.advance(MINUTE);
		world.storage.failLoads(false);
		await world.advance(MINUTE);
		expect((await world.profile(id)).versions).toHaveLength(1);
		expect(published).toHaveBeenCalled();
	});

	it("does not count a call that was not made", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		world.service.trouble = () => ({
			kind: "credentials-missing",
			isUnsent: true,
		});
		const id = await world.add();
		await world.settle();
		const { phase, usage, fault } = await world.profile();
		expect(phase).toBe("halted");
		expect(usage).toEqual({ since: 0, calls: 0, received: 0 });
		// `isUnsent` is not kept.
		expect(fault).not.toHaveProperty("isUnsent");
		world.service.trouble = () => ({ kind: "access-denied" });
		await world.engine.remote.pollNow({ id });
		await world.settle();
		expect((await world.profile()).usage.calls).toBe(1);
	});

	it("continues the version numbers after the history was lost, and counts the next version as unseen", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const id = await world.add();
		await world.settle();
		await world.engine.remote.markSeen({ id, number: 1 });
		world.storage.damageVersion(id, 1, undefined);
		world.restartBrowser();
		await world.settle();
		const profile = await world.profile();
		expect(profile.versions.map(({ number }) => number)).toEqual([2]);
		expect(hasUnseenChange(profile)).toBe(true);
	});

	it("fetches the newest version again when it cannot be read, and keeps the others", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const id = await world.add();
		await world.advance(MINUTE);
		world.service.deploy("v2");
		await world.advance(2 * MINUTE);
		world.storage.damageVersion(id, 2, { broken: true });
		world.restartWorker();
		await world.settle();
		const { versions } = await world.profile();
		expect(versions.map(({ number }) => number)).toEqual([3, 1]);
		expect((await world.engine.snapshot()).problems[0]).toContain("settings");
	});

	it("gives up a call with the old keys when new ones are saved", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		let answer: (value: Result<never, Fault>) => void = () => undefined;
		const { open } = world.service;
		world.service.open = () =>
			new Promise((resolve) => {
				answer = resolve;
			});
		const id = await world.engine.remote.saveProfile({
			profile: AWS_DRAFT,
		});
		await world.settle();
		world.service.open = open;
		await world.engine.remote.saveProfile({
			id,
			profile: AWS_DRAFT,
			keys: {
				accessKeyId: "AKIAABCDEFGHIJKLMNOP",
				secretAccessKey: "s".repeat(40),
			},
		});
		await world.settle();
		answer({
			ok: false,
			error: {
				kind: "credentials-invalid",
				operation: "StartConfigurationSession",
				at: world.now,
				detail: "",
			},
		});
		await world.settle();
		const profile = await world.profile();
		expect(profile.phase).toBe("waiting");
		expect(profile.fault).toBeUndefined();
	});

	it("publishes nothing before the stored profiles have been read", async () => {
		const world = createWorld();
		await world.add();
		await world.settle();
		world.restartWorker();
		const counts: number[] = [];
		world.engine.subscribe(({ profiles }) => counts.push(profiles.length));
		world.engine.publish();
		await world.settle();
		world.engine.publish();
		expect(new Set(counts)).toEqual(new Set([1]));
	});

	it("shows profiles only together with their connections", async () => {
		let read: (value: unknown) => void = () => {};
		const connectionsLoaded = new Promise((resolve) => {
			read = resolve;
		});
		const world = createWorld({ connectionsLoaded });
		const shown = vi.fn();
		void world.engine.snapshot().then(shown);
		await world.settle();
		expect(shown).not.toHaveBeenCalled();
		read(undefined);
		await world.settle();
		expect(shown).toHaveBeenCalledOnce();
	});

	it("lists a profile that is being saved among the saved profiles", async () => {
		const world = createWorld();
		const added = world.add();
		const names = world.engine.withSavedProfiles(async (profiles) =>
			profiles.map(({ name }) => name),
		);
		expect(await names).toEqual([DRAFT.name]);
		await added;
	});

	it("publishes every change to its listeners until they unsubscribe", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const phases: (string | undefined)[] = [];
		const stop = world.engine.subscribe(({ profiles }) =>
			phases.push(profiles[0]?.phase),
		);
		await world.add();
		await world.settle();
		expect([...new Set(phases)]).toEqual([
			undefined,
			"idle",
			"opening",
			"polling",
			"waiting",
		]);
		const seen = phases.length;
		stop();
		await world.advance(5 * MINUTE);
		expect(phases).toHaveLength(seen);
	});

	it("never shows a token or a key to a view", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const secretAccessKey = "canary/secret+access/key0123456789abcdef";
		await world.engine.remote.saveProfile({
			profile: AWS_DRAFT,
			keys: {
				accessKeyId: "ASIACANARYCANARYCANA",
				secretAccessKey,
				sessionToken: "canary-session-token",
			},
		});
		await world.settle();
		const text = JSON.stringify(await world.engine.snapshot());
		expect(text).toContain("ASIA…CANA");
		for (const secret of [
			"ASIACANARYCANARYCANA",
			secretAccessKey,
			"canary-session-token",
			"token-",
		])
			expect(text).not.toContain(secret);
	});
});

import { describe, expect, it } from "vitest";
import { holdBack } from "../helpers/service.ts";
import { createWorld } from "../helpers/world.ts";

const MINUTE = 60_000;

describe("a pause by the user", () => {
	it("makes no call while paused and continues the session when resumed", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const id = await world.add();
		await world.settle();
		await world.engine.remote.pause({ id });
		expect(world.alarmAt).toBeUndefined();
		world.service.deploy("v2");
		await world.advance(60 * MINUTE);
		expect(world.service.ledger.polls).toBe(1);
		await world.engine.remote.resume({ id });
		await world.settle();
		expect(world.storage.contents(id)).toEqual(["v1", "v2"]);
		expect(world.service.ledger.sessions).toBe(1);
	});

	for (const { next, polls } of [
		{ next: "resume", polls: 1 },
		{ next: "pollNow", polls: 1 },
		{ next: undefined, polls: 0 },
	] as const)
		it(`during the opening of a session makes ${polls ? "its first poll" : "no poll"} ${next ? `after ${next}` : "of it"}`, async () => {
			const world = createWorld();
			world.service.deploy("v1");
			const held = holdBack(world.service, "open");
			const id = await world.add();
			await world.engine.remote.pause({ id });
			if (next) await world.engine.remote[next]({ id });
			held.release();
			await world.advance(60 * MINUTE);
			expect(world.service.ledger).toMatchObject({ sessions: 1, reused: 0 });
			if (polls === 0) expect(world.service.ledger.polls).toBe(0);
			else expect(world.storage.contents(id)).toEqual(["v1"]);
		});

	it("during the opening of a session uses that session when resumed", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const held = holdBack(world.service, "open");
		const id = await world.add();
		await world.engine.remote.pause({ id });
		held.release();
		await world.settle();
		await world.engine.remote.resume({ id });
		await world.settle();
		expect(world.service.ledger).toMatchObject({ sessions: 1, polls: 1 });
	});

	it("while a token is refused opens no other session until resumed", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		const id = await world.add();
		await world.settle();
		world.service.expireAll();
		const held = holdBack(world.service, "poll");
		await world.advance(MINUTE + 1_000);
		await world.engine.remote.pause({ id });
		held.release();
		await world.advance(60 * MINUTE);
		expect(world.service.ledger.sessions).toBe(1);
		await world.engine.remote.resume({ id });
		await world.settle();
		expect(world.service.ledger.sessions).toBe(2);
	});

	it("survives a restart of the browser", async () => {
		const world = createWorld();
		const id = await world.add();
		await world.engine.remote.pause({ id });
		const calls = world.service.ledger.callTimes.length;
		world.restartBrowser();
		await world.advance(60 * MINUTE);
		expect(world.service.ledger.callTimes).toHaveLength(calls);
		expect((await world.profile()).paused).toBe(true);
	});
});

describe("an automatic pause", () => {
	it("makes no call until it ends, then polling resumes", async () => {
		const world = createWorld();
		const id = await world.add();
		await world.settle();
		const before = (await world.profile(id)).usage.calls;
		world.pauseReason = "away";
		await world.advance(10 * MINUTE);
		expect(await world.profile(id)).toMatchObject({
			pauseReason: "away",
			usage: { calls: before },
		});
		expect((await world.profile(id)).dueAt).toBeUndefined();
		world.pauseReason = undefined;
		await world.advance(2 * MINUTE);
		const after = await world.profile(id);
		expect(after.pauseReason).toBeUndefined();
		expect(after.usage.calls).toBeGreaterThan(before);
	});

	it("is kept by a restarted worker", async () => {
		const world = createWorld();
		const id = await world.add();
		await world.settle();
		const { calls } = (await world.profile(id)).usage;
		world.pauseReason = "offline";
		await world.advance(3 * MINUTE);
		world.restartWorker();
		await world.advance(3 * MINUTE);
		expect((await world.profile(id)).usage.calls).toBe(calls);
	});

	it("arms no alarm for a profile that the user has paused", async () => {
		const world = createWorld();
		const id = await world.add();
		await world.engine.remote.pause({ id });
		world.pauseReason = "away";
		await world.engine.tick();
		expect(world.alarmAt).toBeUndefined();
		expect((await world.profile(id)).pauseReason).toBeUndefined();
	});
});

describe("calls and configurations received", () => {
	it("count over restarts of the worker", async () => {
		const world = createWorld();
		world.service.deploy("one");
		const id = await world.add();
		await world.advance(5 * MINUTE);
		const { usage } = await world.profile(id);
		// One to open the session, then one a minute; AppConfig sends the configuration once.
		expect(usage).toMatchObject({ received: 1 });
		expect(usage.calls).toBeGreaterThan(4);
		world.service.deploy("two");
		world.restartWorker();
		await world.advance(2 * MINUTE);
		const later = (await world.profile(id)).usage;
		expect(later.since).toBe(usage.since);
		expect(later.received).toBe(2);
		expect(later.calls).toBeGreaterThan(usage.calls);
	});
});

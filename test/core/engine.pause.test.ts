import { describe, expect, it } from "vitest";
import { holdBack } from "../helpers/service.ts";
import { createWorld } from "../helpers/world.ts";

const MINUTE = 60_000;

describe("a pause", () => {
	it("asks nothing while paused, keeps the session, and goes on when resumed", async () => {
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
		expect(world.disk.contents(id)).toEqual(["v1", "v2"]);
		expect(world.service.ledger.sessions).toBe(1);
	});

	for (const { next, polls } of [
		{ next: "resume", polls: 1 },
		{ next: "pollNow", polls: 1 },
		{ next: undefined, polls: 0 },
	] as const)
		it(`paused while its session is opened makes ${polls ? "its first poll" : "no poll"} ${next ? `after ${next}` : "of it"}`, async () => {
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
			else expect(world.disk.contents(id)).toEqual(["v1"]);
		});

	it("paused while its session is opened uses that session when it goes on", async () => {
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

	it("paused while its token is refused opens no other session", async () => {
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

	it("stays paused across a restart of the browser", async () => {
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

// Polling that pauses by itself, and what it has cost.
import { expect, test } from "vitest";
import { createWorld } from "../helpers/world.ts";

const MINUTE = 60_000;

test("while it has to pause nothing is called, and it goes on by itself", async () => {
	const world = createWorld();
	const id = await world.add();
	await world.settle();
	const before = (await world.profile(id)).usage.calls;
	world.hold = "away";
	await world.advance(10 * MINUTE);
	expect(await world.profile(id)).toMatchObject({
		pauseReason: "away",
		usage: { calls: before },
	});
	expect((await world.profile(id)).dueAt).toBeUndefined();
	world.hold = undefined;
	await world.advance(2 * MINUTE);
	const after = await world.profile(id);
	expect(after.pauseReason).toBeUndefined();
	expect(after.usage.calls).toBeGreaterThan(before);
});

test("a restarted worker does not poll while it has to pause", async () => {
	const world = createWorld();
	const id = await world.add();
	await world.settle();
	const { calls } = (await world.profile(id)).usage;
	world.hold = "offline";
	await world.advance(3 * MINUTE);
	world.restartWorker();
	await world.advance(3 * MINUTE);
	expect((await world.profile(id)).usage.calls).toBe(calls);
});

test("a profile that the user has paused wakes nobody while it has to pause", async () => {
	const world = createWorld();
	const id = await world.add();
	await world.engine.remote.pause({ id });
	world.hold = "away";
	await world.engine.tick();
	expect(world.alarmAt).toBeUndefined();
	expect((await world.profile(id)).pauseReason).toBeUndefined();
});

test("calls and configurations received are counted, over restarts of the worker", async () => {
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

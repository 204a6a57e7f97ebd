import { describe, expect, it } from "vitest";
import { createWorld, type World } from "../helpers/world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const INTERVAL = 61_000;
const JUMPS = [MINUTE, 60 * MINUTE, 8 * 60 * MINUTE, DAY, 3_653 * DAY];

const WHILE: Record<string, (world: World) => Promise<void>> = {
	"it waits": (world) => world.advance(10 * MINUTE + 20_000),
	"it has not begun": async () => undefined,
	"it rests after a fault": async (world) => {
		await world.advance(10 * MINUTE);
		world.service.trouble = () => ({ kind: "network" });
		await world.advance(5 * MINUTE);
		world.service.trouble = undefined;
	},
};

describe("a computer clock that is changed", () => {
	for (const [phase, prepare] of Object.entries(WHILE))
		for (const by of JUMPS.flatMap((jump) => [jump, -jump]))
			it(`by ${by / MINUTE} min while ${phase}, and back again, neither delays polls for long nor causes a burst`, async () => {
				const world = createWorld();
				world.service.deploy("v1");
				await world.add();
				await prepare(world);
				for (const jump of [by, -by]) {
					world.setClock(jump);
					await nextIsSoon(world);
					await noBurst(world);
				}
				expect(world.service.ledger.reused).toBe(0);
				expect((await world.profile()).fault).toBeUndefined();
			});

	for (const back of [2_000, 30_000, 59_000, 60 * MINUTE, 3 * DAY])
		it(`back by ${back / 1_000} s while the worker runs delays no poll`, async () => {
			const world = createWorld();
			world.service.deploy("v1");
			await world.add();
			await world.advance(INTERVAL);
			for (const after of [1_000, 40_000, 60_000]) {
				const { callTimes } = world.service.ledger;
				const last = callTimes.at(-1) ?? 0;
				world.sleep(after);
				world.setClock(-back);
				await world.engine.tick();
				await world.advance(INTERVAL - after);
				await world.settle();
				const gap = (callTimes.at(-1) ?? 0) - last;
				expect(gap).toBe(INTERVAL);
			}
			expect(world.service.ledger).toMatchObject({ tooEarly: 0, sessions: 1 });
		});

	for (const back of [60 * MINUTE, 8 * 60 * MINUTE, 3 * DAY])
		it(`back by ${back / MINUTE} min while nothing wakes the worker delays polls by no more than that, then one poll follows`, async () => {
			const world = await polled();
			const { ledger } = world.service;
			const before = ledger.polls;
			world.restartWorker();
			await world.settle();
			world.setClock(-back);
			await world.advance(back);
			expect(ledger.polls).toBe(before);
			world.service.deploy("v2");
			await world.advance(INTERVAL);
			await nextIsSoon(world);
			// A token is valid for a day: after three days it is refused once, and a new session is opened.
			expect(ledger.polls - before).toBeLessThanOrEqual(2);
			await noBurst(world);
			expect(ledger.reused).toBe(0);
			const { fault, versions } = await world.profile();
			expect(fault).toBeUndefined();
			expect(versions).toHaveLength(2);
		});

	it("set back by hours is noticed by the next start of the worker", async () => {
		const world = await polled();
		world.setClock(-8 * 60 * MINUTE);
		world.sleep(10 * MINUTE);
		world.restartWorker();
		await nextIsSoon(world);
		await noBurst(world);
		expect(world.service.ledger.reused).toBe(0);
	});

	it("set back by hours during a poll costs that poll only", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.settle();
		let answer = () => {};
		const { poll } = world.service;
		world.service.poll = async (...input) => {
			const reply = await poll(...input);
			await new Promise<void>((resolve) => {
				answer = resolve;
			});
			return reply;
		};
		await world.advance(INTERVAL);
		world.service.poll = poll;
		world.setClock(-60 * MINUTE);
		answer();
		await nextIsSoon(world);
		await noBurst(world);
		expect(world.service.ledger).toMatchObject({ sessions: 1, reused: 0 });
	});

	it("after eight hours of sleep makes one poll, not all that were missed", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.advance(10 * MINUTE);
		world.sleep(8 * 60 * MINUTE);
		const before = world.service.ledger.polls;
		await world.engine.tick();
		await world.settle();
		expect(world.service.ledger.polls).toBe(before + 1);
		expect(world.service.ledger.sessions).toBe(1);
		await noBurst(world);
	});
});

/** A profile that has been polled for a while without changes. */
async function polled(): Promise<World> {
	const world = createWorld();
	world.service.deploy("v1");
	await world.add();
	await world.advance(10 * MINUTE);
	return world;
}

/** After the worker has woken. */
async function nextIsSoon(world: World): Promise<void> {
	await world.engine.tick();
	await world.settle();
	const { dueAt } = await world.profile();
	expect(dueAt).toBeDefined();
	expect(Number(dueAt) - world.now).toBeLessThanOrEqual(1.5 * INTERVAL);
	expect(Number(world.alarmAt) - world.now).toBeLessThanOrEqual(1.5 * INTERVAL);
}

/** Half an hour with one poll per interval, of which at most one was too early because the clock was ahead. */
async function noBurst(world: World): Promise<void> {
	const { ledger } = world.service;
	const [before, early] = [ledger.polls, ledger.tooEarly];
	await world.advance(30 * MINUTE);
	expect(ledger.polls - before).toBeLessThanOrEqual(30);
	expect(ledger.polls - before).toBeGreaterThanOrEqual(28);
	expect(ledger.tooEarly - early).toBeLessThanOrEqual(1);
}

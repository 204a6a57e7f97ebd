import { describe, expect, it } from "vitest";
import {
	baselineOf,
	dismissChanges,
	type LastSeen,
	look,
} from "../../../src/core/history/last-seen.ts";
import { createWorld } from "../../helpers/world.ts";

const NEVER: LastSeen = { lastSeenNumber: 0 };
const MINUTE = 60_000;

describe("a look at a version", () => {
	it("finds no changes when it is the first one", () => {
		const seen = look(NEVER, 3, 1_000);
		expect(seen).toEqual({ lastSeenNumber: 3, lastSeenAt: 1_000 });
		expect(baselineOf(NEVER, 3)).toBeUndefined();
	});

	it("at the same version moves the time, at most twice a minute", () => {
		const seen = { lastSeenNumber: 3, lastSeenAt: 0 };
		expect(look(seen, 3, 29_999)).toBeUndefined();
		expect(look(seen, 3, 30_000)?.lastSeenAt).toBe(30_000);
	});

	it("at a newer version keeps what was seen before, until the changes are dismissed", () => {
		const yesterday = { lastSeenNumber: 3, lastSeenAt: 5 };
		expect(baselineOf(yesterday, 5)).toEqual({ number: 3, at: 5 });
		const first = look(yesterday, 5, 10) ?? NEVER;
		const second = look(first, 6, 20) ?? NEVER;
		expect(second).toEqual({
			lastSeenNumber: 6,
			lastSeenAt: 20,
			baseline: { number: 3, at: 5 },
		});
		expect(baselineOf(second, 6)).toEqual({ number: 3, at: 5 });
		const dismissed = dismissChanges(second, 6, 30);
		expect(dismissed).toEqual({ lastSeenNumber: 6, lastSeenAt: 30 });
		expect(baselineOf(dismissed, 6)).toBeUndefined();
	});

	it("at an older version changes nothing", () => {
		expect(look({ lastSeenNumber: 3, lastSeenAt: 0 }, 2, 9e9)).toBeUndefined();
	});

	it("is recorded after the clock was set back", () => {
		const seen = { lastSeenNumber: 3, lastSeenAt: 10 * MINUTE };
		expect(look(seen, 3, MINUTE)?.lastSeenAt).toBe(MINUTE);
	});

	it("that an older build stored has no time", () => {
		expect(baselineOf({ lastSeenNumber: 2 }, 3)).toEqual({ number: 2 });
	});
});

describe("what the user had seen", () => {
	const createProfile = async () => {
		const world = createWorld();
		world.service.deploy("v1", "one");
		const id = await world.add();
		await world.settle();
		await world.engine.remote.markSeen({ id, number: 1 });
		world.service.deploy("v2", "two");
		await world.advance(MINUTE + 1_000);
		return { world, id };
	};

	it("outlives the worker and the browser, until it is dismissed", async () => {
		const { world, id } = await createProfile();
		await world.engine.remote.markSeen({ id, number: 2 });
		for (const restart of [world.restartWorker, world.restartBrowser]) {
			restart.call(world);
			await world.settle();
			expect(await world.profile()).toMatchObject({
				lastSeenNumber: 2,
				baseline: { number: 1 },
			});
		}
		await world.engine.remote.dismissChanges({ id, number: 2 });
		expect(await world.profile()).not.toHaveProperty("baseline");
		world.restartBrowser();
		await world.settle();
		expect(await world.profile()).not.toHaveProperty("baseline");
	});

	it("is dismissed without a look, and not for a version that does not exist", async () => {
		const { world, id } = await createProfile();
		await world.engine.remote.dismissChanges({ id, number: 3 });
		expect((await world.profile()).lastSeenNumber).toBe(1);
		await world.engine.remote.dismissChanges({ id, number: 2 });
		expect((await world.profile()).lastSeenNumber).toBe(2);
	});
});

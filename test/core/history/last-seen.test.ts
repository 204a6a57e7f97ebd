import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
	baselineOf,
	dismissChanges,
	type LastSeen,
	look,
} from "../../../src/core/history/last-seen.ts";
import { createWorld, type World } from "../../helpers/world.ts";

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

	it("stays known by its number when that version is deleted", async () => {
		const { world, id } = await createProfile();
		await world.engine.remote.markSeen({ id, number: 2 });
		await world.engine.remote.deleteVersions({ id, numbers: [1] });
		world.restartWorker();
		expect((await world.profile()).baseline).toMatchObject({ number: 1 });
	});

	it("gets the numbers that an import gives to the versions", async () => {
		for (const isSeen of [true, false]) {
			const { world, id } = await createProfile();
			if (isSeen) await world.engine.remote.markSeen({ id, number: 2 });
			world.storage.stageVersions(
				id,
				["older", "old"].map((text, index) => {
					const body = new TextEncoder().encode(text);
					const time = world.now - 60 * MINUTE + index;
					const version = {
						number: index + 1,
						hash: createHash("sha256").update(body).digest("hex"),
						contentType: "text/plain",
						size: body.length,
						receivedAt: time,
						confirmedAt: time,
						pinned: false,
					};
					return { version, body };
				}),
			);
			await world.engine.remote.importVersions({ id });
			const { versions, lastSeenNumber, baseline } = await world.profile();
			expect(versions.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
			expect(lastSeenNumber).toBe(isSeen ? 4 : 3);
			expect(baseline?.number).toBe(isSeen ? 3 : undefined);
		}
	});

	it("is as before or as after when the worker dies on the way", async () => {
		const play = async (killAt: number) => {
			const life = { isCounting: false, isKilled: false, awaits: 0 };
			const world: World = createWorld({
				around: async (work) => {
					const dies = () =>
						life.isCounting && !life.isKilled && ++life.awaits === killAt;
					if (dies()) return die();
					const result = await work();
					return dies() ? die() : result;
				},
			});
			function die(): Promise<never> {
				life.isKilled = true;
				queueMicrotask(() => world.restartWorker());
				return new Promise(() => undefined);
			}
			world.service.deploy("v1");
			const id = await world.add();
			await world.settle();
			await world.engine.remote.markSeen({ id, number: 1 });
			world.service.deploy("v2");
			await world.advance(MINUTE + 1_000);
			life.isCounting = true;
			void world.engine.remote
				.markSeen({ id, number: 2 })
				.then(() => world.engine.remote.dismissChanges({ id, number: 2 }));
			await world.settle();
			await world.settle();
			const { lastSeenNumber, baseline } = await world.profile();
			return {
				isKilled: life.isKilled,
				state: [lastSeenNumber, baseline?.number],
			};
		};
		const states: (number | undefined)[][] = [];
		for (let killAt = 1; ; killAt += 1) {
			const { isKilled, state } = await play(killAt);
			states.push(state);
			if (!isKilled) break;
		}
		const possible = [
			[1, undefined],
			[2, 1],
			[2, undefined],
		];
		for (const state of states) expect(possible).toContainEqual(state);
		expect(states.at(0)).toEqual([1, undefined]);
		expect(states.at(-1)).toEqual([2, undefined]);
		expect(states.length).toBeGreaterThan(3);
	});
});

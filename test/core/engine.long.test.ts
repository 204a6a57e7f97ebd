import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../src/core/session/fault.ts";
import { times } from "../helpers/effort.ts";
import { createRandom } from "../helpers/seeded-random.ts";
import { createWorld } from "../helpers/world.ts";

const HOUR = 3_600_000;

const FAULTS: readonly FaultKind[] = [
	"network",
	"timeout",
	"service-error",
	"not-appconfig",
	"no-next-token",
];
/** The service refuses these calls without using the token. */
const REFUSALS: readonly FaultKind[] = ["throttled", "token-refused"];

describe("polling for a long time", () => {
	it("runs for a day without an early request or a token used twice", async () => {
		const world = createWorld({ intervalSeconds: 15 });
		world.service.deploy("v1");
		const ids = [];
		for (let i = 0; i < 10; i++) ids.push(await world.add({ name: `p${i}` }));
		await world.advance(25 * HOUR);
		const { ledger } = world.service;
		expect(ledger).toMatchObject({ tooEarly: 0, reused: 0 });
		// One poll in 16 s per profile plus half the jitter, and one session each: every token is young when it is used.
		expect(ledger.sessions).toBe(10);
		expect(ledger.polls).toBe(10 * (Math.floor((25 * 3_600) / 16.375) + 1));
		for (const id of ids) expect(world.storage.contents(id)).toEqual(["v1"]);
	}, 60_000);

	it("spreads the polls of 100 profiles that started together", async () => {
		const world = createWorld({ random: createRandom(7) });
		world.service.deploy("v1");
		for (let i = 0; i < 100; i++) await world.add({ name: `p${i}` });
		world.restartWorker();
		await world.advance(2 * HOUR);
		const { callTimes } = world.service.ledger;
		const late = callTimes.filter((at) => at > world.now - 10 * 60_000);
		const most = Math.max(
			...late.map(
				(from) => late.filter((at) => at >= from && at < from + 1_000).length,
			),
		);
		expect(late.length).toBeGreaterThan(900);
		expect(most).toBeLessThan(20);
		expect(world.service.ledger).toMatchObject({ tooEarly: 0, reused: 0 });
	}, 60_000);

	it("opens a new session for each poll when the interval is a day, the lifetime of a token", async () => {
		const world = createWorld({ intervalSeconds: 86_400 });
		world.service.deploy("v1");
		await world.add({ minimumPollIntervalSeconds: 86_400 });
		await world.advance(5 * 24 * HOUR);
		expect(world.service.ledger).toMatchObject({ tooEarly: 0, reused: 0 });
		expect(world.service.ledger.sessions).toBe(5);
		expect((await world.profile()).fault).toBeUndefined();
	});

	it("opens a new session after a sleep longer than a token's lifetime, without a refused poll", async () => {
		const world = createWorld();
		world.service.deploy("v1");
		await world.add();
		await world.settle();
		world.sleep(30 * HOUR);
		const before = world.service.ledger.callTimes.length;
		await world.advance(0);
		expect(world.service.ledger.sessions).toBe(2);
		expect(world.service.ledger.callTimes).toHaveLength(before + 2);
	});

	it("never loses the last good version in weeks with 3 % faults, deployments and restarts", async () => {
		const random = createRandom(20_260_101);
		const world = createWorld({ random });
		const pick = <T>(list: readonly T[]): T =>
			list[Math.floor(random() * list.length)] as T;
		world.service.deploy("v0");
		world.service.trouble = () => {
			if (random() >= 0.03) return undefined;
			if (random() < 0.3) return { kind: pick(REFUSALS) };
			return { kind: pick(FAULTS), afterAccept: random() < 0.5 };
		};
		const id = await world.add();
		const deployed = ["v0"];
		for (let hour = 1; hour <= times(16, 30) * 24; hour++) {
			await world.advance(HOUR);
			const shown = world.storage.contents(id).at(-1);
			expect(shown).toBe(deployed.at(-1));
			if (hour % 7 === 0) {
				deployed.push(`v${hour}`);
				world.service.deploy(`v${hour}`);
			}
			if (random() < 0.05) world.restartWorker();
			if (random() < 0.01) world.restartBrowser();
		}
		expect(world.service.ledger).toMatchObject({ tooEarly: 0, reused: 0 });
		const kept = world.storage.contents(id);
		expect(kept).toEqual(deployed.slice(-50));
		expect(kept).toHaveLength(50);
	}, 120_000);
});

import { describe, expect, it } from "vitest";
import { createClockStepDetector } from "../../../src/background/adapters/clock-watch.ts";

function setUp() {
	const time = { now: 1_000_000, elapsed: 500 };
	const setBackMs = createClockStepDetector({
		now: () => time.now,
		elapsed: () => time.elapsed,
	});
	const pass = (ms: number) => {
		time.now += ms;
		time.elapsed += ms;
	};
	return { time, pass, setBackMs };
}

describe("the watch over the clock", () => {
	it("says nothing while time passes", () => {
		const { pass, setBackMs } = setUp();
		for (const ms of [0, 1, 60_000, 86_400_000]) {
			pass(ms);
			expect(setBackMs()).toBe(0);
		}
	});

	it("says once by how much the clock was set back, however long ago it looked last", () => {
		const { time, pass, setBackMs } = setUp();
		pass(50_000);
		time.now -= 30_000;
		pass(20_000);
		expect(setBackMs()).toBe(30_000);
		expect(setBackMs()).toBe(0);
		time.now -= 3_600_000;
		expect(setBackMs()).toBe(3_600_000);
	});

	it("takes neither sleep nor a clock that is set on for one that is set back", () => {
		const { time, pass, setBackMs } = setUp();
		time.now += 8 * 3_600_000;
		expect(setBackMs()).toBe(0);
		pass(1_000);
		time.now -= 60_000;
		expect(setBackMs()).toBe(60_000);
	});

	it("adds up small steps until they count", () => {
		const { time, setBackMs } = setUp();
		const told: number[] = [];
		for (let index = 0; index < 5; index += 1) {
			time.now -= 400;
			told.push(setBackMs());
		}
		expect(told).toEqual([0, 0, 1_200, 0, 0]);
	});
});

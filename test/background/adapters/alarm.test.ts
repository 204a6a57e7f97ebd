import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
	ALARM_NAME,
	createAlarm,
	createClockStepDetector,
	createKeepAwake,
} from "../../../src/background/adapters/alarm.ts";

function setUp() {
	const alarms = { create: vi.fn(), clear: vi.fn() };
	const onWake = vi.fn();
	const alarm = createAlarm({
		alarms,
		now: () => Date.now(),
		elapsed: () => performance.now(),
		onWake,
	});
	/** Whatever wakes the worker for a moment. */
	const openView = () => {
		alarm.setViewOpen(true);
		alarm.setViewOpen(false);
	};
	return { alarms, onWake, alarm, openView };
}

describe("the poll alarm", () => {
	beforeEach(() => {
		vi.useFakeTimers({ now: 1_000_000 });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it("uses only the browser's alarm while no view is open, so that the worker may sleep", () => {
		const { alarms, onWake, alarm } = setUp();
		alarm.arm(1_060_000);
		expect(alarms.create).toHaveBeenCalledWith(
			ALARM_NAME,
			expect.objectContaining({ when: 1_060_000 }),
		);
		vi.advanceTimersByTime(120_000);
		expect(onWake).not.toHaveBeenCalled();
	});

	it("goes off to the millisecond while a view is open", () => {
		const { onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(1_016_000);
		vi.advanceTimersByTime(15_999);
		expect(onWake).not.toHaveBeenCalled();
		vi.advanceTimersByTime(1);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("starts and stops its timer with a view that opens and closes later", () => {
		const { onWake, alarm } = setUp();
		alarm.arm(1_016_000);
		alarm.setViewOpen(true);
		alarm.setViewOpen(false);
		vi.advanceTimersByTime(60_000);
		expect(onWake).not.toHaveBeenCalled();
		alarm.setViewOpen(true);
		vi.advanceTimersByTime(0);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("is replaced by a later one and cleared when disarmed", () => {
		const { alarms, onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(1_010_000);
		alarm.arm(1_020_000);
		vi.advanceTimersByTime(15_000);
		expect(onWake).not.toHaveBeenCalled();
		alarm.arm(undefined);
		vi.advanceTimersByTime(15_000);
		expect(onWake).not.toHaveBeenCalled();
		expect(alarms.clear).toHaveBeenCalledWith(ALARM_NAME);
	});

	it("repeats for polls at an even pace without being created again", () => {
		const { alarms, alarm } = setUp();
		// The watchdog of a call, then the next poll.
		const poll = (startedAt: number) => {
			vi.setSystemTime(startedAt);
			alarm.arm(startedAt + 63_000);
			vi.setSystemTime(startedAt + 300);
			alarm.arm(startedAt + 300 + 61_000);
		};
		poll(1_000_000);
		const [, { when, periodInMinutes }] = alarms.create.mock.calls[0] ?? [];
		expect(when).toBe(1_063_000);
		for (let ring = when, count = 0; count < 100; count += 1) {
			vi.setSystemTime(ring);
			alarm.onAlarm();
			poll(ring + 10);
			ring += periodInMinutes * 60_000;
		}
		expect(alarms.create).toHaveBeenCalledOnce();
	});

	it("is created again when the next poll is sooner or later than its period", () => {
		for (const distance of [45_000, 90_000]) {
			const { alarms, alarm } = setUp();
			alarm.arm(Date.now() + 60_000);
			vi.advanceTimersByTime(60_000);
			alarm.onAlarm();
			alarm.arm(Date.now() + distance);
			expect(alarms.create).toHaveBeenLastCalledWith(
				ALARM_NAME,
				expect.objectContaining({ when: Date.now() + distance }),
			);
		}
	});

	it("does not repeat a period under 30 seconds, so that no error wakes the worker all the time", () => {
		const { alarms, alarm } = setUp();
		for (const at of [1, 1_000_000, 1_016_000]) alarm.arm(at);
		for (const [, info] of alarms.create.mock.calls)
			expect(info).not.toHaveProperty("periodInMinutes");
	});

	it("of an earlier worker is cleared once when nothing is due", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(undefined);
		alarm.arm(undefined);
		expect(alarms.clear).toHaveBeenCalledOnce();
	});

	it("calls the browser only for changes", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(1_010_000);
		alarm.arm(1_010_000);
		expect(alarms.create).toHaveBeenCalledOnce();
	});

	it("that went off early is armed again for the same time", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(1_010_000);
		alarm.onAlarm();
		alarm.arm(1_010_000);
		expect(alarms.create).toHaveBeenCalledTimes(2);
	});

	it("in the past goes off at once", () => {
		const { alarms, onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(5);
		expect(alarms.create).toHaveBeenCalledWith(ALARM_NAME, { when: 1_000_000 });
		vi.advanceTimersByTime(0);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("is not created again when the existing one goes off hardly later", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(1_063_000);
		alarm.arm(1_061_100);
		expect(alarms.create).toHaveBeenCalledOnce();
		for (const [count, at] of [1_060_000, 1_061_000, 1_030_000].entries()) {
			alarm.arm(at);
			expect(alarms.create).toHaveBeenCalledTimes(count + 2);
		}
	});

	it("stays punctual in a view although the browser's alarm is a moment late", () => {
		const { onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(1_063_000);
		alarm.arm(1_061_100);
		vi.advanceTimersByTime(61_099);
		expect(onWake).not.toHaveBeenCalled();
		vi.advanceTimersByTime(1);
		expect(onWake).toHaveBeenCalledOnce();
	});

	for (const back of [61_000, 3_600_000, 10 * 365 * 86_400_000])
		it(`wakes once when a view opens after the clock was set back by ${back / 1_000} s`, () => {
			const { onWake, alarm, openView } = setUp();
			alarm.arm(1_060_000);
			openView();
			expect(onWake).not.toHaveBeenCalled();
			vi.setSystemTime(1_000_000 - back);
			openView();
			openView();
			expect(onWake).toHaveBeenCalledOnce();
		});

	it("notices within a minute that the clock was set back while a view is open", () => {
		const { onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(1_900_000);
		vi.setSystemTime(1);
		vi.advanceTimersByTime(60_000);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("keeps its delay when the clock is set back meanwhile", () => {
		const { onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(1_050_000);
		vi.advanceTimersByTime(40_000);
		vi.setSystemTime(1_010_000);
		vi.advanceTimersByTime(10_000);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("that the browser has missed is made up for when a view opens", () => {
		const { onWake, alarm, openView } = setUp();
		alarm.arm(1_060_000);
		vi.setSystemTime(1_060_000);
		openView();
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("uses a timer for what is due within seconds, since the worker is awake", () => {
		const { onWake, alarm } = setUp();
		alarm.arm(1_003_000);
		vi.advanceTimersByTime(3_000);
		expect(onWake).toHaveBeenCalledOnce();
	});
});

function setUpClock() {
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

describe("the detector of a clock set back", () => {
	it("reports nothing while time passes", () => {
		const { pass, setBackMs } = setUpClock();
		for (const ms of [0, 1, 60_000, 86_400_000]) {
			pass(ms);
			expect(setBackMs()).toBe(0);
		}
	});

	it("reports a step once, however long ago it was called last", () => {
		const { time, pass, setBackMs } = setUpClock();
		pass(50_000);
		time.now -= 30_000;
		pass(20_000);
		expect(setBackMs()).toBe(30_000);
		expect(setBackMs()).toBe(0);
		time.now -= 3_600_000;
		expect(setBackMs()).toBe(3_600_000);
	});

	it("reports neither sleep nor a clock that is set forward", () => {
		const { time, pass, setBackMs } = setUpClock();
		time.now += 8 * 3_600_000;
		expect(setBackMs()).toBe(0);
		pass(1_000);
		time.now -= 60_000;
		expect(setBackMs()).toBe(60_000);
	});

	it("adds up small steps until they reach a second", () => {
		const { time, setBackMs } = setUpClock();
		const told: number[] = [];
		for (let index = 0; index < 5; index += 1) {
			time.now -= 400;
			told.push(setBackMs());
		}
		expect(told).toEqual([0, 0, 1_200, 0, 0]);
	});
});

describe("keeping the worker awake", () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it("lasts until all work is done", async () => {
		const touch = vi.fn();
		const keepAwake = createKeepAwake(touch);
		const ends: (() => void)[] = [];
		const work = () =>
			new Promise<void>((resolve) => {
				ends.push(resolve);
			});
		const both = [keepAwake(work), keepAwake(work)];
		vi.advanceTimersByTime(300_000);
		expect(touch).toHaveBeenCalledTimes(15);
		ends[0]?.();
		await both[0];
		vi.advanceTimersByTime(20_000);
		expect(touch).toHaveBeenCalledTimes(16);
		ends[1]?.();
		await both[1];
		vi.advanceTimersByTime(300_000);
		expect(touch).toHaveBeenCalledTimes(16);
		expect(vi.getTimerCount()).toBe(0);
	});

	it("ends when the work fails, and passes the error on", async () => {
		const touch = vi.fn();
		const keepAwake = createKeepAwake(touch);
		await expect(
			keepAwake(() => Promise.reject(new Error("failed"))),
		).rejects.toThrow("failed");
		expect(vi.getTimerCount()).toBe(0);
	});
});

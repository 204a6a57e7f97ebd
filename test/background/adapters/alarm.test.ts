import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
	ALARM_NAME,
	createAlarm,
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
	return { alarms, onWake, alarm };
}

describe("the alarm", () => {
	beforeEach(() => {
		vi.useFakeTimers({ now: 1_000_000 });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it("is the browser's alone when no view is open, so that the worker may sleep", () => {
		const { alarms, onWake, alarm } = setUp();
		alarm.arm(1_060_000);
		expect(alarms.create).toHaveBeenCalledWith(
			ALARM_NAME,
			expect.objectContaining({ when: 1_060_000 }),
		);
		vi.advanceTimersByTime(120_000);
		expect(onWake).not.toHaveBeenCalled();
	});

	it("rings at the very moment while a view is open", () => {
		const { onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(1_016_000);
		vi.advanceTimersByTime(15_999);
		expect(onWake).not.toHaveBeenCalled();
		vi.advanceTimersByTime(1);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("follows a view that is opened and closed after it was armed", () => {
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

	it("is replaced by a later one and gone when disarmed", () => {
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

	it("goes on for poll after poll, by itself, while they are as far apart as they were", () => {
		const { alarms, alarm } = setUp();
		// A call has begun and is watched; the next one is due.
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

	it("is armed anew when what comes next is sooner or later than the ring before", () => {
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

	it("does not repeat what comes within half a minute: nothing that goes wrong may wake the worker all the time", () => {
		const { alarms, alarm } = setUp();
		for (const at of [1, 1_000_000, 1_016_000]) alarm.arm(at);
		for (const [, info] of alarms.create.mock.calls)
			expect(info).not.toHaveProperty("periodInMinutes");
	});

	it("that was left by the worker before is taken back when nothing is to come, once", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(undefined);
		alarm.arm(undefined);
		expect(alarms.clear).toHaveBeenCalledOnce();
	});

	it("tells the browser only what has changed", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(1_010_000);
		alarm.arm(1_010_000);
		expect(alarms.create).toHaveBeenCalledOnce();
	});

	it("that rang a moment early is armed again for the same time", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(1_010_000);
		alarm.onAlarm();
		alarm.arm(1_010_000);
		expect(alarms.create).toHaveBeenCalledTimes(2);
	});

	it("in the past rings at once", () => {
		const { alarms, onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(5);
		expect(alarms.create).toHaveBeenCalledWith(ALARM_NAME, { when: 1_000_000 });
		vi.advanceTimersByTime(0);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("asks the browser for one alarm where the one that is armed rings hardly later", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(1_063_000);
		alarm.arm(1_061_100);
		expect(alarms.create).toHaveBeenCalledOnce();
		for (const [count, at] of [1_060_000, 1_061_000, 1_030_000].entries()) {
			alarm.arm(at);
			expect(alarms.create).toHaveBeenCalledTimes(count + 2);
		}
	});

	it("still rings to the second in a view, where the browser's alarm is a moment late", () => {
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
		it(`wakes at the next occasion when the clock was set back by ${back / 1_000} s, and not twice`, () => {
			const { onWake, alarm } = setUp();
			alarm.arm(1_060_000);
			alarm.check();
			expect(onWake).not.toHaveBeenCalled();
			vi.setSystemTime(1_000_000 - back);
			alarm.check();
			alarm.check();
			expect(onWake).toHaveBeenCalledOnce();
		});

	it("notices within a minute that the clock was set back, while a view is open", () => {
		const { onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(1_900_000);
		vi.setSystemTime(1);
		vi.advanceTimersByTime(60_000);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("wakes when it rings, as long after it was armed as was asked for, though the clock was set back meanwhile", () => {
		const { onWake, alarm } = setUp();
		alarm.setViewOpen(true);
		alarm.arm(1_050_000);
		vi.advanceTimersByTime(40_000);
		vi.setSystemTime(1_010_000);
		vi.advanceTimersByTime(10_000);
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("that the browser has not rung in time is made good at the next occasion", () => {
		const { onWake, alarm } = setUp();
		alarm.arm(1_060_000);
		vi.setSystemTime(1_060_000);
		alarm.check();
		expect(onWake).toHaveBeenCalledOnce();
	});

	it("rings for what comes in the next moment though no view is open, since the worker is awake", () => {
		const { onWake, alarm } = setUp();
		alarm.arm(1_003_000);
		vi.advanceTimersByTime(3_000);
		expect(onWake).toHaveBeenCalledOnce();
	});
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ALARM_NAME, createAlarm } from "../../src/background/alarm.ts";

function setUp() {
	const alarms = { create: vi.fn(), clear: vi.fn() };
	const onWake = vi.fn();
	const alarm = createAlarm({ alarms, now: () => Date.now(), onWake });
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
		expect(alarms.create).toHaveBeenCalledWith(ALARM_NAME, { when: 1_060_000 });
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

	it("tells the browser only what has changed", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(1_010_000);
		alarm.arm(1_010_000);
		expect(alarms.create).toHaveBeenCalledOnce();
	});

	it("that rang a moment early is armed again for the same time", () => {
		const { alarms, alarm } = setUp();
		alarm.arm(1_010_000);
		alarm.rang();
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
});

// The core's Alarm: a browser alarm always, and a timer besides while a view keeps the worker alive, or for the next moment.
import type { Alarm } from "../../core/ports.ts";
import { createClockStepDetector } from "./clock-watch.ts";

/** The part of the alarms API that is used here. */
export interface BrowserAlarms {
	create(
		name: string,
		info: { when: number; periodInMinutes?: number },
	): unknown;
	clear(name: string): unknown;
}

export interface AlarmPorts {
	readonly alarms: BrowserAlarms;
	readonly now: () => number;
	/** Grows evenly in ms, whatever happens to the clock. */
	readonly elapsed: () => number;
	readonly onWake: () => void;
}

export interface ViewAwareAlarm extends Alarm {
	/** The browser's alarm has rung. */
	onAlarm(): void;
	/** Something has woken the worker: wakes the engine when that was due, or when the clock was set back since it was armed. */
	check(): void;
	/** Packed, a browser alarm is at least 30 s off; with a view open the poll must come when the countdown says. */
	setViewOpen(open: boolean): void;
}

export const ALARM_NAME = "wake";

/** How much later than asked for the browser's alarm may be; to the second are timers, while somebody looks. */
const MAX_LATENESS_MS = 2_500;

/** Polls are about as far apart one from the next: an alarm that repeats so much after what it was armed for is there for the next one too. */
const PERIOD_SLACK_MS = 250;

/** The least that packed extensions get, and nothing that goes wrong may wake the worker more often. */
const MIN_PERIOD_MS = 30_000;

/** What comes so soon finds the worker awake still, and need not wait half a minute for the browser's alarm. */
const TIMER_ONLY_MS = 5_000;

/** How long a timer goes without a look at the clock, which may have been set meanwhile. */
const MAX_TIMER_MS = 60_000;

export function createAlarm({
	alarms,
	now,
	elapsed,
	onWake,
}: AlarmPorts): ViewAwareAlarm {
	let armedAt: number | undefined;
	/** When the browser's alarm rings, if there is one; NaN while that is not known: it may be from before the worker started. */
	let alarmAt: number | undefined = Number.NaN;
	/** Undefined for one that rings once. */
	let period: number | undefined;
	/** The latest time that was seen: an earlier one says that the clock was set back. */
	let seenAt = 0;
	const setBackMs = createClockStepDetector({ now, elapsed });
	let isViewOpen = false;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function setTimer(): void {
		clearTimeout(timer);
		timer = undefined;
		if (armedAt === undefined) return;
		const delay = Math.min(Math.max(0, armedAt - now()), MAX_TIMER_MS);
		if (!isViewOpen && delay > TIMER_ONLY_MS) return;
		timer = setTimeout(look, delay);
	}

	function look(): void {
		const isSetBack = setBackMs() > 0 || now() < seenAt;
		seenAt = now();
		if (isSetBack || (armedAt !== undefined && seenAt >= armedAt)) onWake();
		else setTimer();
	}

	function armBrowser(at: number | undefined): void {
		if (at === undefined) disarmBrowser();
		else if (!isSoonAfter(at)) armBrowserAnew(at);
	}

	function disarmBrowser(): void {
		if (alarmAt === undefined) return;
		alarmAt = undefined;
		alarms.clear(ALARM_NAME);
	}

	function armBrowserAnew(at: number): void {
		const delay = Math.max(0, at - now());
		period = delay < MIN_PERIOD_MS ? undefined : delay + PERIOD_SLACK_MS;
		alarmAt = at;
		alarms.create(ALARM_NAME, {
			when: now() + delay,
			...(period === undefined ? {} : { periodInMinutes: period / 60_000 }),
		});
	}

	/** A moment late will do: each alarm costs as much as a twentieth of a poll. */
	function isSoonAfter(at: number): boolean {
		return (
			alarmAt !== undefined && alarmAt >= at && alarmAt <= at + MAX_LATENESS_MS
		);
	}

	return {
		check: look,
		arm(at) {
			armedAt = at;
			seenAt = Math.max(seenAt, now());
			armBrowser(at);
			// Again even for the same time: the timer may have just rung.
			setTimer();
		},
		onAlarm() {
			// Browsers count from the ring, not from the time that was asked for.
			if (!Number.isNaN(alarmAt))
				alarmAt = period === undefined ? undefined : now() + period;
		},
		setViewOpen(open) {
			if (open === isViewOpen) return;
			isViewOpen = open;
			if (open) look();
			else setTimer();
		},
	};
}

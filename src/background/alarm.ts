// The core's Alarm: a browser alarm always, and a timer besides while a view keeps the worker alive, or for the next moment.
import type { Alarm } from "../core/ports.ts";

/** The part of the alarms API that is used here. */
export interface BrowserAlarms {
	create(name: string, info: { when: number }): unknown;
	clear(name: string): unknown;
}

export interface AlarmPorts {
	readonly alarms: BrowserAlarms;
	readonly now: () => number;
	readonly onWake: () => void;
}

export interface ViewAwareAlarm extends Alarm {
	/** The browser's alarm has rung, and is gone: the same time is armed anew when it is asked for again. */
	rang(): void;
	/** Something has woken the worker: wakes the engine when that was due, or when the clock was set back since it was armed. */
	look(): void;
	/** Packed, a browser alarm is at least 30 s off; with a view open the poll must come when the countdown says. */
	setViewOpen(open: boolean): void;
}

export const ALARM_NAME = "wake";

/** How much later than asked for the browser's alarm may be; to the second are timers, while somebody looks. */
const LATE_MS = 2_500;

/** What comes so soon finds the worker awake still, and need not wait half a minute for the browser's alarm. */
const AWAKE_MS = 5_000;

/** How long a timer goes without a look at the clock, which may have been set meanwhile. */
const LOOK_MS = 60_000;

export function createAlarm({
	alarms,
	now,
	onWake,
}: AlarmPorts): ViewAwareAlarm {
	let armedAt: number | undefined;
	/** Of the browser's alarm, if there is one. */
	let alarmAt: number | undefined;
	/** The latest time that was seen: an earlier one says that the clock was set back. */
	let seenAt = 0;
	let isViewOpen = false;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function setTimer(): void {
		clearTimeout(timer);
		timer = undefined;
		if (armedAt === undefined) return;
		const delay = Math.min(Math.max(0, armedAt - now()), LOOK_MS);
		if (!isViewOpen && delay > AWAKE_MS) return;
		timer = setTimeout(look, delay);
	}

	function look(): void {
		const isSetBack = now() < seenAt;
		seenAt = now();
		if (isSetBack || (armedAt !== undefined && seenAt >= armedAt)) onWake();
		else setTimer();
	}

	function armBrowser(at: number | undefined): void {
		if (at === undefined ? alarmAt === undefined : isSoonAfter(at)) return;
		alarmAt = at;
		if (at === undefined) alarms.clear(ALARM_NAME);
		else alarms.create(ALARM_NAME, { when: Math.max(at, now()) });
	}

	/** A moment late will do: each alarm costs as much as a twentieth of a poll. */
	function isSoonAfter(at: number): boolean {
		if (alarmAt === undefined) return false;
		return alarmAt >= at && alarmAt <= at + LATE_MS;
	}

	return {
		look,
		arm(at) {
			armedAt = at;
			seenAt = Math.max(seenAt, now());
			armBrowser(at);
			// Again even for the same time: the timer may have just rung.
			setTimer();
		},
		rang() {
			alarmAt = undefined;
		},
		setViewOpen(open) {
			if (open === isViewOpen) return;
			isViewOpen = open;
			if (open) look();
			else setTimer();
		},
	};
}

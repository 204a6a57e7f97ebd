// The core's Alarm: a browser alarm always, and a timer besides while a view keeps the worker alive.
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
	/** Packed, a browser alarm is at least 30 s off; with a view open the poll must come when the countdown says. */
	setViewOpen(open: boolean): void;
}

export const ALARM_NAME = "wake";

/** The longest delay that setTimeout takes, in ms. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export function createAlarm({
	alarms,
	now,
	onWake,
}: AlarmPorts): ViewAwareAlarm {
	let armedAt: number | undefined;
	let isViewOpen = false;
	let timer: ReturnType<typeof setTimeout> | undefined;

	function setTimer(): void {
		clearTimeout(timer);
		timer = undefined;
		if (armedAt === undefined || !isViewOpen) return;
		const delay = Math.min(Math.max(0, armedAt - now()), TIMER_MAX_MS);
		timer = setTimeout(onWake, delay);
	}

	return {
		arm(at) {
			if (at !== armedAt) {
				armedAt = at;
				if (at === undefined) alarms.clear(ALARM_NAME);
				else alarms.create(ALARM_NAME, { when: Math.max(at, now()) });
			}
			// Again even for the same time: the timer may have just rung.
			setTimer();
		},
		rang() {
			armedAt = undefined;
		},
		setViewOpen(open) {
			if (open === isViewOpen) return;
			isViewOpen = open;
			setTimer();
		},
	};
}

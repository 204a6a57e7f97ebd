import type { Alarm } from "../../core/ports.ts";

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
	/** Monotonic, in ms. */
	readonly elapsed: () => number;
	readonly onWake: () => void;
}

export interface ViewAwareAlarm extends Alarm {
	/** Call when the browser's alarm `ALARM_NAME` has gone off. */
	onAlarm(): void;
	/** With a view open, a timer besides the browser's alarm makes polls as punctual as the countdown. */
	setViewOpen(open: boolean): void;
}

export const ALARM_NAME = "wake";

/** With no view open a poll may be this late, so that one browser alarm can serve several. */
const MAX_LATENESS_MS = 2_500;

/** Added to the period of a repeating alarm, so that it also serves the next poll, which is about as far off. */
const PERIOD_SLACK_MS = 250;

/** Packed extensions get no shorter period. Nor may an error wake the worker more often. */
const MIN_PERIOD_MS = 30_000;

/** For what is due this soon a timer is enough: the worker stays awake that long, and a browser alarm may take 30 s. */
const TIMER_ONLY_MS = 5_000;

/** Longer timers are split, to notice within this time that the clock was set. */
const MAX_TIMER_MS = 60_000;

export function createAlarm({
	alarms,
	now,
	elapsed,
	onWake,
}: AlarmPorts): ViewAwareAlarm {
	let armedAt: number | undefined;
	/** When the browser's alarm goes off, if there is one. NaN while unknown: an earlier worker may have left one. */
	let alarmAt: number | undefined = Number.NaN;
	/** In ms; undefined for an alarm that does not repeat. */
	let period: number | undefined;
	/** The latest time seen. An earlier one means that the clock was set back. */
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
		timer = setTimeout(check, delay);
	}

	function check(): void {
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

	/** Creating an alarm costs a twentieth of a poll. */
	function isSoonAfter(at: number): boolean {
		return (
			alarmAt !== undefined && alarmAt >= at && alarmAt <= at + MAX_LATENESS_MS
		);
	}

	return {
		arm(at) {
			armedAt = at;
			seenAt = Math.max(seenAt, now());
			armBrowser(at);
			// Also for the same time: the timer may have just fired early.
			setTimer();
		},
		onAlarm() {
			// Browsers count the period from when the alarm went off.
			if (!Number.isNaN(alarmAt))
				alarmAt = period === undefined ? undefined : now() + period;
		},
		setViewOpen(open) {
			if (open === isViewOpen) return;
			isViewOpen = open;
			if (open) check();
			else setTimer();
		},
	};
}

export interface NamedAlarmPorts {
	readonly alarms: BrowserAlarms;
	readonly now: () => number;
	readonly onRing: () => void;
}

/**
 * An alarm for something else than polls, with a timer for what is sooner than browser alarms go. Returns a function that
 * arms it for a time in epoch ms, in place of the one before. The caller also handles the browser's alarm of that name.
 */
export function createNamedAlarm(
	name: string,
	{ alarms, now, onRing }: NamedAlarmPorts,
): (at: number) => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	return (at) => {
		alarms.create(name, { when: at });
		clearTimeout(timer);
		timer = setTimeout(onRing, Math.max(0, at - now()));
	};
}

/** Smaller steps are a clock that is being synchronised; they add up until they count. */
const MIN_STEP_MS = 1_000;

/** In ms. `elapsed` is monotonic; it may stand still while the computer sleeps. */
export interface ClockSources {
	readonly now: () => number;
	readonly elapsed: () => number;
}

/** Returns a function that tells by how many ms the clock was set back since its last call; 0 = not at all. */
export function createClockStepDetector({
	now,
	elapsed,
}: ClockSources): () => number {
	let offset = now() - elapsed();
	return () => {
		const current = now() - elapsed();
		const byMs = offset - current;
		if (byMs > 0 && byMs < MIN_STEP_MS) return 0;
		offset = current;
		return Math.max(0, byMs);
	};
}

/** Browsers end a worker 30 s after the last event or extension API call. A request in flight does not count. */
const ACTIVITY_INTERVAL_MS = 20_000;

/**
 * Returns a function that runs work and keeps the worker awake until it is done. `touch` is a call that the browser
 * process answers, such as `alarms.get`; calls to storage do not count in Firefox.
 */
export function createKeepAwake(
	touch: () => unknown,
): <T>(work: () => Promise<T>) => Promise<T> {
	let running = 0;
	let timer: ReturnType<typeof setInterval> | undefined;
	return async (work) => {
		running += 1;
		timer ??= setInterval(touch, ACTIVITY_INTERVAL_MS);
		try {
			return await work();
		} finally {
			running -= 1;
			if (running === 0) {
				clearInterval(timer);
				timer = undefined;
			}
		}
	};
}

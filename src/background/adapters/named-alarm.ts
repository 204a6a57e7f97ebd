// One more alarm beside the polls' own: by name, with a timer besides for what is sooner than alarms go.
import type { BrowserAlarms } from "./alarm.ts";

export interface NamedAlarmPorts {
	readonly alarms: BrowserAlarms;
	readonly now: () => number;
	readonly onRing: () => void;
}

/** Returns what arms it, with epoch ms; the last word counts. */
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

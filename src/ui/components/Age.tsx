import { useNow } from "../hooks/use-now.ts";

export function Age({ at }: { at: number }) {
	const now = useNow(at);
	return (
		<time
			class="age"
			dateTime={new Date(at).toISOString()}
			title={formatTime(at)}
		>
			{formatAge(at, now)}
		</time>
	);
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `just now`, `3 s ago`, `5 min ago`, `2 h ago`, `4 days ago`. A time in the future (a clock set back) is just now. */
export function formatAge(at: number, now: number): string {
	const ms = now - at;
	if (ms < SECOND) return "just now";
	if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s ago`;
	if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
	if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
	const days = Math.floor(ms / DAY);
	return days === 1 ? "1 day ago" : `${days} days ago`;
}

const WEEK = 7 * DAY;

/** `now`, `3 s`, `5 min`, `2 h`, `3 d`, `3 w`: for columns. */
export function formatShortAge(at: number, now: number): string {
	const ms = now - at;
	if (ms < SECOND) return "now";
	if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
	if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
	if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
	if (ms < 2 * WEEK) return `${Math.floor(ms / DAY)} d`;
	return `${Math.floor(ms / WEEK)} w`;
}

const exact = new Intl.DateTimeFormat(undefined, {
	dateStyle: "medium",
	timeStyle: "medium",
});
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const day = new Intl.DateTimeFormat(undefined, {
	month: "short",
	day: "numeric",
});

export function formatTime(at: number): string {
	return exact.format(at);
}

/** The time of day; with the day before it unless it is today. */
export function formatShortTime(at: number, now: number): string {
	const isToday = new Date(at).toDateString() === new Date(now).toDateString();
	return isToday ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}

const minutes = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const weekday = new Intl.DateTimeFormat(undefined, {
	weekday: "long",
	day: "numeric",
	month: "long",
});
const datedDay = new Intl.DateTimeFormat(undefined, {
	day: "numeric",
	month: "long",
	year: "numeric",
});

/** The time of day, to the minute. */
export function formatClock(at: number): string {
	return minutes.format(at);
}

/** `Today`, `Yesterday`, `Friday 27 November`; with the year when it is another one. */
export function formatDay(at: number, now: number): string {
	const days = daysBetween(at, now);
	if (days === 0) return "Today";
	if (days === 1) return "Yesterday";
	const isSameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
	return (isSameYear ? weekday : datedDay).format(at);
}

/** `today 15:52`, `yesterday 17:02`, `Friday 27 November 17:02`: within a sentence. */
export function formatDayTime(at: number, now: number): string {
	const name = formatDay(at, now);
	const isRelative = daysBetween(at, now) <= 1 && daysBetween(at, now) >= 0;
	return `${isRelative ? name.toLowerCase() : name} ${formatClock(at)}`;
}

/** Calendar days in the local time zone. */
function daysBetween(at: number, now: number): number {
	const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
	return Math.round((midnight(now) - midnight(at)) / DAY);
}

/** `0:42`, `1:05`, `1:00:00`. Rounded up, so that a countdown shows 0:01 until the end. */
export function formatDuration(ms: number): string {
	const seconds = Math.max(0, Math.ceil(ms / 1_000));
	const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
	const hours = Math.floor(seconds / 3_600);
	const [first, ...rest] = hours > 0 ? [hours, ...parts] : parts;
	return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(
		":",
	);
}

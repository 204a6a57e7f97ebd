// When the next poll is, in words: due time minus now, or why there is none.
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";

/** Credentials that end sooner are warned of, where nobody renews them. */
export const EXPIRY_WARNING_MS = 5 * 60_000;

export type PollSchedule = Pick<
	ProfileSnapshot,
	"paused" | "phase" | "dueAt" | "pauseReason"
>;

export function countdown(profile: PollSchedule, now: number): string {
	const { phase, dueAt } = profile;
	if (phase === "opening" || phase === "polling") return "now…";
	if (phase === "halted") return "stopped";
	if (profile.paused) return "paused";
	if (profile.pauseReason) return profile.pauseReason;
	if (dueAt === undefined || dueAt <= now) return "now…";
	const left = duration(dueAt - now);
	return phase === "resting" ? `retrying in ${left}` : left;
}

/** `0:42`, `1:05`, `1:00:00`. Rounded up, so that it says 0:01 until the moment itself. */
export function duration(ms: number): string {
	const seconds = Math.max(0, Math.ceil(ms / 1_000));
	const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
	const hours = Math.floor(seconds / 3_600);
	const [first, ...rest] = hours > 0 ? [hours, ...parts] : parts;
	return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(
		":",
	);
}

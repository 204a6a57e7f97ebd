import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { formatDuration } from "../components/Age.tsx";
import { useNow } from "../hooks/use-now.ts";

export type PollSchedule = Pick<
	ProfileSnapshot,
	"paused" | "phase" | "dueAt" | "pauseReason"
>;

export function Countdown({ profile }: { profile: PollSchedule }) {
	const now = useNow(profile.dueAt);
	const text = countdown(profile, now);
	// Narrow toolbars have no room for both.
	const isSentence = text.startsWith("retrying");
	return (
		<span class="countdown">
			{!isSentence && (
				<span class="label" aria-hidden="true">
					Next poll
				</span>
			)}
			<span class="value" role="timer" aria-label="Next poll">
				{text}
			</span>
		</span>
	);
}

/** When the next poll is, or why there is none. `now`: epoch ms. */
export function countdown(profile: PollSchedule, now: number): string {
	const { phase, dueAt } = profile;
	if (phase === "opening" || phase === "polling") return "now…";
	if (phase === "halted") return "stopped";
	if (profile.paused) return "paused";
	if (profile.pauseReason) return profile.pauseReason;
	if (dueAt === undefined || dueAt <= now) return "now…";
	const left = formatDuration(dueAt - now);
	return phase === "resting" ? `retrying in ${left}` : left;
}

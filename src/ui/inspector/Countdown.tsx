// The countdown to the next poll: due minus now, once a second.

import { useNow } from "../hooks/use-now.ts";
import { countdown, type PollSchedule } from "./countdown.ts";

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

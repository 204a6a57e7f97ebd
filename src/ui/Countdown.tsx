// The countdown to the next poll: due minus now, once a second.
import { countdown, type Due } from "./countdown.ts";
import { useNow } from "./parts/use-now.ts";

export function Countdown({ profile }: { profile: Due }) {
	const now = useNow(profile.dueAt);
	return (
		<span class="countdown">
			<span class="label" aria-hidden="true">
				Next poll
			</span>
			<span class="value" role="timer" aria-label="Next poll">
				{countdown(profile, now)}
			</span>
		</span>
	);
}

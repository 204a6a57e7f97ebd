import type { ProfileId } from "../../core/profile/profile.ts";
import type { PollNowResult, Remote } from "../../core/protocol/commands.ts";
import { formatDuration } from "../components/Age.tsx";

/** Polls a profile, and resolves with a sentence for the user. */
export async function pollNow(
	remote: Pick<Remote, "pollNow">,
	id: ProfileId,
): Promise<string> {
	return pollResultMessage(await remote.pollNow({ id }), Date.now());
}

export function pollResultMessage(result: PollNowResult, now: number): string {
	switch (result.status) {
		case "started":
			return "Polling now.";
		case "under-way":
			return "A poll is already under way.";
		case "too-early":
			return `AppConfig allows the next poll in ${formatDuration(result.at - now)}, and polls then.`;
		case "no-such-profile":
			return "This profile was deleted.";
	}
}

// What the buttons do: a command, then a sentence about what came of it.
import type { PollNowResult, Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { duration } from "./countdown.ts";

export interface Actions {
	pollNow(profile: ProfileSnapshot): void;
	pause(profile: ProfileSnapshot): void;
	resume(profile: ProfileSnapshot): void;
	markSeen(profile: ProfileSnapshot, number: number): void;
}

export interface ActionsOptions {
	readonly remote: Remote;
	readonly say: (text: string) => void;
}

export function createActions({ remote, say }: ActionsOptions): Actions {
	const tell = (work: Promise<string>) => {
		work.then(say, (error: Error) => say(error.message));
	};
	return {
		pollNow: ({ profile: { id } }) =>
			tell(
				remote
					.pollNow({ id })
					.then((result) => pollResultMessage(result, Date.now())),
			),
		pause: ({ profile: { id, name } }) =>
			tell(remote.pause({ id }).then(() => `${name} is paused.`)),
		resume: ({ profile: { id, name } }) =>
			tell(remote.resume({ id }).then(() => `${name} is polled again.`)),
		// Lost with a dying worker it is said again when the view next opens: nothing to bother the user with.
		markSeen: ({ profile: { id } }, number) => {
			remote.markSeen({ id, number }).catch(() => undefined);
		},
	};
}

export function pollResultMessage(result: PollNowResult, now: number): string {
	switch (result.status) {
		case "started":
			return "Polling now.";
		case "under-way":
			return "A poll is under way already.";
		case "too-early":
			return `AppConfig allows the next poll in ${duration(result.at - now)}; it is made then.`;
		case "no-such-profile":
			return "This profile was deleted.";
	}
}

import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { HistoryLoss } from "../../core/shared/storage-problems.ts";
import { Button } from "../components/Button.tsx";
import type { Announce } from "../hooks/use-status.ts";

export interface LossBarProps {
	readonly profile: ProfileSnapshot;
	readonly loss: HistoryLoss;
	readonly remote: Pick<Remote, "dismissLoss">;
	readonly say: Announce;
}

/** What the browser has deleted of the history, until the user has read it. */
export function LossBar({ profile, loss, remote, say }: LossBarProps) {
	const { id } = profile.profile;
	const dismiss = () =>
		void remote.dismissLoss({ id }).catch((error: Error) => say(error.message));
	return (
		<div class="bar warn" role="alert">
			<div class="message">
				<strong>{titleOf(loss)}</strong> This happens when the disk is nearly
				full or site data is cleared. The extension fetches the current
				configuration again; older versions can't be recovered.
			</div>
			<Button name="Dismiss" onClick={dismiss} />
		</div>
	);
}

function titleOf({ what, upTo }: HistoryLoss): string {
	if (what === "bytes")
		return `The browser deleted the stored bytes of version ${upTo}.`;
	return upTo === 1
		? "The browser deleted version 1."
		: `The browser deleted stored versions of this profile, up to version ${upTo}.`;
}

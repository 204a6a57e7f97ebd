// That the version on show is not what AppConfig serves, and the way to that.
import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { Button } from "../components/Button.tsx";
import type { Announce } from "../hooks/use-status.ts";

export interface VersionBarProps {
	readonly profile: ProfileSnapshot;
	/** On show, and the newest. */
	readonly number: number | undefined;
	readonly remote: Remote;
	readonly onShowLive: () => void;
	readonly onSay: Announce;
}

export function VersionBar(props: VersionBarProps) {
	const { profile, number, onShowLive } = props;
	const newest = profile.versions[0]?.number;
	const showLive = (button: HTMLElement) => {
		// The button goes; the focus stays where the eyes are.
		button.closest("section")?.focus();
		onShowLive();
	};
	return (
		<>
			{profile.deletedHash !== undefined && <DeletedNotice {...props} />}
			{newest !== undefined && number !== newest && (
				<div class="bar info">
					<span class="message">
						You are looking at version {number} of {newest}.
					</span>
					<Button name="Show live" icon="live" onClick={showLive} />
				</div>
			)}
		</>
	);
}

function DeletedNotice({ profile, remote, onSay }: VersionBarProps) {
	const { id } = profile.profile;
	const fetchAgain = () =>
		void remote.fetchAgain({ id }).then(
			() => onSay("Asking AppConfig in a new session."),
			(error: Error) => onSay(error.message),
		);
	return (
		<div class="bar info">
			<span class="message">
				{profile.deletedHash
					? "What AppConfig serves now was deleted here."
					: "What AppConfig serves now is not among these versions."}
			</span>
			<Button name="Fetch it again" icon="poll" onClick={fetchAgain} />
		</div>
	);
}

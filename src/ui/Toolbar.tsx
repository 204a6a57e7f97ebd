// What can be done with the profile on show, and when it is polled next.
import type { ProfileSnapshot } from "../core/snapshot.ts";
import type { Actions } from "./actions.ts";
import { Button } from "./Button.tsx";
import { Countdown } from "./Countdown.tsx";
import type { Platform } from "./platform.ts";

export interface ToolbarProps {
	readonly profile: ProfileSnapshot;
	readonly actions: Actions;
	readonly platform: Platform;
	/** Absent while there is nothing to copy. */
	readonly onCopy: (() => void) | undefined;
}

export function Toolbar(props: ToolbarProps) {
	const { profile, actions, platform, onCopy } = props;
	const { id } = profile.profile;
	return (
		<div class="toolbar">
			<Button
				name="Poll now"
				icon="poll"
				onClick={() => actions.pollNow(profile)}
			/>
			{profile.paused ? (
				<Button
					name="Resume"
					icon="resume"
					onClick={() => actions.resume(profile)}
				/>
			) : (
				<Button
					name="Pause"
					icon="pause"
					onClick={() => actions.pause(profile)}
				/>
			)}
			<Countdown profile={profile} />
			<span class="space" />
			<Button
				name="Copy configuration"
				icon="copy"
				disabled={!onCopy}
				onClick={() => onCopy?.()}
			/>
			<Button
				name="Edit profile"
				icon="edit"
				bare
				onClick={() => platform.openOptions(id)}
			/>
		</div>
	);
}

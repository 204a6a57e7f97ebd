// What can be done with the profile on show, and when it is polled next.
import type { ProfileSnapshot } from "../core/snapshot.ts";
import type { Actions } from "./actions.ts";
import { Button } from "./Button.tsx";
import { Countdown } from "./Countdown.tsx";

export interface ToolbarProps {
	readonly profile: ProfileSnapshot;
	readonly actions: Actions;
	readonly onCopy: (() => void) | undefined;
}

export function Toolbar({ profile, actions, onCopy }: ToolbarProps) {
	const { paused, phase } = profile;
	const isCalling = phase === "opening" || phase === "polling";
	return (
		<div class="toolbar" role="toolbar" aria-label="Polling">
			<Countdown profile={profile} />
			<Button
				name="Poll now"
				icon="poll"
				disabled={isCalling}
				onClick={() => actions.pollNow(profile)}
			/>
			{paused ? (
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
			<span class="space" />
			<Button
				name="Copy configuration"
				icon="copy"
				disabled={!onCopy}
				onClick={() => onCopy?.()}
			/>
		</div>
	);
}

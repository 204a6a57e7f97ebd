// What can be done with the profile on show, and when it is polled next.
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Platform } from "../background-client/platform.ts";
import { Button } from "../components/Button.tsx";
import { Countdown } from "./Countdown.tsx";
import type { Act } from "./use-actions.ts";

export interface ToolbarProps {
	readonly profile: ProfileSnapshot;
	readonly act: Act;
	readonly platform: Platform;
	/** The version that was picked instead of the live one. */
	readonly picked: number | undefined;
	/** Absent while there is nothing to copy. */
	readonly onCopy: (() => void) | undefined;
	readonly onMore: (button: HTMLButtonElement) => void;
}

export function Toolbar(props: ToolbarProps) {
	const { profile, platform, picked, onCopy, onMore } = props;
	const { id } = profile.profile;
	const { openTab } = platform;
	return (
		<div class="toolbar">
			<Polling {...props} />
			<span class="space" />
			<Button
				name="Copy configuration"
				icon="copy"
				disabled={!onCopy}
				onClick={() => onCopy?.()}
			/>
			<Button name="More to copy" icon="more" bare hasMenu onClick={onMore} />
			{openTab && (
				<Button
					name="Open in a tab"
					icon="tab"
					bare
					onClick={() => openTab(id, picked)}
				/>
			)}
			<Button
				name="Edit profile"
				icon="edit"
				bare
				onClick={() => platform.openOptions(id)}
			/>
		</div>
	);
}

function Polling({ profile, act }: ToolbarProps) {
	return (
		<>
			<Button
				name="Poll now"
				icon="poll"
				onClick={() => act((actions) => actions.pollNow(profile))}
			/>
			{profile.paused ? (
				<Button
					name="Resume"
					icon="resume"
					onClick={() => act((actions) => actions.resume(profile))}
				/>
			) : (
				<Button
					name="Pause"
					icon="pause"
					onClick={() => act((actions) => actions.pause(profile))}
				/>
			)}
			<Countdown profile={profile} />
		</>
	);
}

import type { Snapshot } from "../core/protocol/snapshot.ts";
import { usePlatform, useRemote } from "../ui/background-client/context.tsx";
import { useAnnounce } from "../ui/components/status.tsx";
import { EnvironmentSettings } from "./EnvironmentSettings.tsx";
import "./more.css";

export function SettingsPage({ snapshot }: { readonly snapshot: Snapshot }) {
	const remote = useRemote();
	const platform = usePlatform();
	const announce = useAnnounce();
	const { settings } = snapshot;
	const save = (change: Partial<typeof settings>) =>
		void remote.saveSettings(change).then(
			() => announce("Saved."),
			(error: Error) => announce(error.message),
		);
	const setIdle = async (isOn: boolean) => {
		// In the click itself: after an await the browser would not ask.
		const isGranted = isOn ? await platform.requestIdle?.() : true;
		if (isGranted) save({ pauseWhenIdle: isOn });
		else announce("Permission to detect idle time was denied.");
	};
	return (
		<>
			<h1>Settings</h1>
			<section>
				<h2>Pause polling</h2>
				<Choice
					id="idle"
					name="When I am away"
					hint="After 5 minutes without mouse or keyboard input, or when the screen is locked. The browser may ask for permission to detect this."
					isOn={settings.pauseWhenIdle}
					onToggle={(isOn) => void setIdle(isOn)}
				/>
				<Choice
					id="offline"
					name="When the computer is offline"
					hint="Instead of retrying. Servers on this computer are still polled."
					isOn={settings.pauseWhenOffline}
					onToggle={(isOn) => save({ pauseWhenOffline: isOn })}
				/>
				<p class="hint">
					Polling resumes automatically. Versions that were deployed and
					replaced meanwhile are not recorded.
				</p>
			</section>
			<EnvironmentSettings
				names={[
					...new Set(
						snapshot.profiles.map(({ profile }) => profile.environment),
					),
				]}
				choices={settings.environments}
				onChange={(environments) => save({ environments })}
			/>
		</>
	);
}

interface ChoiceProps {
	readonly id: string;
	readonly name: string;
	readonly hint: string;
	readonly isOn: boolean;
	readonly onToggle: (isOn: boolean) => void;
}

function Choice({ id, name, hint, isOn, onToggle }: ChoiceProps) {
	return (
		<div class="setting">
			<input
				id={id}
				type="checkbox"
				checked={isOn}
				aria-describedby={`${id}-hint`}
				onChange={({ currentTarget }) => {
					const wanted = currentTarget.checked;
					// The checkbox shows the saved setting.
					currentTarget.checked = isOn;
					onToggle(wanted);
				}}
			/>
			<label for={id}>{name}</label>
			<p class="hint" id={`${id}-hint`}>
				{hint}
			</p>
		</div>
	);
}

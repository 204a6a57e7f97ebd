// When polling pauses by itself.
import type { PageProps } from "./page.ts";
import "./more.css";

export function SettingsPage({ snapshot, remote, platform, say }: PageProps) {
	const { settings } = snapshot;
	const save = (change: Partial<typeof settings>) =>
		void remote.saveSettings(change).then(
			() => say("Saved."),
			(error: Error) => say(error.message),
		);
	const setIdle = async (isOn: boolean) => {
		// In the click itself: after an await the browser would not ask.
		const isGranted = isOn ? await platform.requestIdle?.() : true;
		if (isGranted) save({ pauseWhenIdle: isOn });
		else say("Permission to detect idle time was denied.");
	};
	return (
		<>
			<h1>Settings</h1>
			<section>
				<h2>Pause polling</h2>
				<Choice
					id="idle"
					name="When I am away"
					hint="After 5 minutes without mouse or keyboard, or when the screen is locked. The browser may ask whether the extension may know."
					isOn={settings.pauseWhenIdle}
					onToggle={(isOn) => void setIdle(isOn)}
				/>
				<Choice
					id="offline"
					name="When the computer is offline"
					hint="Instead of trying again and again. What is on this computer is polled all the same."
					isOn={settings.pauseWhenOffline}
					onToggle={(isOn) => save({ pauseWhenOffline: isOn })}
				/>
				<p class="hint">
					It goes on by itself. What was deployed and replaced meanwhile is
					never seen.
				</p>
			</section>
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
					// It shows what is saved.
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

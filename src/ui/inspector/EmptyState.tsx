// Before there is a profile: what this is, and the two ways to begin.
import { useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import { Button } from "../components/Button.tsx";
import { addEmulatorProfile } from "./add-emulator.ts";
import "./empty-state.css";

export interface EmptyStateProps {
	readonly remote: Remote;
	readonly say: (text: string) => void;
	readonly onAdd: () => void;
	readonly onAdded: (id: ProfileId) => void;
}

export function EmptyState(props: EmptyStateProps) {
	const { remote, say, onAdd, onAdded } = props;
	const [isBusy, setBusy] = useState(false);
	const addEmulator = () => {
		setBusy(true);
		addEmulatorProfile(remote).then(
			(id) => {
				onAdded(id);
				say("The emulator's profile was added.");
			},
			(error: Error) => {
				setBusy(false);
				say(error.message);
			},
		);
	};
	return (
		<div class="empty">
			<h1>AppConfig, live</h1>
			<p>
				A profile names one configuration: an application, an environment and a
				configuration profile. It is then polled as an application would, and
				each new version appears here.
			</p>
			<div class="choices">
				<Button name="Add profile" kind="primary" onClick={onAdd} />
				<Button
					name="Add emulator profile"
					disabled={isBusy}
					onClick={addEmulator}
				/>
			</div>
			<p class="hint">
				No AWS account at hand? Run <code>npm run emulator</code> and add its
				profile: <code>storefront / development / settings</code> on{" "}
				<code>127.0.0.1:4772</code>.
			</p>
		</div>
	);
}

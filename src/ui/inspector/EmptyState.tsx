import { useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import { useRemote } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { useAnnounce } from "../components/status.tsx";
import { addEmulatorProfile } from "./add-emulator.ts";
import "./empty-state.css";

export interface EmptyStateProps {
	readonly onAdd: () => void;
	readonly onAdded: (id: ProfileId) => void;
}

/** Shown before there is a profile. */
export function EmptyState({ onAdd, onAdded }: EmptyStateProps) {
	const remote = useRemote();
	const announce = useAnnounce();
	const [isBusy, setBusy] = useState(false);
	const addEmulator = () => {
		setBusy(true);
		addEmulatorProfile(remote).then(
			(id) => {
				onAdded(id);
				announce("The emulator's profile was added.");
			},
			(error: Error) => {
				setBusy(false);
				announce(error.message);
			},
		);
	};
	return (
		<div class="empty">
			<h1>AppConfig, live</h1>
			<p>
				A profile names one configuration: an application, an environment and a
				configuration profile. The extension polls it as an application would,
				and shows each new version here.
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
				No AWS account? Run <code>npm run emulator</code> and add its profile:{" "}
				<code>storefront / development / settings</code> on{" "}
				<code>127.0.0.1:4772</code>.
			</p>
		</div>
	);
}

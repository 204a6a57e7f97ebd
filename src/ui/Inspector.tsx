// The inspector that popup and panel share: choose a profile, see its configuration live, look back, copy.
import type { ComponentType } from "preact";
import { useMemo } from "preact/hooks";
import { createActions } from "./actions.ts";
import { Button } from "./Button.tsx";
import type { Connection } from "./connect.ts";
import { EmptyState } from "./EmptyState.tsx";
import { LineBar } from "./LineBar.tsx";
import { ProfileChooser, type ProfileChooserProps } from "./ProfileChooser.tsx";
import { ProfileView } from "./ProfileView.tsx";
import type { Platform } from "./platform.ts";
import { useChoice } from "./use-choice.ts";
import { useSight } from "./use-sight.ts";
import { useStatus } from "./use-status.ts";

export interface InspectorProps {
	readonly connection: Connection;
	readonly platform: Platform;
	/** Popup and panel each remember their own profile under it. */
	readonly surface: "popup" | "panel";
	/** All profiles beside the configuration, where there is width for them. */
	readonly Sidebar?: ComponentType<ProfileChooserProps>;
}

export function Inspector(props: InspectorProps) {
	const { connection, platform, surface, Sidebar } = props;
	const { snapshot, line } = useSight(connection);
	const { text, say } = useStatus();
	const { profile, choose } = useChoice(snapshot, `${surface}.profile`);
	const actions = useMemo(
		() => createActions({ remote: connection.remote, platform, say }),
		[connection, platform, say],
	);
	const profiles = snapshot?.profiles ?? [];
	const choice = { profiles, chosen: profile, onChoose: choose };
	const add = () => platform.openOptions("new");
	return (
		<main class={`inspector ${surface}`}>
			<header>
				<ProfileChooser {...choice} />
				<Button
					name="Edit profile"
					icon="edit"
					bare
					disabled={!profile}
					onClick={() => profile && platform.openOptions(profile.profile.id)}
				/>
				<Button name="Add profile" icon="add" bare onClick={add} />
			</header>
			<div class="bars">
				<LineBar line={line} />
				{snapshot?.problems.map((problem) => (
					<p key={problem} class="bar warn" role="alert">
						{problem}
					</p>
				))}
			</div>
			{profile && Sidebar && <Sidebar {...choice} />}
			{profile && (
				<ProfileView
					profile={profile}
					actions={actions}
					reader={connection}
					compact={surface === "popup"}
					say={say}
				/>
			)}
			{snapshot && !profile && (
				<EmptyState
					onAdd={add}
					onAddEmulator={() => actions.addEmulatorProfile(choose)}
				/>
			)}
			<output class="status">{text}</output>
		</main>
	);
}

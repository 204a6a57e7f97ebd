// The inspector that popup and panel share: choose a profile, see its configuration live, look back, copy.
import type { ComponentType } from "preact";
import { useMemo } from "preact/hooks";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import { createActions } from "./actions.ts";
import { Button } from "./Button.tsx";
import type { Connection } from "./connect.ts";
import { LineBar } from "./LineBar.tsx";
import { ProfileChooser, type ProfileChooserProps } from "./ProfileChooser.tsx";
import { ProfileView } from "./ProfileView.tsx";
import type { Platform } from "./platform.ts";
import { useChoice } from "./use-choice.ts";
import { useModule } from "./use-module.ts";
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

const loadEmptyState = () => import("./EmptyState.tsx");

export function Inspector(props: InspectorProps) {
	const { connection, platform, surface, Sidebar } = props;
	const { snapshot, line } = useSight(connection);
	const { text, say } = useStatus();
	const { profile, choose } = useChoice(snapshot, `${surface}.profile`);
	const { remote } = connection;
	const actions = useMemo(() => createActions({ remote, say }), [remote, say]);
	const profiles = snapshot?.profiles ?? [];
	const empty = useModule(snapshot !== undefined && !profile, loadEmptyState);
	const add = () => platform.openOptions("new");
	const choice = { profiles, chosen: profile, onChoose: choose };
	// A few milliseconds: less is better than what would give way at once.
	if (!snapshot && line === "opening")
		return (
			<main class={`inspector ${surface}`}>
				<footer>
					<output />
					<Place />
				</footer>
			</main>
		);
	return (
		<main class={`inspector ${surface}`}>
			{profile && <h1 class="unseen">{profile.profile.name}</h1>}
			<header>
				<ProfileChooser {...choice} />
				{profile && <Button name="Add profile" icon="add" bare onClick={add} />}
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
					profiles={profiles}
					actions={actions}
					reader={connection}
					remote={remote}
					platform={platform}
					compact={surface === "popup"}
					say={say}
				/>
			)}
			{empty && (
				<empty.EmptyState
					remote={remote}
					say={say}
					onAdd={add}
					onAdded={choose}
				/>
			)}
			<footer>
				<output>{text}</output>
				<Place profile={profile} />
			</footer>
		</main>
	);
}

function Place({ profile: entry }: { profile?: ProfileSnapshot | undefined }) {
	if (!entry) return <span class="place">AppConfig Inspector</span>;
	const { profile, intervalSeconds } = entry;
	const { application, environment, configurationProfile } = profile;
	return (
		<span class="place">
			{application} / {environment} / {configurationProfile} · every{" "}
			{intervalSeconds} s
		</span>
	);
}

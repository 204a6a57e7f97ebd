// The inspector that popup and panel share: choose a profile, see its configuration live, look back, copy.

import type { ComponentType } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import type {
	BackgroundClient,
	ClientState,
} from "../background-client/connect.ts";
import type { PagePlatform } from "../background-client/platform.ts";
import { useSnapshot } from "../background-client/use-snapshot.ts";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import type { Route } from "../components/hash-route.ts";
import { OfferedText } from "../copy/OfferedText.tsx";
import { OtherVersion } from "../errors/OtherVersion.tsx";
import { useIdle } from "../hooks/use-idle.ts";
import { useModule } from "../hooks/use-module.ts";
import { type Announce, useStatus } from "../hooks/use-status.ts";
import { ProfileChooser, type ProfileChooserProps } from "./ProfileChooser.tsx";
import { ProfileView } from "./ProfileView.tsx";
import { useAct } from "./use-actions.ts";
import {
	type SelectedProfile,
	useSelectedProfile,
} from "./use-selected-profile.ts";

export interface InspectorProps {
	readonly connection: BackgroundClient;
	readonly platform: PagePlatform;
	/** Each remembers its own profile under it. */
	readonly surface: "popup" | "panel" | "page";
	/** Of a surface with an address of its own. */
	readonly route?: Route;
	/** All profiles beside the configuration, where there is width for them. */
	readonly Sidebar?: ComponentType<ProfileChooserProps>;
}

const loadLineBar = () => import("../errors/ConnectionBar.tsx");
const loadHelp = () => import("./Help.tsx");
const loadEmptyState = () => import("./EmptyState.tsx");

export function Inspector(props: InspectorProps) {
	const { connection, surface, route } = props;
	const { snapshot, connectionState } = useSnapshot(connection);
	const { profile, select } = useSelectedProfile(
		snapshot,
		`${surface}.profile`,
		route?.initial.profile,
	);
	const id = profile?.profile.id;
	const status = useStatus({ owner: id, faultAt: profile?.fault?.at });
	useLayoutEffect(() => connection.show(id), [connection, id]);
	// A few milliseconds: less is better than what would give way at once.
	const isEarly = !snapshot && connectionState === "opening";
	const help = useModule(!isEarly, loadHelp);
	return (
		<main class={`inspector ${surface}`}>
			{connectionState === "other-version" && (
				<OtherVersion platform={props.platform} />
			)}
			{!isEarly && connectionState !== "other-version" && (
				<Content
					{...props}
					{...{ snapshot, connectionState, profile, select }}
					say={status.announce}
				/>
			)}
			<footer>
				<output>
					<ForeignText text={status.text} />
				</output>
				<ConfigurationPlace profile={profile} />
				{help && <help.Help />}
			</footer>
			<OfferedText {...status} />
		</main>
	);
}

interface ContentProps extends InspectorProps, ClientState, SelectedProfile {
	readonly say: Announce;
}

function Content(props: ContentProps) {
	const { connection, platform, surface, route, Sidebar } = props;
	const { snapshot, connectionState, profile, select, say } = props;
	const { remote } = connection;
	const act = useAct({ remote, say });
	const profiles = snapshot?.profiles ?? [];
	const isUnreadable =
		snapshot?.damaged?.some(({ area }) => area === "database") === true;
	const empty = useModule(
		snapshot !== undefined && !profile && !isUnreadable,
		loadEmptyState,
	);
	// At rest: once the extension was updated it is not there any more.
	const bar = useModule(useIdle(), loadLineBar);
	const add = () => platform.openOptions("new");
	const choice = { profiles, chosen: profile, onChoose: select };
	return (
		<>
			{profile && (
				<h1 class="unseen">{escapeInvisible(profile.profile.name)}</h1>
			)}
			<header>
				<ProfileChooser {...choice} />
				{profile && <Button name="Add profile" icon="add" bare onClick={add} />}
			</header>
			<div class="bars">
				{bar && <bar.ConnectionBar line={connectionState} />}
				{snapshot?.problems.map((problem) => (
					<p key={problem} class="bar warn" role="alert">
						<ForeignText text={problem} />
					</p>
				))}
				{isUnreadable && (
					<p class="bar">
						<Button
							name="Open stored data"
							kind="primary"
							onClick={() => platform.openOptions("stored-data")}
						/>
					</p>
				)}
			</div>
			{profile && Sidebar && <Sidebar {...choice} />}
			{profile && snapshot && (
				<ProfileView
					{...{ profile, snapshot, act, remote, platform, route, say }}
					reader={connection}
					compact={surface === "popup"}
				/>
			)}
			{empty && (
				<empty.EmptyState {...{ remote, say }} onAdd={add} onAdded={select} />
			)}
		</>
	);
}

function ConfigurationPlace({
	profile: entry,
}: {
	profile?: ProfileSnapshot | undefined;
}) {
	if (!entry) return <span class="place">AppConfig Inspector</span>;
	const { profile, intervalSeconds, requestedIntervalSeconds } = entry;
	const { application, environment, configurationProfile } = profile;
	return (
		<span class="place">
			<ForeignText text={application} /> / <ForeignText text={environment} /> /{" "}
			<ForeignText text={configurationProfile} /> · every {intervalSeconds} s
			{requestedIntervalSeconds !== undefined &&
				` (the service asked for ${requestedIntervalSeconds > 86_400 ? "more than a day" : `${requestedIntervalSeconds} s`})`}
		</span>
	);
}

// The inspector that popup and panel share: choose a profile, see its configuration live, look back, copy.

import type { ComponentType } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { escapeInvisible } from "../../core/foreign-text.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { Connection, Sight } from "../background-client/connect.ts";
import type { PagePlatform } from "../background-client/platform.ts";
import { useSight } from "../background-client/use-snapshot.ts";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import type { Route } from "../components/hash-route.ts";
import { OfferedText } from "../copy/OfferedText.tsx";
import { OtherVersion } from "../errors/OtherVersion.tsx";
import { useModule } from "../hooks/use-module.ts";
import { useRest } from "../hooks/use-rest.ts";
import { type Say, useStatus } from "../hooks/use-status.ts";
import { ProfileChooser, type ProfileChooserProps } from "./ProfileChooser.tsx";
import { ProfileView } from "./ProfileView.tsx";
import { useAct } from "./use-actions.ts";
import { type Choice, useChoice } from "./use-selected-profile.ts";

export interface InspectorProps {
	readonly connection: Connection;
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
	const { snapshot, line } = useSight(connection);
	const { profile, choose } = useChoice(
		snapshot,
		`${surface}.profile`,
		route?.start.profile,
	);
	const id = profile?.profile.id;
	const status = useStatus({ owner: id, faultAt: profile?.fault?.at });
	useLayoutEffect(() => connection.show(id), [connection, id]);
	// A few milliseconds: less is better than what would give way at once.
	const isEarly = !snapshot && line === "opening";
	const help = useModule(!isEarly, loadHelp);
	return (
		<main class={`inspector ${surface}`}>
			{line === "other-version" && <OtherVersion platform={props.platform} />}
			{!isEarly && line !== "other-version" && (
				<Content
					{...props}
					{...{ snapshot, line, profile, choose }}
					say={status.say}
				/>
			)}
			<footer>
				<output>
					<ForeignText text={status.text} />
				</output>
				<Place profile={profile} />
				{help && <help.Help />}
			</footer>
			<OfferedText {...status} />
		</main>
	);
}

interface ContentProps extends InspectorProps, Sight, Choice {
	readonly say: Say;
}

function Content(props: ContentProps) {
	const { connection, platform, surface, route, Sidebar } = props;
	const { snapshot, line, profile, choose, say } = props;
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
	const bar = useModule(useRest(), loadLineBar);
	const add = () => platform.openOptions("new");
	const choice = { profiles, chosen: profile, onChoose: choose };
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
				{bar && <bar.LineBar line={line} />}
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
				<empty.EmptyState {...{ remote, say }} onAdd={add} onAdded={choose} />
			)}
		</>
	);
}

function Place({ profile: entry }: { profile?: ProfileSnapshot | undefined }) {
	if (!entry) return <span class="place">AppConfig Inspector</span>;
	const { profile, intervalSeconds, askedIntervalSeconds } = entry;
	const { application, environment, configurationProfile } = profile;
	return (
		<span class="place">
			<ForeignText text={application} /> / <ForeignText text={environment} /> /{" "}
			<ForeignText text={configurationProfile} /> · every {intervalSeconds} s
			{askedIntervalSeconds !== undefined &&
				` (the service asked for ${askedIntervalSeconds > 86_400 ? "more than a day" : `${askedIntervalSeconds} s`})`}
		</span>
	);
}

import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import { escapeInvisible } from "../../core/shared/untrusted-text.ts";
import {
	useBackgroundClient,
	usePlatform,
	useSnapshot,
} from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { EnvironmentChoices } from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { lazy, useLoad } from "../components/lazy.tsx";
import type { Route } from "../components/routes.ts";
import { StatusLine, StatusProvider } from "../components/status.tsx";
import { ManualCopy } from "../copy/ManualCopy.tsx";
import { ConnectionBar, OtherVersion } from "../errors/ConnectionBar.tsx";
import { useIdle } from "../hooks/use-idle.ts";
import type { HistoryPaneProps } from "./HistoryPane.tsx";
import {
	ProfileChooser,
	type ProfileChooserProps,
	useSelectedProfile,
} from "./ProfileChooser.tsx";
import { ProfileView, type TimelineTarget } from "./ProfileView.tsx";
import { usePaneKeys, usePanes } from "./panes.ts";

export interface InspectorProps {
	/** Each surface remembers the selected profile on its own. */
	readonly surface: "popup" | "panel" | "page";
	/** The address of the page; popup and panel have none. */
	readonly route?: Route;
	/** Lists all profiles beside the configuration, on a surface that has the width for it. */
	readonly Sidebar?: ComponentType<ProfileChooserProps>;
	/** The versions beside the configuration or below it; the popup opens them over it. */
	readonly HistoryPane?: ComponentType<HistoryPaneProps>;
}

const ShortcutsButton = lazy(
	() => import("./Shortcuts.tsx"),
	"ShortcutsButton",
);
const SearchView = lazy(() => import("../search/SearchView.tsx"), "SearchView");
const EmptyState = lazy(() => import("./EmptyState.tsx"), "EmptyState");

/** The view that popup, panel and page share. */
export function Inspector({
	surface,
	route,
	Sidebar,
	HistoryPane,
}: InspectorProps) {
	const client = useBackgroundClient();
	const platform = usePlatform();
	const { snapshot, connectionState } = useSnapshot();
	const { profile, select } = useSelectedProfile(
		snapshot,
		`${surface}.profile`,
		route?.initial.profile,
	);
	const id = profile?.profile.id;
	const [timeline, setTimeline] = useState<TimelineTarget>();
	const openTimeline = (target: TimelineTarget) => {
		select(target.profile);
		setTimeline(target);
	};
	const search = useSearchView(surface !== "popup");
	useLayoutEffect(() => client.showProfile(id), [client, id]);
	usePaneKeys();
	const panes = usePanes();
	// For a few milliseconds nothing is known: an empty page is better than one that would be replaced at once.
	const isLoading = !snapshot && connectionState === "connecting";
	const isOtherVersion = connectionState === "other-version";
	const add = () => platform.openOptions("new");
	const profiles = snapshot?.profiles ?? [];
	return (
		<EnvironmentChoices.Provider value={snapshot?.settings.environments}>
			<StatusProvider owner={id} faultAt={profile?.fault?.at}>
				<main
					class={`inspector ${surface}`}
					data-profiles={panes?.profiles.isCollapsed ? "collapsed" : undefined}
					data-history={panes?.history.isCollapsed ? "collapsed" : undefined}
					style={
						panes && {
							"--profiles-width": `${panes.profiles.size}px`,
							"--history-width": `${panes.history.size}px`,
							"--history-height": `${panes.historyHeight.size}px`,
						}
					}
				>
					{isOtherVersion && <OtherVersion />}
					{!isLoading && !isOtherVersion && (
						<>
							{profile && (
								<h1 class="visually-hidden">
									{escapeInvisible(profile.profile.name)}
								</h1>
							)}
							<header>
								<ProfileChooser
									profiles={profiles}
									selected={profile}
									onSelect={select}
								/>
								{profile && (
									<Button name="Add profile" icon="add" bare onClick={add} />
								)}
								{profile && surface !== "popup" && (
									<Button
										name="Search all profiles"
										icon="search"
										bare
										title="Search all profiles and versions (Ctrl+Shift+F)"
										onClick={search.open}
									/>
								)}
								{profile && panes && (
									<span class="hide-profiles">
										<Button
											name="Collapse profiles"
											icon="left-pane"
											bare
											onClick={panes.profiles.toggle}
										/>
									</span>
								)}
							</header>
							<div class="bars">
								<ConnectionBar state={connectionState} />
								{snapshot && <Problems snapshot={snapshot} />}
							</div>
							{profile && Sidebar && (
								<Sidebar
									profiles={profiles}
									selected={profile}
									onSelect={select}
								/>
							)}
							{search.isOpen && (
								<div class="full-view" data-pane>
									<SearchView
										profiles={profiles}
										onOpen={({ profile: found, jsonPath }) => {
											search.close();
											if (jsonPath === undefined) select(found);
											else openTimeline({ profile: found, jsonPath });
										}}
										onClose={search.close}
									/>
								</div>
							)}
							{profile && snapshot && !search.isOpen && (
								<ProfileView
									profile={profile}
									snapshot={snapshot}
									compact={surface === "popup"}
									route={route}
									timelinePath={
										timeline?.profile === id ? timeline?.jsonPath : undefined
									}
									onTimeline={openTimeline}
									onTimelineClose={() => setTimeline(undefined)}
									HistoryPane={HistoryPane}
								/>
							)}
							{snapshot && !profile && !isDatabaseDamaged(snapshot) && (
								<EmptyState onAdd={add} onAdded={select} />
							)}
						</>
					)}
					<footer>
						<StatusLine />
						{surface !== "popup" && <ConfigurationPlace profile={profile} />}
						{!isLoading && <ShortcutsButton />}
					</footer>
					<ManualCopy />
				</main>
			</StatusProvider>
		</EnvironmentChoices.Provider>
	);
}

/** Ctrl+Shift+F opens it, as in DevTools. */
function useSearchView(isPossible: boolean) {
	const [isOpen, setOpen] = useState(false);
	const load = useLoad();
	const open = () => load(SearchView, () => setOpen(true));
	const isIdle = useIdle();
	// Who types right after the shortcut types into the field.
	useEffect(() => {
		if (isPossible && isIdle) SearchView.load().catch(() => undefined);
	}, [isPossible, isIdle]);
	useEffect(() => {
		if (!isPossible) return;
		const onKeyDown = (event: KeyboardEvent) => {
			const isSearch =
				event.key.toLowerCase() === "f" &&
				event.shiftKey &&
				(event.ctrlKey || event.metaKey);
			if (!isSearch) return;
			event.preventDefault();
			open();
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, [isPossible]);
	return { isOpen, open, close: () => setOpen(false) };
}

function isDatabaseDamaged({ damaged }: Snapshot): boolean {
	return damaged?.some(({ area }) => area === "database") === true;
}

function Problems({ snapshot }: { readonly snapshot: Snapshot }) {
	const platform = usePlatform();
	return (
		<>
			{snapshot.problems.map((problem) => (
				<p key={problem} class="bar warn" role="alert">
					<ForeignText text={problem} />
				</p>
			))}
			{isDatabaseDamaged(snapshot) && (
				<p class="bar">
					<Button
						name="Open stored data"
						kind="primary"
						onClick={() => platform.openOptions("stored-data")}
					/>
				</p>
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

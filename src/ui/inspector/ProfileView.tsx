import type { ComponentChild, ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ProfileId } from "../../core/profile/profile.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import { BlameProvider } from "../blame/BlameProvider.tsx";
import type { VersionPair } from "../compare/VersionComparison.tsx";
import { Icon } from "../components/Button.tsx";
import { EnvironmentLabel } from "../components/EnvironmentLabel.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { lazy, useLoad } from "../components/lazy.tsx";
import type { Route } from "../components/routes.ts";
import { useAnnounce } from "../components/status.tsx";
import type { VersionRef } from "../content/version-ref.ts";
import { BinaryBar, useCopy } from "../copy/BinaryBar.tsx";
import { copyText } from "../copy/clipboard.ts";
import { useEscape } from "../hooks/use-escape.ts";
import { useMedia } from "../hooks/use-media.ts";
import { Since, type VersionMarks } from "../since/Since.tsx";
import { useMarkSeen } from "../since/use-mark-seen.ts";
import {
	type PathAction,
	PathActionsProvider,
} from "../viewer/path-actions.ts";
import { TreeAnnotationsProvider } from "../viewer/tree/annotations.tsx";
import { useWatchActions } from "../watch/use-watch-actions.ts";
import { Configuration } from "./Configuration.tsx";
import { Countdown } from "./Countdown.tsx";
import { useChangeAnnotations } from "./change-annotations.ts";
import { Facts } from "./Facts.tsx";
import type { HistoryPaneProps } from "./HistoryPane.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { useSelectedVersion } from "./use-selected-version.ts";

const CopyMenu = lazy(() => import("../copy/CopyMenu.tsx"), "CopyMenu");
const ErrorBanner = lazy(
	() => import("../errors/ErrorBanner.tsx"),
	"ErrorBanner",
);
const VersionComparison = lazy(
	() => import("../compare/VersionComparison.tsx"),
	"VersionComparison",
);
const VersionChooser = lazy(
	() => import("../version-chooser/VersionChooser.tsx"),
	"VersionChooser",
);

const PopupHistory = lazy(() => import("./HistoryPane.tsx"), "HistoryPane");
const MatrixView = lazy(() => import("../matrix/MatrixView.tsx"), "MatrixView");

const Timeline = lazy(() => import("../timeline/Timeline.tsx"), "Timeline");

/** A value of a profile whose timeline is opened. */
export interface TimelineTarget {
	readonly profile: ProfileId;
	readonly jsonPath: string;
}

/** Where large.css has a column for them beside the history. */
const TOOLS_COLUMN = "(min-width: 1600px) and (min-height: 480px)";

export interface ProfileViewProps {
	readonly profile: ProfileSnapshot;
	readonly snapshot: Snapshot;
	readonly compact: boolean;
	readonly route?: Route | undefined;
	/** The value whose timeline is open. */
	readonly timelinePath: string | undefined;
	readonly onTimeline: (target: TimelineTarget) => void;
	readonly onTimelineClose: () => void;
	/** Absent in the popup, which loads it when it is opened. */
	readonly HistoryPane?: ComponentType<HistoryPaneProps> | undefined;
}

/** Where a menu was opened; it stays there while snapshots arrive. */
interface MenuAnchor {
	readonly button: HTMLButtonElement;
	readonly at: DOMRect;
}

/** One profile: toolbar, problems, facts and configuration of the selected version, and the history. */
export function ProfileView(props: ProfileViewProps) {
	const { timelinePath, onTimeline, onTimelineClose } = props;
	const { profile, snapshot, compact, route, HistoryPane } = props;
	const { id } = profile.profile;
	const announce = useAnnounce();
	const load = useLoad();
	const selected = useSelectedVersion(profile, route);
	const { copy, binary, dismissBinary } = useCopy(selected.body);
	const comparison = useComparison(profile, selected.number);
	const [menu, setMenu] = useState<MenuAnchor>();
	const matrix = useFullView(id);
	const isWide = useMedia(TOOLS_COLUMN);
	const hasToolsColumn = isWide && HistoryPane !== undefined;
	const watchActions = useWatchActions(profile, selected.version);
	const actions: readonly PathAction[] = [
		{
			name: "Timeline",
			letter: "T",
			run: ({ jsonPath }) => onTimeline({ profile: id, jsonPath }),
		},
		...watchActions,
	];
	const [marks, setMarks] = useState<VersionMarks>();
	const annotations = useChangeAnnotations(marks, selected);
	const middle = useRef<HTMLDivElement>(null);
	useInitialComparison(route, id, selected.number, comparison.openOwn);
	const isOnScreen = useMarkSeen(middle, profile, selected.isLive);
	const openMenu = (button: HTMLButtonElement) => {
		const at = button.getBoundingClientRect();
		load(CopyMenu, () => setMenu({ button, at }));
	};
	const closeMenu = () => {
		setMenu(undefined);
		menu?.button.focus();
	};
	const matrixView = matrix.isOpen && (
		<MatrixView
			key={id}
			profile={profile}
			profiles={snapshot.profiles}
			onTimeline={(target) => {
				if (!hasToolsColumn) matrix.close();
				onTimeline(target);
			}}
			onClose={matrix.close}
		/>
	);
	if (matrixView && !hasToolsColumn)
		return (
			<div class="full-view" data-pane>
				{matrixView}
			</div>
		);
	const facts = (
		<Facts
			profile={profile}
			version={selected.version}
			onCopyHash={(hash) => void copyText(hash, "the SHA-256", announce)}
		/>
	);
	const toolbar = (
		<Toolbar
			profile={profile}
			picked={selected.picked}
			compact={compact}
			onCopy={copy}
			onMore={openMenu}
			onCompare={
				hasOtherVersion(profile, snapshot) ? comparison.choose : undefined
			}
			onMatrix={
				compact || snapshot.profiles.length < 2 ? undefined : matrix.open
			}
		/>
	);
	const history = {
		profile,
		hasDeployments: hasDeployments(profile, snapshot),
		compact,
		shown:
			comparison.pair?.modified.profile === id
				? comparison.pair.modified.number
				: selected.number,
		onShow(number: number | undefined) {
			comparison.end();
			selected.select(number);
		},
		onCompare: comparison.openOwn,
		onCompareWith: comparison.chooseFor,
		timelinePath,
		timeline: timelinePath !== undefined && (
			<Timeline
				key={`${id} ${timelinePath}`}
				profile={profile}
				profiles={snapshot.profiles}
				jsonPath={timelinePath}
				onCompare={comparison.openOwn}
				onClose={onTimelineClose}
			/>
		),
	};
	return (
		<>
			{menu && (
				<CopyMenu
					profile={profile}
					connections={snapshot.connections}
					version={selected.version}
					onCopy={copy}
					at={menu.at}
					onClose={closeMenu}
				/>
			)}
			{comparison.chosenFor !== undefined && (
				<VersionChooser
					title="Compare with…"
					owner={profile}
					profiles={snapshot.profiles}
					other={{ profile: id, number: comparison.chosenFor }}
					onChoose={comparison.openWith}
					onClose={comparison.stopChoosing}
				/>
			)}
			{compact && toolbar}
			<div
				class="center"
				data-pane
				data-mode={comparison.pair ? "comparison" : "configuration"}
			>
				{!compact && (
					<>
						<div class="title">
							<EnvironmentLabel
								name={profile.profile.environment}
								kind="filled"
							/>
							<b>
								<ForeignText text={profile.profile.name} />
							</b>
						</div>
						{toolbar}
						{facts}
					</>
				)}
				<div class="middle" ref={middle}>
					{(profile.fault || profile.credentialsExpireAt || profile.loss) && (
						<ErrorBanner profile={profile} />
					)}
					{binary && <BinaryBar body={binary} onDone={dismissBinary} />}
					<Since
						profile={profile}
						isOnScreen={isOnScreen}
						compact={compact}
						onCompare={comparison.openOwn}
						onMarks={setMarks}
					/>
					{comparison.pair ? (
						<section class="configuration" aria-label="Configuration">
							<VersionComparison
								key={id}
								pair={comparison.pair}
								profiles={snapshot.profiles}
								preferencesKey={id}
								onChange={comparison.open}
								onClose={comparison.close}
							/>
						</section>
					) : (
						<TreeAnnotationsProvider annotations={annotations}>
							<BlameProvider
								id={id}
								versions={profile.versions}
								shown={selected.number}
								content={
									selected.body.state === "ready"
										? selected.body.content
										: undefined
								}
							>
								<PathActionsProvider value={actions}>
									<Configuration
										profile={profile}
										body={selected.body}
										versionNumber={selected.number}
										picked={selected.picked}
										compact={compact}
										route={route}
										onShowLive={() => selected.select(undefined)}
									/>
								</PathActionsProvider>
							</BlameProvider>
						</TreeAnnotationsProvider>
					)}
				</div>
			</div>
			{HistoryPane ? (
				<HistoryPane {...history} />
			) : (
				<LastLine facts={facts} history={history} />
			)}
			{matrixView && (
				<section class="tools" aria-label="Tools" data-pane>
					{matrixView}
				</section>
			)}
		</>
	);
}

interface LastLineProps {
	readonly facts: ComponentChild;
	readonly history: HistoryPaneProps;
}

/** The popup's last line: the facts, the countdown, and the history, which opens over the configuration. */
function LastLine({ facts, history }: LastLineProps) {
	const load = useLoad();
	const [isOpen, setOpen] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const close = () => setOpen(false);
	const { timelinePath } = history;
	useEffect(() => {
		if (timelinePath !== undefined) setOpen(true);
	}, [timelinePath]);
	useEscape(isOpen, () => {
		close();
		button.current?.focus();
	});
	return (
		<>
			{isOpen && (
				<PopupHistory
					{...history}
					onShow={(number) => {
						history.onShow(number);
						close();
					}}
					onCompare={(older, newer) => {
						history.onCompare(older, newer);
						close();
					}}
					onCompareWith={(number) => {
						history.onCompareWith(number);
						close();
					}}
				/>
			)}
			<div class="last-line">
				{facts}
				<Countdown profile={history.profile} />
				<button
					type="button"
					class="button with-icon"
					ref={button}
					aria-expanded={isOpen}
					onClick={() =>
						isOpen ? close() : load(PopupHistory, () => setOpen(true))
					}
				>
					<Icon name="clock" />
					History
				</button>
			</div>
		</>
	);
}

/** Opens the comparison that the address names, once the version to compare is known. */
function useInitialComparison(
	route: Route | undefined,
	id: ProfileId,
	shown: number | undefined,
	open: (older: number, newer: number) => void,
): void {
	const { profile, compare } = route?.initial ?? {};
	const isWanted =
		profile === id && compare !== undefined && shown !== undefined;
	useEffect(() => {
		if (isWanted && compare !== shown)
			open(Math.min(compare, shown), Math.max(compare, shown));
	}, [isWanted]);
}

interface FullView {
	readonly isOpen: boolean;
	readonly open: () => void;
	/** Gives the focus back to the button that opened the view, once that is there again. */
	readonly close: () => void;
}

/** A view in the place of the configuration and the history. Another profile closes it. */
function useFullView(id: ProfileId): FullView {
	const [owner, setOwner] = useState<ProfileId>();
	const load = useLoad();
	const isReturning = useRef(false);
	useLayoutEffect(() => {
		if (owner !== undefined || !isReturning.current) return;
		isReturning.current = false;
		document.querySelector<HTMLElement>("[data-opens=matrix] button")?.focus();
	}, [owner]);
	return {
		isOpen: owner === id,
		open: () => load(MatrixView, () => setOwner(id)),
		close() {
			isReturning.current = true;
			setOwner(undefined);
		},
	};
}

interface ComparisonState {
	/** What is compared; absent while the configuration is on show. */
	readonly pair: VersionPair | undefined;
	readonly open: (pair: VersionPair) => void;
	/** Compares two versions of the profile: an older and a newer one. */
	readonly openOwn: (older: number, newer: number) => void;
	/** Compares the version that the chooser is open for with another one, of any profile. */
	readonly openWith: (other: VersionRef) => void;
	/** Ends the comparison, and gives the focus back to where it was opened. */
	readonly close: () => void;
	readonly end: () => void;
	/** The number of the version that the user chooses another one for. */
	readonly chosenFor: number | undefined;
	readonly chooseFor: (number: number) => void;
	/** For the version on show. */
	readonly choose: () => void;
	readonly stopChoosing: () => void;
}

function useComparison(
	{ profile: { id } }: ProfileSnapshot,
	shownNumber: number | undefined,
): ComparisonState {
	const [opened, setOpened] = useState<{
		owner: ProfileId;
		pair: VersionPair;
	}>();
	const [chosenFor, setChosenFor] = useState<number>();
	const opener = useRef<Element | null>(null);
	const load = useLoad();
	const pair = opened?.owner === id ? opened.pair : undefined;
	const open = (next: VersionPair) => {
		if (!pair && chosenFor === undefined)
			opener.current = document.activeElement;
		load(VersionComparison, () => setOpened({ owner: id, pair: next }));
	};
	const openOwn = (older: number, newer: number) =>
		open({
			original: { profile: id, number: older },
			modified: { profile: id, number: newer },
		});
	const chooseFor = (number: number) => {
		opener.current = document.activeElement;
		load(VersionChooser, () => setChosenFor(number));
	};
	return {
		pair,
		open,
		openOwn,
		openWith(other) {
			if (chosenFor === undefined) return;
			if (other.profile !== id)
				open({
					original: other,
					modified: { profile: id, number: chosenFor },
				});
			else
				openOwn(
					Math.min(other.number, chosenFor),
					Math.max(other.number, chosenFor),
				);
		},
		close() {
			setOpened(undefined);
			if (opener.current instanceof HTMLElement) opener.current.focus();
		},
		end: () => setOpened(undefined),
		chosenFor,
		chooseFor,
		choose() {
			if (shownNumber !== undefined) chooseFor(shownNumber);
		},
		stopChoosing: () => setChosenFor(undefined),
	};
}

/** An Agent serves configurations, but has no deployments. */
function hasDeployments(
	{ profile }: ProfileSnapshot,
	{ connections }: Snapshot,
): boolean {
	const entry = connections.find(
		({ connection }) => connection.id === profile.connection,
	);
	return entry?.connection.kind !== "agent";
}

/** Whether there is another version to compare with, of this profile or of another one. */
function hasOtherVersion(
	profile: ProfileSnapshot,
	{ profiles }: Snapshot,
): boolean {
	const { versionCount } = profile;
	if (versionCount !== 1) return versionCount > 1;
	return profiles.some((other) => other !== profile && other.versionCount > 0);
}

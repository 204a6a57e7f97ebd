// One profile on show: its toolbar, fault, facts, configuration and history, live or at an older version.
import { useRef, useState } from "preact/hooks";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import type { BodyReader } from "../../storage/version-store.ts";
import type { Route } from "../components/hash-route.ts";
import { type Copying, useCopy } from "../copy/use-copy.ts";
import type { RemedyOptions } from "../errors/remedy.ts";
import { VersionHistory } from "../history/VersionHistory.tsx";
import { useModule } from "../hooks/use-module.ts";
import type { Announce } from "../hooks/use-status.ts";
import { Configuration } from "./Configuration.tsx";
import { Facts } from "./Facts.tsx";
import { Toolbar } from "./Toolbar.tsx";
import type { Act } from "./use-actions.ts";
import { useMarkSeen } from "./use-mark-seen.ts";
import {
	type SelectedVersion,
	useSelectedVersion,
} from "./use-selected-version.ts";

/** Words for every fault are much text, and most of the time there is none. */
const loadBinaryBar = () => import("../copy/BinaryBar.tsx");
const loadLossBar = () => import("../errors/LossBar.tsx");
const loadTrouble = () => import("../errors/ErrorBanner.tsx");
const loadComparison = () => import("../compare/VersionComparison.tsx");
const loadDeployments = () => import("../deployments/Deployments.tsx");
const loadMoreToCopy = () => import("../copy/CopyMenu.tsx");

export interface ProfileViewProps extends RemedyOptions {
	readonly profile: ProfileSnapshot;
	readonly snapshot: Snapshot;
	readonly act: Act;
	readonly reader: BodyReader;
	readonly compact: boolean;
	readonly say: Announce;
	readonly route?: Route | undefined;
}

/** What a menu was opened from, and where that stood: it stays there while snapshots come in. */
interface MenuAnchor {
	readonly button: HTMLButtonElement;
	readonly at: DOMRect;
}

export function ProfileView(props: ProfileViewProps) {
	const { profile, act, platform, say, remote, reader, compact } = props;
	const shown = useSelectedVersion(props);
	const copying = useCopy(shown.body, say);
	const [isComparing, setComparing] = useState(false);
	/** Gets the focus back when the comparison closes. */
	const comparer = useRef<Element | null>(null);
	const compare = () => {
		comparer.current = document.activeElement;
		setComparing(!isComparing);
	};
	const endComparing = () => {
		setComparing(false);
		if (comparer.current instanceof HTMLElement) comparer.current.focus();
	};
	const canCompare = hasOtherVersion(props);
	const [opener, setOpener] = useState<MenuAnchor>();
	const more = useModule(opener !== undefined, loadMoreToCopy);
	return (
		<>
			<Toolbar
				{...{ profile, act, platform }}
				picked={shown.picked}
				onCopy={copying.copy}
				onMore={(button) =>
					setOpener({ button, at: button.getBoundingClientRect() })
				}
			/>
			{more && opener && (
				<more.CopyMenu
					{...{ profile, say }}
					connections={props.snapshot.connections}
					version={shown.version}
					onCopy={copying.copy}
					at={opener.at}
					onClose={() => {
						setOpener(undefined);
						opener.button.focus();
					}}
				/>
			)}
			<Middle
				{...props}
				{...{ shown, copying }}
				onEndComparing={isComparing && canCompare ? endComparing : undefined}
			/>
			<VersionHistory
				{...{ profile, remote, reader, platform, compact, say }}
				compare={
					canCompare ? { isOn: isComparing, toggle: compare } : undefined
				}
				shown={shown.number}
				onShow={shown.select}
			>
				{!props.compact && hasDeployments(props) && (
					<DeploymentsOnDemand {...props} />
				)}
			</VersionHistory>
		</>
	);
}

// Asked of the control plane, which takes permissions of its own: only when somebody wants to see them.
function DeploymentsOnDemand(props: ProfileViewProps) {
	const [isOpen, setOpen] = useState(false);
	const deployments = useModule(isOpen, loadDeployments);
	const toggle = useRef<HTMLButtonElement>(null);
	const close = () => {
		setOpen(false);
		toggle.current?.focus();
	};
	return (
		<>
			<button
				type="button"
				class="row show-deployments"
				aria-expanded={isOpen}
				ref={toggle}
				onClick={() => setOpen(!isOpen)}
			>
				{isOpen ? "Hide deployments" : "Show deployments"}
			</button>
			{deployments && (
				<deployments.Deployments
					key={props.profile.profile.id}
					{...props}
					onClose={close}
				/>
			)}
		</>
	);
}

/** An Agent hands out configurations and knows nothing of deployments. */
function hasDeployments({ profile, snapshot }: ProfileViewProps): boolean {
	const { connection: id } = profile.profile;
	const entry = snapshot.connections.find(
		({ connection }) => connection.id === id,
	);
	return entry?.connection.kind !== "agent";
}

interface MiddleProps extends ProfileViewProps {
	readonly shown: SelectedVersion;
	readonly copying: Copying;
	/** Absent while nothing is compared. */
	readonly onEndComparing: (() => void) | undefined;
}

function Middle(props: MiddleProps) {
	const { profile, act, remote, say, shown, copying } = props;
	const { binary, dismissBinary } = copying;
	const binaries = useModule(binary !== undefined, loadBinaryBar);
	const troubles = useModule(
		Boolean(profile.fault ?? profile.credentialsExpireAt),
		loadTrouble,
	);
	const losses = useModule(profile.loss !== undefined, loadLossBar);
	const element = useRef<HTMLDivElement>(null);
	useMarkSeen(element, { profile, isLive: shown.isLive, act });
	return (
		<div class="middle" ref={element}>
			{troubles && <troubles.ErrorBanner {...props} />}
			{losses && profile.loss && (
				<losses.LossBar {...{ profile, remote, say }} loss={profile.loss} />
			)}
			{binary && binaries && (
				<binaries.BinaryBar body={binary} say={say} onDone={dismissBinary} />
			)}
			<Facts
				version={shown.version}
				checkedAt={profile.checkedAt}
				onCopyHash={(hash) => copying.copyText(hash, "the SHA-256")}
			/>
			<Content {...props} />
		</div>
	);
}

function Content(props: MiddleProps) {
	const { profile, snapshot, reader, compact, say } = props;
	const { shown, onEndComparing } = props;
	const { number: shownNumber } = shown;
	const comparison = useModule(onEndComparing !== undefined, loadComparison);
	if (!comparison || !onEndComparing || shownNumber === undefined)
		return (
			<Configuration
				{...props}
				number={shownNumber}
				body={shown.body}
				onShowLive={() => shown.select(undefined)}
				onSay={say}
			/>
		);
	return (
		<section class="configuration" aria-label="Configuration">
			<comparison.VersionComparison
				key={profile.profile.id}
				{...{ profile, shownNumber, reader, compact, say }}
				profiles={snapshot.profiles}
				onClose={onEndComparing}
			/>
		</section>
	);
}

/** Whether there is another version to compare with, of this profile or of another. */
function hasOtherVersion({ profile, snapshot }: ProfileViewProps): boolean {
	const { versionCount } = profile;
	if (versionCount !== 1) return versionCount > 1;
	return snapshot.profiles.some(
		(other) => other !== profile && other.versionCount > 0,
	);
}

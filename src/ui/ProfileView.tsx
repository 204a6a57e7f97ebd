// One profile on show: its toolbar, fault, facts, configuration and history, live or at an older version.
import { useEffect, useRef, useState } from "preact/hooks";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import type { BodyReader } from "../store/library.ts";
import type { Actions } from "./actions.ts";
import { Configuration } from "./Configuration.tsx";
import { Facts } from "./Facts.tsx";
import type { RemedyOptions } from "./remedy.ts";
import { Toolbar } from "./Toolbar.tsx";
import { useArrivals } from "./use-arrivals.ts";
import { useBody } from "./use-body.ts";
import { put, useCopy } from "./use-copy.ts";
import { useModule } from "./use-module.ts";
import { useOnScreen } from "./use-on-screen.ts";
import { VersionHistory } from "./VersionHistory.tsx";

/** Words for every fault are much text, and most of the time there is none. */
const loadBinaryBar = () => import("./BinaryBar.tsx");
const loadFaultBar = () => import("./FaultBar.tsx");
const loadComparison = () => import("./Comparison.tsx");

export interface ProfileViewProps extends RemedyOptions {
	readonly profile: ProfileSnapshot;
	readonly profiles: readonly ProfileSnapshot[];
	readonly actions: Actions;
	readonly reader: BodyReader;
	readonly compact: boolean;
	readonly say: (text: string) => void;
}

export function ProfileView(props: ProfileViewProps) {
	const { profile, profiles, actions, reader, compact, say } = props;
	const { id } = profile.profile;
	const [picked, setPicked] = useState<{ id: string; number: number }>();
	const newest = profile.versions[0]?.number;
	const wanted = picked?.id === id ? picked.number : newest;
	const body = useBody(reader, id, wanted);
	// What is said about a version changes together with its bytes, never before them.
	const number = body.state === "ready" ? body.number : wanted;
	const version = profile.versions.find((known) => known.number === number);
	useArrivals(profile, say);
	const { copy, binary, dismissBinary } = useCopy(body, say);
	const binaries = useModule(binary !== undefined, loadBinaryBar);
	const faults = useModule(profile.fault !== undefined, loadFaultBar);
	const [isComparing, setComparing] = useState(false);
	const canCompare =
		profile.versions.length > 1 ||
		(newest !== undefined && profiles.some(hasVersionBeside(id)));
	const comparison = useModule(isComparing && canCompare, loadComparison);
	const element = useRef<HTMLDivElement>(null);
	const isOnScreen = useOnScreen(element);
	const isLiveShown = body.state === "ready" && body.number === newest;
	const isNewsSeen = isOnScreen && isLiveShown && (newest ?? 0) > profile.seen;
	useEffect(() => {
		if (isNewsSeen && newest) actions.markSeen(profile, newest);
	}, [isNewsSeen, newest, id]);
	const show = (chosen: number) =>
		setPicked(chosen === newest ? undefined : { id, number: chosen });
	const copyHash = (hash: string) => void put(hash, "the SHA-256", say);
	return (
		<>
			<Toolbar
				profile={profile}
				actions={actions}
				platform={props.platform}
				onCopy={copy}
			/>
			<div class="middle" ref={element}>
				{profile.fault && faults && (
					<faults.FaultBar {...props} fault={profile.fault} />
				)}
				{binary && binaries && (
					<binaries.BinaryBar body={binary} say={say} onDone={dismissBinary} />
				)}
				<Facts
					version={version}
					checkedAt={profile.checkedAt}
					onCopyHash={copyHash}
				/>
				{comparison && number !== undefined ? (
					<section class="configuration" aria-label="Configuration">
						<comparison.Comparison
							key={id}
							{...{ profile, profiles, number, reader, compact, say }}
							onClose={() => setComparing(false)}
						/>
					</section>
				) : (
					<Configuration
						profile={profile}
						body={body}
						number={number}
						compact={compact}
						onShowLive={() => setPicked(undefined)}
						onSay={say}
					/>
				)}
			</div>
			<VersionHistory
				versions={profile.versions}
				compare={
					canCompare
						? { isOn: isComparing, toggle: () => setComparing(!isComparing) }
						: undefined
				}
				isLive={!profile.fault && !profile.paused}
				shown={number}
				onShow={show}
				onPin={(of, pinned) => actions.pin(profile, of, pinned)}
			/>
		</>
	);
}

function hasVersionBeside(id: string) {
	return ({ profile, versions }: ProfileSnapshot) =>
		profile.id !== id && versions.length > 0;
}

import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import {
	useBackgroundClient,
	useRemote,
} from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { lazy } from "../components/lazy.tsx";
import type { Route } from "../components/routes.ts";
import { useAnnounce } from "../components/status.tsx";
import type { PreviousVersion } from "../content/previous-version.ts";
import { type BodyState, readContent } from "../content/use-body.ts";
import { useIdle } from "../hooks/use-idle.ts";
import { ConfigurationView } from "../viewer/ConfigurationView.tsx";

const EmptyContent = lazy(
	() => import("../errors/EmptyContent.tsx"),
	"EmptyContent",
);
const IntegrityBar = lazy(
	() => import("../errors/EmptyContent.tsx"),
	"IntegrityBar",
);

export interface ConfigurationProps {
	readonly profile: ProfileSnapshot;
	readonly body: BodyState;
	/** The version on show; absent before the first. */
	readonly versionNumber: number | undefined;
	/** The version that was picked instead of the live one. */
	readonly picked: number | undefined;
	readonly compact: boolean;
	readonly route?: Route | undefined;
	readonly onShowLive: () => void;
}

/** The region with the configuration, or with the reason why there is none. */
export function Configuration(props: ConfigurationProps) {
	const { profile, body, versionNumber, picked, onShowLive } = props;
	// Hashing is not needed for the first paint.
	const isIdle = useIdle();
	return (
		<section class="configuration" aria-label="Configuration" tabIndex={-1}>
			<VersionBar profile={profile} picked={picked} onShowLive={onShowLive} />
			{isIdle && (
				<IntegrityBar
					profile={profile}
					body={body}
					versionNumber={versionNumber}
				/>
			)}
			<Content {...props} />
		</section>
	);
}

function Content(props: ConfigurationProps) {
	const { profile, body, versionNumber, compact, route } = props;
	const reader = useBackgroundClient();
	const { versions } = profile;
	const { id } = profile.profile;
	const index = versions.findIndex(({ number }) => number === versionNumber);
	const version = versions[index];
	if (!version && versions.length < profile.versionCount) return null;
	if (!version || (body.state !== "ready" && body.state !== "reading"))
		return (
			<EmptyContent
				profile={profile}
				body={body}
				versionNumber={versionNumber}
			/>
		);
	if (body.state === "reading") return null;
	const before = versions[index + 1];
	return (
		<ConfigurationView
			key={id}
			content={body.content}
			compact={compact}
			preferencesKey={id}
			initialView={
				route?.initial.profile === id ? route.initial.view : undefined
			}
			previous={before && previousVersion(reader, id, before, version)}
			isNewest={index === 0}
			onView={route?.viewSelected}
		/>
	);
}

function previousVersion(
	reader: BodyReader,
	id: ProfileId,
	before: Version,
	version: Version,
): PreviousVersion {
	return {
		hash: before.hash,
		read: () => readContent(reader, id, before),
		async changedNodes() {
			const { summarizeVersionChange } = await import(
				"../diff/version-summaries.ts"
			);
			const change = { reader, id, before, version };
			return (await summarizeVersionChange(change)).nodes;
		},
	};
}

interface VersionBarProps
	extends Pick<ConfigurationProps, "profile" | "picked" | "onShowLive"> {}

/** Says that the version on show is not the one that AppConfig serves. */
function VersionBar({ profile, picked, onShowLive }: VersionBarProps) {
	const newest = profile.versions[0]?.number;
	const showLive = (button: HTMLElement) => {
		// The button disappears: the focus moves to the region that the user looks at.
		button.closest("section")?.focus();
		onShowLive();
	};
	return (
		<>
			{profile.deletedHash !== undefined && (
				<ServedVersionMissing profile={profile} />
			)}
			{picked !== undefined && (
				<div class="bar info">
					<span class="message">
						You are looking at version {picked} of {newest}.
					</span>
					<Button name="Show live" icon="live" onClick={showLive} />
				</div>
			)}
		</>
	);
}

function ServedVersionMissing({
	profile,
}: {
	readonly profile: ProfileSnapshot;
}) {
	const remote = useRemote();
	const announce = useAnnounce();
	const { id } = profile.profile;
	const fetchAgain = () =>
		void remote.fetchAgain({ id }).then(
			() => announce("Requesting the configuration in a new session."),
			(error: Error) => announce(error.message),
		);
	return (
		<div class="bar info">
			<span class="message">
				{profile.deletedHash
					? "The version that AppConfig serves now was deleted here."
					: "The version that AppConfig serves now is not in this history."}
			</span>
			<Button name="Fetch it again" icon="poll" onClick={fetchAgain} />
		</div>
	);
}

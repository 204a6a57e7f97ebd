// The region with the configuration itself, or the reason why there is none to see.

import type { Version } from "../../core/history/history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { BodyReader } from "../../storage/version-store.ts";
import type { Route } from "../components/hash-route.ts";
import { type BodyState, readContent } from "../content/use-body.ts";
import { useIdle } from "../hooks/use-idle.ts";
import { useModule } from "../hooks/use-module.ts";
import type { Announce } from "../hooks/use-status.ts";
import { ConfigurationView } from "../viewer/ConfigurationView.tsx";
import type { PreviousVersion } from "../viewer/previous-version.ts";

export interface ConfigurationProps {
	readonly profile: ProfileSnapshot;
	readonly body: BodyState;
	/** The version on show; absent before the first. */
	readonly number: number | undefined;
	readonly reader: BodyReader;
	readonly remote: Remote;
	readonly compact: boolean;
	readonly onShowLive: () => void;
	/** Confirmations of what was copied out of it. */
	readonly onSay: Announce;
	readonly route?: Route | undefined;
}

const loadNothing = () => import("../errors/EmptyContent.tsx");
const loadIntegrityBar = () => import("../errors/IntegrityBar.tsx");
const loadVersionBar = () => import("./VersionBar.tsx");

export function Configuration(props: ConfigurationProps) {
	const { profile, body, number: versionNumber, remote } = props;
	const isLive =
		versionNumber === profile.versions[0]?.number && !("gone" in profile);
	const bar = useModule(!isLive, loadVersionBar);
	const check = useModule(useIdle(), loadIntegrityBar);
	return (
		<section class="configuration" aria-label="Configuration" tabIndex={-1}>
			{bar && <bar.VersionBar {...props} />}
			{check && (
				<check.IntegrityBar {...{ profile, body, versionNumber, remote }} />
			)}
			<Content {...props} />
		</section>
	);
}

function Content(props: ConfigurationProps) {
	const { profile, body, number: versionNumber, reader, remote } = props;
	const { compact, onSay, route } = props;
	const { versions } = profile;
	const { id } = profile.profile;
	const at = versions.findIndex((known) => known.number === versionNumber);
	const version = versions[at];
	const isThere =
		version && (body.state === "ready" || body.state === "reading");
	const isComing = !version && versions.length < profile.versionCount;
	const words = useModule(!isThere && !isComing, loadNothing);
	if (!isThere)
		return (
			words && (
				<words.EmptyContent {...{ profile, body, versionNumber, remote }} />
			)
		);
	if (body.state !== "ready") return null;
	const before = versions[at + 1];
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
			isNewest={at === 0}
			onView={route?.viewSelected}
			onSay={onSay}
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
			const { summarizeVersionChange } = await import("../history/changes.ts");
			const change = { reader, id, before, version };
			return (await summarizeVersionChange(change)).nodes;
		},
	};
}

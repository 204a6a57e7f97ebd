// The versions in AppConfig's own store, deployed or not, each comparable with what was received.

import { useState } from "preact/hooks";
import type { ControlPlaneRemote } from "../../core/protocol/commands.ts";
import type { HostedVersion } from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import type { BodyReader } from "../../storage/version-store.ts";
import type { Platform } from "../background-client/platform.ts";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import type { Announce } from "../hooks/use-status.ts";
import { QueryStatus } from "./ControlPlaneError.tsx";
import { HostedComparison } from "./HostedComparison.tsx";
import { useControlPlane } from "./use-control-plane.ts";

export interface HostedVersionsProps {
	readonly profile: ProfileSnapshot;
	readonly remote: ControlPlaneRemote;
	readonly platform: Platform;
	readonly reader: BodyReader;
	readonly say: Announce;
}

function describeVersion({
	label,
	description,
	contentType,
}: HostedVersion): string {
	return (
		[label, description].filter(Boolean).join(" · ") || (contentType ?? "")
	);
}

export function HostedVersions(props: HostedVersionsProps) {
	const { profile, remote, platform, say } = props;
	const { id } = profile.profile;
	const [compared, setCompared] = useState<HostedVersion>();
	const { result, refetch } = useControlPlane(
		() => remote.listHosted({ id }),
		id,
	);
	const canCompare = profile.versions.length > 0;
	return (
		<>
			<div class="head">
				<h2 id="hosted">Hosted versions</h2>
			</div>
			<QueryStatus
				{...{ result, platform, profile, say }}
				onGranted={refetch}
			/>
			{result?.ok && result.value.length === 0 && (
				<p class="none">
					None: this configuration is kept elsewhere (S3, Parameter Store, …).
				</p>
			)}
			{result?.ok && (
				<ol reversed aria-labelledby="hosted">
					{result.value.map((version) => (
						<li key={version.number} class="hosted">
							<span class="number">{version.number}</span>
							<span class="what">
								<ForeignText text={describeVersion(version)} />
							</span>
							{canCompare && (
								<Button
									name="Compare"
									title={`Compare hosted version ${version.number} with what was received`}
									onClick={() => setCompared(version)}
								/>
							)}
						</li>
					))}
				</ol>
			)}
			{compared && (
				<HostedComparison
					{...props}
					version={compared}
					onClose={() => setCompared(undefined)}
				/>
			)}
		</>
	);
}

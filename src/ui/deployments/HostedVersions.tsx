import { useEffect, useState } from "preact/hooks";
import type {
	HostedContent,
	HostedVersion,
} from "../../core/protocol/control-plane.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { fromBase64, sha256 } from "../../storage/byte-encoding.ts";
import {
	useBackgroundClient,
	useRemote,
} from "../background-client/context.tsx";
import type { CompareSide } from "../compare/ComparePane.tsx";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import { lazy } from "../components/lazy.tsx";
import { openContent } from "../content/content.ts";
import { useBody } from "../content/use-body.ts";
import { QueryStatus, useControlPlane } from "./control-plane.tsx";

const ComparePane = lazy(
	() => import("../compare/ComparePane.tsx"),
	"ComparePane",
);

export interface HostedVersionsProps {
	readonly profile: ProfileSnapshot;
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

/** The versions in AppConfig's own store, deployed or not. Each can be compared with the newest version received. */
export function HostedVersions({ profile }: HostedVersionsProps) {
	const remote = useRemote();
	const { id } = profile.profile;
	const [compared, setCompared] = useState<HostedVersion>();
	const query = useControlPlane(() => remote.listHosted({ id }), id);
	const { result } = query;
	const canCompare = profile.versions.length > 0;
	return (
		<>
			<div class="head">
				<h2 id="hosted">Hosted versions</h2>
			</div>
			<QueryStatus query={query} profile={profile} />
			{result?.ok && result.value.length === 0 && (
				<p class="quiet">
					None: this configuration is stored elsewhere (S3, Parameter Store, …).
				</p>
			)}
			{result?.ok && (
				<ol reversed aria-labelledby="hosted">
					{result.value.map((version) => (
						<li key={version.number} class="hosted">
							<span class="number">{version.number}</span>
							<span class="version">
								<ForeignText text={describeVersion(version)} />
							</span>
							{canCompare && (
								<Button
									name="Compare"
									title={`Compare hosted version ${version.number} with the newest received version`}
									onClick={() => setCompared(version)}
								/>
							)}
						</li>
					))}
				</ol>
			)}
			{compared && (
				<HostedComparison
					profile={profile}
					version={compared}
					onClose={() => setCompared(undefined)}
				/>
			)}
		</>
	);
}

interface HostedComparisonProps extends HostedVersionsProps {
	readonly version: HostedVersion;
	readonly onClose: () => void;
}

function HostedComparison(props: HostedComparisonProps) {
	const { profile, version, onClose } = props;
	const remote = useRemote();
	const reader = useBackgroundClient();
	const { id, configurationProfile } = profile.profile;
	const { number } = version;
	const query = useControlPlane(
		() => remote.readHosted({ id, number }),
		`${id} ${number}`,
	);
	const { result } = query;
	const hosted = useHostedInput(version, result?.ok ? result.value : undefined);
	const [newest] = profile.versions;
	const body = useBody(reader, id, newest);
	return (
		<Dialog
			title={`Hosted version ${number} and the newest received version`}
			isWide
			onClose={onClose}
		>
			<QueryStatus query={query} profile={profile} />
			{hosted && newest && body.state === "ready" && (
				<ComparePane
					key={`${hosted.hash} ${newest.hash}`}
					original={hosted}
					modified={{
						...newest,
						label: newest.label,
						name: `Received, version ${newest.number}`,
						content: body.content,
					}}
					fileName={`${configurationProfile.replaceAll(/[^\w.-]+/g, "-")}.txt`}
					preferencesKey={id}
				/>
			)}
		</Dialog>
	);
}

/** Absent until the hash is known. */
function useHostedInput(
	{ number, label }: HostedVersion,
	content: HostedContent | undefined,
): CompareSide | undefined {
	const [side, setSide] = useState<CompareSide>();
	useEffect(() => {
		if (!content) return;
		const { contentType, base64 } = content;
		const body = fromBase64(base64);
		void sha256(body).then((hash) =>
			setSide({
				content: openContent(body, contentType),
				name: `Hosted version ${number}`,
				label,
				hash,
				receivedAt: Date.now(),
			}),
		);
	}, [content]);
	return side;
}

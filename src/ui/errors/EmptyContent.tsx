import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { sha256 } from "../../storage/byte-encoding.ts";
import { useRemote } from "../background-client/context.tsx";
import { Button } from "../components/Button.tsx";
import { ForeignText } from "../components/ForeignText.tsx";
import type { BodyState } from "../content/use-body.ts";

export interface EmptyContentProps {
	readonly profile: ProfileSnapshot;
	readonly body: BodyState;
	/** The version on show; absent before the first. */
	readonly versionNumber: number | undefined;
}

/** Why there is no configuration to see. */
export function EmptyContent(props: EmptyContentProps) {
	const { profile, body, versionNumber } = props;
	const remote = useRemote();
	const isKnown = profile.versions.some(
		(known) => known.number === versionNumber,
	);
	const isDamaged = body.state === "unreadable" && body.isDamaged;
	const isLost = isKnown && (body.state === "deleted" || isDamaged);
	const { id } = profile.profile;
	useEffect(() => {
		// A failure is ignored, because the background checks the bodies itself from time to time.
		if (isLost && versionNumber !== undefined)
			remote
				.reportUnreadable({ id, number: versionNumber })
				.catch(() => undefined);
	}, [remote, id, versionNumber, isLost]);
	if (versionNumber === undefined) return <NoVersionYet profile={profile} />;
	if (isLost)
		return (
			<LostContent
				profile={profile}
				isDamaged={isDamaged}
				number={versionNumber}
				isNewest={versionNumber === profile.versions[0]?.number}
			/>
		);
	if (body.state === "unreadable")
		return (
			<Notice title="The stored version could not be read">
				The browser's storage reported “<ForeignText text={body.reason} />
				”. Reopen this view. If that does not help, restart the browser.
			</Notice>
		);
	return (
		<Notice title={`Version ${versionNumber} is no longer stored`}>
			The oldest versions make room for new ones. Pin a version to keep it.
		</Notice>
	);
}

interface LostContentProps extends Pick<EmptyContentProps, "profile"> {
	readonly number: number;
	readonly isNewest: boolean;
	readonly isDamaged: boolean;
}

function LostContent(props: LostContentProps) {
	const { profile, number, isNewest, isDamaged } = props;
	const remote = useRemote();
	const { id } = profile.profile;
	const title = isDamaged
		? `The stored bytes of version ${number} are damaged`
		: `The browser no longer has the bytes of version ${number}`;
	if (!isNewest)
		return (
			<Notice title={title}>
				They can't be recovered. The version stays in the history until you
				delete it.
			</Notice>
		);
	return (
		<Notice title={title}>
			AppConfig sends them again in a new session.
			{profile.paused && " The profile is paused: fetch them, or resume it."}{" "}
			<Button
				name="Fetch it again"
				icon="poll"
				onClick={() => void remote.fetchAgain({ id }).catch(() => undefined)}
			/>
		</Notice>
	);
}

function NoVersionYet({ profile }: { profile: ProfileSnapshot }) {
	const { fault, phase, paused, deletedHash } = profile;
	if (deletedHash)
		return (
			<Notice title="No versions stored">
				All versions were deleted. The next one that is deployed appears here.
			</Notice>
		);
	if (fault || phase === "halted")
		return (
			<Notice title="No configuration yet">
				It appears here after the first successful poll.
			</Notice>
		);
	if (paused)
		return (
			<Notice title="Paused before the first poll">
				Press Resume to request the configuration.
			</Notice>
		);
	if (phase === "waiting")
		return (
			<Notice title="The configuration is empty">
				AppConfig returned no content: nothing is deployed yet, or the deployed
				configuration is empty.
			</Notice>
		);
	const { application, environment, configurationProfile } = profile.profile;
	return (
		<Notice title="Requesting the configuration…">
			<ForeignText text={application} /> / <ForeignText text={environment} /> /{" "}
			<ForeignText text={configurationProfile} />
		</Notice>
	);
}

function Notice(props: { title: string; children: ComponentChildren }) {
	return (
		<div class="placeholder">
			<h2>{props.title}</h2>
			<p>{props.children}</p>
		</div>
	);
}

/** Says that the stored bytes are not those that were received, because their SHA-256 differs. */
export function IntegrityBar(props: EmptyContentProps) {
	const { profile, body, versionNumber } = props;
	const remote = useRemote();
	const { id } = profile.profile;
	const hash = profile.versions.find(
		(known) => known.number === versionNumber,
	)?.hash;
	const bytes =
		body.state === "ready" && body.number === versionNumber
			? body.content.bytes
			: undefined;
	const [checked, setChecked] = useState<{
		readonly bytes: Uint8Array;
		readonly hash: string;
	}>();
	useEffect(() => {
		if (!bytes) return;
		let isWanted = true;
		void sha256(bytes).then((checkedHash) => {
			if (isWanted) setChecked({ bytes, hash: checkedHash });
		});
		return () => {
			isWanted = false;
		};
	}, [bytes]);
	const isDamaged =
		hash !== undefined && checked?.bytes === bytes && checked?.hash !== hash;
	useEffect(() => {
		if (isDamaged && bytes && versionNumber !== undefined)
			remote
				.reportUnreadable({ id, number: versionNumber })
				.catch(() => undefined);
	}, [remote, id, versionNumber, bytes, isDamaged]);
	if (!isDamaged || !bytes) return null;
	return (
		<p class="bar bad" role="alert">
			The stored bytes of version {versionNumber} are not those that were
			received. The SHA-256 is {checked?.hash.slice(0, 12)}…, but should be{" "}
			{hash.slice(0, 12)}….
		</p>
	);
}

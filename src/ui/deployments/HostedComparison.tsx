// A hosted version beside the newest one received, in a dialog.
import { useEffect, useState } from "preact/hooks";
import type {
	HostedContent,
	HostedVersion,
} from "../../core/protocol/control-plane.ts";
import { type CompareSide, CompareView } from "../compare/CompareView.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { openContent } from "../content/content.ts";
import { useBody } from "../content/use-body.ts";
import { toHex } from "../copy/bytes-as-text.ts";
import { copyText } from "../copy/copying.ts";
import { ControlPlaneError } from "./ControlPlaneError.tsx";
import type { HostedVersionsProps } from "./HostedVersions.tsx";
import { useControlPlane } from "./use-control-plane.ts";

export interface HostedComparisonProps extends HostedVersionsProps {
	readonly version: HostedVersion;
	readonly onClose: () => void;
}

export function HostedComparison(props: HostedComparisonProps) {
	const { profile, remote, reader, version, say, onClose } = props;
	const { id, configurationProfile } = profile.profile;
	const { number } = version;
	const { result } = useControlPlane(
		() => remote.readHosted({ id, number }),
		`${id} ${number}`,
	);
	const hosted = useHostedInput(version, result?.ok ? result.value : undefined);
	const [newest] = profile.versions;
	const body = useBody(reader, id, newest);
	return (
		<Dialog
			title={`Hosted version ${number} and what was received`}
			isWide
			onClose={onClose}
		>
			{!result && <p class="hint">Loading…</p>}
			{result && !result.ok && (
				<ControlPlaneError refusal={result.error} {...{ profile, say }} />
			)}
			{hosted && newest && body.state === "ready" && (
				<CompareView
					original={hosted}
					modified={{
						...newest,
						label: newest.label,
						name: `Received, version ${newest.number}`,
						content: body.content,
					}}
					fileName={`${configurationProfile.replaceAll(/[^\w.-]+/g, "-")}.txt`}
					compact={false}
					memoryKey={id}
					onCopy={(text, what) => void copyText(text, what, say)}
				/>
			)}
		</Dialog>
	);
}

/** Once its hash is known. */
function useHostedInput(
	{ number, label }: HostedVersion,
	content: HostedContent | undefined,
): CompareSide | undefined {
	const [side, setSide] = useState<CompareSide>();
	useEffect(() => {
		if (!content) return;
		const { contentType, base64 } = content;
		const body = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
		void crypto.subtle.digest("SHA-256", body).then((digest) =>
			setSide({
				content: openContent(body, contentType),
				name: `Hosted version ${number}`,
				label,
				hash: toHex(new Uint8Array(digest)),
				receivedAt: Date.now(),
			}),
		);
	}, [content]);
	return side;
}

import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { Menu } from "../components/Menu.tsx";
import { type Announce, useAnnounce } from "../components/status.tsx";
import { toMetadataJson, toMetadataText } from "../snippets/metadata.ts";
import { SNIPPET_FORMATS, writeSnippet } from "../snippets/snippet.ts";
import { endpointOf } from "../snippets/snippet-input.ts";
import { copyText } from "./clipboard.ts";

export interface CopyMenuProps {
	readonly profile: ProfileSnapshot;
	readonly connections: readonly ConnectionSnapshot[];
	/** On show; absent before the first. */
	readonly version: Version | undefined;
	/** Absent while there are no bytes to copy. */
	readonly onCopy: (() => void) | undefined;
	readonly at: DOMRect;
	readonly onClose: () => void;
}

/** What can be copied about the version on show: its bytes, its details, and the call that reads it. */
export function CopyMenu(props: CopyMenuProps) {
	const { profile, connections, version, onCopy, at, onClose } = props;
	const announce = useAnnounce();
	const bytes = onCopy && [{ name: "Copy configuration", onSelect: onCopy }];
	const details = version && metadataItems(profile, version, announce);
	const calls = SNIPPET_FORMATS.map((format) => ({
		name: `Copy call: ${format}`,
		onSelect: () => {
			const call = writeSnippet(
				format,
				profile.profile,
				endpointOf(profile, connections),
			);
			if (call.ok) void copyText(call.value, `the call: ${format}`, announce);
			else announce(call.error);
		},
	}));
	const groups = [bytes, details, calls].filter((group) => group !== undefined);
	return <Menu name="Copy" at={at} groups={groups} onClose={onClose} />;
}

function metadataItems(
	{ profile }: ProfileSnapshot,
	version: Version,
	announce: Announce,
) {
	const what = `the details of version ${version.number}`;
	return [
		{
			name: "Copy details as text",
			onSelect: () =>
				void copyText(toMetadataText(profile, version), what, announce),
		},
		{
			name: "Copy details as JSON",
			onSelect: () =>
				void copyText(
					toMetadataJson(profile, version),
					`${what} as JSON`,
					announce,
				),
		},
	];
}

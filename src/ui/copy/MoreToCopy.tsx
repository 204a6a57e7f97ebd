// The menu of what can be copied of the version on show besides its bytes: what is known about it, and the call that reads it.
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { Version } from "../../core/history/history.ts";
import type { ProfileSnapshot } from "../../core/protocol/snapshot.ts";
import { Menu } from "../components/Menu.tsx";
import type { Say } from "../hooks/use-status.ts";
import { CALL_FORMS, writeCall } from "../snippets/call.ts";
import { wayOf } from "../snippets/endpoint-of.ts";
import { toMetadataJson, toMetadataText } from "../snippets/metadata.ts";
import { put } from "./copying.ts";

export interface MoreToCopyProps {
	readonly profile: ProfileSnapshot;
	readonly connections: readonly ConnectionSnapshot[];
	/** On show; absent before the first. */
	readonly version: Version | undefined;
	/** Absent while there are no bytes to copy. */
	readonly onCopy: (() => void) | undefined;
	readonly at: DOMRect;
	readonly say: Say;
	readonly onClose: () => void;
}

export function MoreToCopy(props: MoreToCopyProps) {
	const { profile, connections, version, onCopy, at, say, onClose } = props;
	const bytes = onCopy && [{ name: "Configuration", choose: onCopy }];
	const details = version && detailsOf(profile, version, say);
	const calls = CALL_FORMS.map((form) => ({
		name: `Call: ${form}`,
		choose: () => {
			const call = writeCall(
				form,
				profile.profile,
				wayOf(profile, connections),
			);
			if (call.ok) void put(call.value, `the call: ${form}`, say);
			else say(call.error);
		},
	}));
	const groups = [bytes, details, calls].filter((group) => group !== undefined);
	return <Menu name="Copy" at={at} groups={groups} onClose={onClose} />;
}

function detailsOf({ profile }: ProfileSnapshot, version: Version, say: Say) {
	const what = `the details of version ${version.number}`;
	return [
		{
			name: "Details as text",
			choose: () => void put(toMetadataText(profile, version), what, say),
		},
		{
			name: "Details as JSON",
			choose: () =>
				void put(toMetadataJson(profile, version), `${what} as JSON`, say),
		},
	];
}

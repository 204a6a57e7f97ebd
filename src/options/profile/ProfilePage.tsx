import { useRef } from "preact/hooks";
import { roleOf } from "../../core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { FaultBar } from "../../ui/errors/ErrorBanner.tsx";
import type { Remedy } from "../../ui/errors/fault-messages.ts";
import { EMULATOR_PROFILE } from "../../ui/inspector/add-emulator.ts";
import {
	EMPTY_PROFILE_FORM,
	type ProfileForm,
	toProfileForm,
} from "../form/profile-form.ts";
import { connectionToUse, copiedId } from "../form/route.ts";
import { ProfileEditor } from "./ProfileEditor.tsx";
import { useFocusFailedPoll } from "./save-profile.ts";

interface ProfilePageProps {
	readonly route: string;
	readonly snapshot: Snapshot;
}

export function ProfilePage(props: ProfilePageProps) {
	const { route, snapshot } = props;
	const { profiles, connections } = snapshot;
	const find = (id: string | undefined) =>
		profiles.find(({ profile }) => profile.id === id);
	const entry = find(route);
	const copied = find(copiedId(route));
	const bar = useRef<HTMLDivElement>(null);
	useFocusFailedPoll(entry, bar);
	const initial = NEW[route] ?? formWithConnection(route);
	if (!entry && !copied && !initial)
		return (
			<>
				<h1>No such profile</h1>
				<p>It was deleted, or never saved in this browser.</p>
			</>
		);
	return (
		<>
			<h1>
				<ForeignText text={titleOf(entry, copied)} />
			</h1>
			{entry?.fault && (
				<div class="outcome" ref={bar} tabIndex={-1}>
					<FaultBar fault={entry.fault} profile={entry} onRemedy={focusField} />
				</div>
			)}
			<ProfileEditor
				route={route}
				entry={entry}
				initial={initial ?? initialForm(entry, copied)}
				connections={connections.map(({ connection }) => connection)}
				accounts={accountsOf(connections)}
			/>
		</>
	);
}

/** Forms of new profiles by their routes. */
const NEW: { readonly [route: string]: ProfileForm } = {
	new: EMPTY_PROFILE_FORM,
	"new-emulator": toProfileForm(EMULATOR_PROFILE),
};

// The account of an assumed role may differ from that of the keys.
function accountsOf(connections: readonly ConnectionSnapshot[]) {
	return new Map(
		connections.flatMap(({ connection, accountId }) => {
			const account = roleOf(connection)?.arn.split(":")[4] ?? accountId;
			return account ? [[connection.id as string, account]] : [];
		}),
	);
}

function formWithConnection(route: string): ProfileForm | undefined {
	const connection = connectionToUse(route);
	return connection === undefined
		? undefined
		: { ...EMPTY_PROFILE_FORM, connection };
}

function titleOf(
	entry: ProfileSnapshot | undefined,
	copied: ProfileSnapshot | undefined,
): string {
	if (entry) return entry.profile.name;
	return copied ? `Copy of ${copied.profile.name}` : "New profile";
}

function initialForm(
	entry: ProfileSnapshot | undefined,
	copied: ProfileSnapshot | undefined,
): ProfileForm {
	if (entry) return toProfileForm(entry.profile);
	if (!copied) return EMPTY_PROFILE_FORM;
	return {
		...toProfileForm(copied.profile),
		name: `${copied.profile.name} (copy)`,
	};
}

/** On this page the remedy is a field of the form. */
function focusField(remedy: Remedy): boolean {
	const field = { edit: "application", credentials: "accessKeyId" };
	if (remedy !== "edit" && remedy !== "credentials") return false;
	document.getElementById(field[remedy])?.focus();
	return true;
}

import type { ConnectionKind } from "../../core/connection/connection.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type { Snapshot } from "../../core/protocol/snapshot.ts";
import { usePlatform, useRemote } from "../../ui/background-client/context.tsx";
import { Button } from "../../ui/components/Button.tsx";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import { newKindOf, routedConnection } from "../../ui/components/routes.ts";
import { useAnnounce } from "../../ui/components/status.tsx";
import { Confirm } from "../form/Confirm.tsx";
import {
	CONNECTION_FORM,
	EMPTY_CONNECTION_FORM,
	toConnectionForm,
} from "../form/connection-form.ts";
import { navigate, newProfileRoute } from "../form/route.ts";
import { useForm } from "../form/use-form.ts";
import { ConnectionFields } from "./ConnectionFields.tsx";
import { ConnectionStatus } from "./ConnectionStatus.tsx";
import { createConnectionFormActions } from "./connection-actions.ts";

interface ConnectionPageProps {
	readonly route: string;
	readonly snapshot: Snapshot;
}

export function ConnectionPage({ route, snapshot }: ConnectionPageProps) {
	const { profiles, connections, vault } = snapshot;
	const id = routedConnection(route);
	const entry = connections.find(({ connection }) => connection.id === id);
	const kind = newKindOf(id ?? "");
	if (!entry && !kind)
		return (
			<>
				<h1>No such connection</h1>
				<p>It was deleted, or never saved in this browser.</p>
			</>
		);
	const users = profiles.filter(({ profile }) => profile.connection === id);
	return (
		<>
			<h1>
				<ForeignText text={entry?.connection.name ?? "New connection"} />
			</h1>
			{entry && (
				<div class="users">
					<p class="hint">
						<ForeignText
							text={
								users.length === 0
									? "No profile uses it yet."
									: `Used by ${users.map(({ profile }) => profile.name).join(", ")}.`
							}
						/>
					</p>
					<Button
						name="Add profile with this connection"
						icon="add"
						onClick={() => navigate(newProfileRoute(entry.connection.id))}
					/>
				</div>
			)}
			<ConnectionEditor
				route={route}
				entry={entry}
				kind={kind ?? "keys"}
				hasVault={vault.status === "unlocked"}
			/>
		</>
	);
}

interface ConnectionEditorProps {
	/** The draft's key. */
	readonly route: string;
	/** The saved connection; absent for a new one. */
	readonly entry: ConnectionSnapshot | undefined;
	/** Of a new one. */
	readonly kind: ConnectionKind;
	readonly hasVault: boolean;
}

function ConnectionEditor(props: ConnectionEditorProps) {
	const { route, entry, kind, hasVault } = props;
	const remote = useRemote();
	const platform = usePlatform();
	const announce = useAnnounce();
	const saved = entry?.connection;
	const state = useForm(
		CONNECTION_FORM,
		route,
		saved ? toConnectionForm(saved) : { ...EMPTY_CONNECTION_FORM, kind },
	);
	const { submit, remove } = createConnectionFormActions(
		{ remote, platform, announce },
		state,
		entry,
	);
	const onSubmit = (event: Event) => {
		event.preventDefault();
		void submit();
	};
	return (
		<>
			{entry && <ConnectionStatus entry={entry} />}
			<form noValidate autocomplete="off" onSubmit={onSubmit}>
				<ConnectionFields state={state} entry={entry} hasVault={hasVault} />
				<div class="submit">
					<button type="submit" class="button primary">
						Save connection
					</button>
					{state.isDraft && (
						<Button name="Discard changes" onClick={state.reset} />
					)}
					<span class="space" />
					{entry && (
						<Confirm
							name="Delete connection"
							question={`Delete ${entry.connection.name} and its secrets?`}
							onConfirm={remove}
						/>
					)}
				</div>
			</form>
		</>
	);
}

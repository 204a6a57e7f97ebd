// One connection: its name, who uses it, and its form.

import { Button } from "../../ui/components/Button.tsx";
import {
	newKindOf,
	routedConnection,
} from "../../ui/components/connection-route.ts";
import { ForeignText } from "../../ui/components/ForeignText.tsx";
import type { PageProps } from "../page.ts";
import { navigate, newProfileRoute } from "../route.ts";
import { ConnectionEditor } from "./ConnectionEditor.tsx";

export function ConnectionPage(props: PageProps) {
	const { route, profiles, connections, remote, platform, say } = props;
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
						name="Add a profile with it"
						icon="add"
						onClick={() => navigate(newProfileRoute(entry.connection.id))}
					/>
				</div>
			)}
			<ConnectionEditor
				route={route}
				entry={entry}
				kind={kind ?? "keys"}
				hasVault={props.snapshot.vault.status === "unlocked"}
				remote={remote}
				platform={platform}
				say={say}
			/>
		</>
	);
}

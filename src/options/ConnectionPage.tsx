// One connection: its name, who uses it, and its form.
import { newKindOf, routedConnection } from "../ui/connection-route.ts";
import { ConnectionEditor } from "./ConnectionEditor.tsx";
import type { PageProps } from "./page.ts";

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
			<h1>{entry?.connection.name ?? "New connection"}</h1>
			{entry && (
				<p class="hint users">
					{users.length === 0
						? "No profile uses it yet: choose it in a profile's form."
						: `Used by ${users.map(({ profile }) => profile.name).join(", ")}.`}
				</p>
			)}
			<ConnectionEditor
				route={route}
				entry={entry}
				kind={kind ?? "keys"}
				remote={remote}
				platform={platform}
				say={say}
			/>
		</>
	);
}

// The options page: profiles and connections at the left, the form of one of them at the right.
import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot } from "../core/snapshot.ts";
import type { Connection } from "../ui/connect.ts";
import { routedConnection } from "../ui/connection-route.ts";
import { Help } from "../ui/Help.tsx";
import { LineBar } from "../ui/LineBar.tsx";
import { OfferedText } from "../ui/OfferedText.tsx";
import type { Platform } from "../ui/platform.ts";
import { useSight } from "../ui/use-sight.ts";
import { useStatus } from "../ui/use-status.ts";
import { ConnectionPage } from "./ConnectionPage.tsx";
import { Navigation } from "./Navigation.tsx";
import { ProfilePage } from "./ProfilePage.tsx";
import { useRoute } from "./route.ts";
import { VAULT_ROUTE, VaultPage, type VaultPageProps } from "./VaultPage.tsx";

export interface OptionsProps {
	readonly connection: Connection;
	readonly platform: Platform;
}

const NO_PROFILES: readonly ProfileSnapshot[] = [];
const NO_CONNECTIONS: readonly ConnectionSnapshot[] = [];

export function Options({ connection, platform }: OptionsProps) {
	const { snapshot, line } = useSight(connection);
	const status = useStatus();
	const { say } = status;
	const { remote } = connection;
	const profiles = snapshot?.profiles ?? NO_PROFILES;
	const connections = snapshot?.connections ?? NO_CONNECTIONS;
	const typed = useRoute();
	const route = typed || (snapshot ? (profiles[0]?.profile.id ?? "new") : "");
	const page = { route, profiles, connections, remote, platform, say };
	return (
		<div class="options">
			<Navigation {...page} vault={snapshot?.vault.status} />
			<main>
				<LineBar line={line} />
				{snapshot && <Shown {...page} vault={snapshot.vault} />}
			</main>
			<output class="status">{status.text}</output>
			<OfferedText {...status} />
			<Help />
		</div>
	);
}

function Shown(page: VaultPageProps) {
	const { route } = page;
	if (route === VAULT_ROUTE) return <VaultPage {...page} />;
	return routedConnection(route) === undefined ? (
		<ProfilePage key={route} {...page} />
	) : (
		<ConnectionPage key={route} {...page} />
	);
}

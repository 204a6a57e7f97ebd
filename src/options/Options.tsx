// The options page: profiles and connections at the left, the form of one of them at the right.
import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot, Snapshot } from "../core/snapshot.ts";
import type { Connection } from "../ui/connect.ts";
import { routedConnection } from "../ui/connection-route.ts";
import { Help } from "../ui/Help.tsx";
import { LineBar } from "../ui/LineBar.tsx";
import { OfferedText } from "../ui/OfferedText.tsx";
import type { Platform } from "../ui/platform.ts";
import { useModule } from "../ui/use-module.ts";
import { useSight } from "../ui/use-sight.ts";
import { useStatus } from "../ui/use-status.ts";
import { ConnectionPage } from "./ConnectionPage.tsx";
import { Navigation } from "./Navigation.tsx";
import { ProfilePage } from "./ProfilePage.tsx";
import type { PageProps } from "./page.ts";
import { TAKE_ALONG_ROUTE, useRoute, VAULT_ROUTE } from "./route.ts";

export interface OptionsProps {
	readonly connection: Connection;
	readonly platform: Platform;
	/** The extension's own. */
	readonly version: string;
}

const NO_PROFILES: readonly ProfileSnapshot[] = [];
const NO_CONNECTIONS: readonly ConnectionSnapshot[] = [];

export function Options({ connection, platform, version }: OptionsProps) {
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
				{snapshot && <Shown {...page} {...{ snapshot, version }} />}
			</main>
			<output class="status">{status.text}</output>
			<OfferedText {...status} />
			<Help />
		</div>
	);
}

const loadVault = () => import("./VaultPage.tsx");
const loadTakeAlong = () => import("./TakeAlong.tsx");

interface ShownProps extends PageProps {
	readonly snapshot: Snapshot;
	readonly version: string;
}

function Shown(page: ShownProps) {
	const { route, snapshot } = page;
	const vault = useModule(route === VAULT_ROUTE, loadVault);
	const takeAlong = useModule(route === TAKE_ALONG_ROUTE, loadTakeAlong);
	if (vault) return <vault.VaultPage {...page} vault={snapshot.vault} />;
	if (takeAlong) return <takeAlong.TakeAlong {...page} />;
	if (ON_DEMAND.has(route)) return null;
	return routedConnection(route) === undefined ? (
		<ProfilePage key={route} {...page} />
	) : (
		<ConnectionPage key={route} {...page} />
	);
}

const ON_DEMAND = new Set([VAULT_ROUTE, TAKE_ALONG_ROUTE]);

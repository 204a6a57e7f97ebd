// The options page: profiles and connections at the left, the form of one of them at the right.

import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot } from "../core/protocol/snapshot.ts";
import type { BackgroundClient } from "../ui/background-client/connect.ts";
import type { PagePlatform } from "../ui/background-client/platform.ts";
import { useSnapshot } from "../ui/background-client/use-snapshot.ts";
import { routedConnection } from "../ui/components/connection-route.ts";
import { ForeignText } from "../ui/components/ForeignText.tsx";
import { OfferedText } from "../ui/copy/OfferedText.tsx";
import { OtherVersion } from "../ui/errors/OtherVersion.tsx";
import { useIdle } from "../ui/hooks/use-idle.ts";
import { useModule } from "../ui/hooks/use-module.ts";
import { useStatus } from "../ui/hooks/use-status.ts";
import { Navigation } from "./Navigation.tsx";
import type { PageProps } from "./page.ts";
import { ProfilePage } from "./profile/ProfilePage.tsx";
import {
	IMPORT_EXPORT_ROUTE,
	importTextOf,
	SETTINGS_ROUTE,
	STORED_DATA_ROUTE,
	useRoute,
	VAULT_ROUTE,
} from "./route.ts";

export interface OptionsProps {
	readonly connection: BackgroundClient;
	readonly platform: PagePlatform;
	/** The extension's own. */
	readonly version: string;
}

const NO_PROFILES: readonly ProfileSnapshot[] = [];
const NO_CONNECTIONS: readonly ConnectionSnapshot[] = [];

export function Options({ connection, platform, version }: OptionsProps) {
	const { snapshot, connectionState } = useSnapshot(connection);
	const status = useStatus();
	const { announce } = status;
	const { remote } = connection;
	const profiles = snapshot?.profiles ?? NO_PROFILES;
	const connections = snapshot?.connections ?? NO_CONNECTIONS;
	const typed = useRoute();
	const route = typed || (snapshot ? (profiles[0]?.profile.id ?? "new") : "");
	// At rest: once the extension was updated it is not there any more.
	const bar = useModule(useIdle(), loadLineBar);
	const help = useModule(true, loadHelp);
	const page = {
		route,
		profiles,
		connections,
		remote,
		platform,
		say: announce,
	};
	if (connectionState === "other-version")
		return (
			<div class="options">
				<main>
					<OtherVersion platform={platform} />
				</main>
			</div>
		);
	return (
		<div class="options">
			<Navigation {...page} vault={snapshot?.vault.status} />
			<main>
				{bar && <bar.ConnectionBar line={connectionState} />}
				{snapshot?.problems.map((problem) => (
					<p key={problem} class="bar warn" role="alert">
						<ForeignText text={problem} />
					</p>
				))}
				{snapshot && <Shown {...page} {...{ snapshot, version }} />}
			</main>
			<output class="status">
				<ForeignText text={status.text} />
			</output>
			<OfferedText {...status} />
			{help && <help.Help />}
		</div>
	);
}

const loadLineBar = () => import("../ui/errors/ConnectionBar.tsx");
const loadHelp = () => import("../ui/inspector/Help.tsx");
const loadConnection = () => import("./connection/ConnectionPage.tsx");
const loadVault = () => import("./keys/VaultPage.tsx");
const loadTakeAlong = () => import("./import-export/ImportExport.tsx");
const loadStoredData = () => import("./storage/StoredDataPage.tsx");
const loadSettings = () => import("./SettingsPage.tsx");

/** Profiles are what most people come for; the rest is loaded when it is gone to. */
function Shown(page: PageProps) {
	const { route } = page;
	const isConnection = routedConnection(route) !== undefined;
	const isVault = route === VAULT_ROUTE;
	const isSettings = route === SETTINGS_ROUTE;
	const imported = importTextOf(route);
	const isTaken = route === IMPORT_EXPORT_ROUTE || imported !== undefined;
	const connection = useModule(isConnection, loadConnection);
	const vault = useModule(isVault, loadVault);
	const takeAlong = useModule(isTaken, loadTakeAlong);
	const settings = useModule(isSettings, loadSettings);
	const isStoredData = route === STORED_DATA_ROUTE;
	const storedData = useModule(isStoredData, loadStoredData);
	if (connection) return <connection.ConnectionPage key={route} {...page} />;
	if (vault) return <vault.VaultPage {...page} />;
	if (settings) return <settings.SettingsPage {...page} />;
	if (storedData) return <storedData.StoredDataPage {...page} />;
	if (takeAlong)
		return (
			<takeAlong.ImportExport key={route} {...page} text={imported ?? ""} />
		);
	if (isConnection || isVault || isSettings || isStoredData || isTaken)
		return null;
	return <ProfilePage key={route} {...page} />;
}

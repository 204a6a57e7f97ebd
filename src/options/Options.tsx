// The options page: profiles and connections at the left, the form of one of them at the right.

import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot } from "../core/protocol/snapshot.ts";
import type { Connection } from "../ui/background-client/connect.ts";
import type { PagePlatform } from "../ui/background-client/platform.ts";
import { useSight } from "../ui/background-client/use-snapshot.ts";
import { routedConnection } from "../ui/components/connection-route.ts";
import { ForeignText } from "../ui/components/ForeignText.tsx";
import { OfferedText } from "../ui/copy/OfferedText.tsx";
import { OtherVersion } from "../ui/errors/OtherVersion.tsx";
import { useModule } from "../ui/hooks/use-module.ts";
import { useRest } from "../ui/hooks/use-rest.ts";
import { useStatus } from "../ui/hooks/use-status.ts";
import { Navigation } from "./Navigation.tsx";
import type { PageProps } from "./page.ts";
import { ProfilePage } from "./profile/ProfilePage.tsx";
import {
	importedText,
	SETTINGS_ROUTE,
	STORED_DATA_ROUTE,
	TAKE_ALONG_ROUTE,
	useRoute,
	VAULT_ROUTE,
} from "./route.ts";

export interface OptionsProps {
	readonly connection: Connection;
	readonly platform: PagePlatform;
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
	// At rest: once the extension was updated it is not there any more.
	const bar = useModule(useRest(), loadLineBar);
	const help = useModule(true, loadHelp);
	const page = { route, profiles, connections, remote, platform, say };
	if (line === "other-version")
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
				{bar && <bar.LineBar line={line} />}
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
	const imported = importedText(route);
	const isTaken = route === TAKE_ALONG_ROUTE || imported !== undefined;
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
		return <takeAlong.TakeAlong key={route} {...page} text={imported ?? ""} />;
	if (isConnection || isVault || isSettings || isStoredData || isTaken)
		return null;
	return <ProfilePage key={route} {...page} />;
}

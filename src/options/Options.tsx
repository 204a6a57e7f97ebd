import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot } from "../core/protocol/snapshot.ts";
import {
	usePlatform,
	useRemote,
	useSnapshot,
} from "../ui/background-client/context.tsx";
import { routedConnection } from "../ui/components/connection-route.ts";
import { ForeignText } from "../ui/components/ForeignText.tsx";
import { lazy } from "../ui/components/lazy.tsx";
import { StatusLine, useAnnounce } from "../ui/components/status.tsx";
import { ManualCopy } from "../ui/copy/ManualCopy.tsx";
import { ConnectionBar, OtherVersion } from "../ui/errors/ConnectionBar.tsx";
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

const NO_PROFILES: readonly ProfileSnapshot[] = [];
const NO_CONNECTIONS: readonly ConnectionSnapshot[] = [];

const ShortcutsButton = lazy(
	() => import("../ui/inspector/Shortcuts.tsx"),
	"ShortcutsButton",
);
const ConnectionPage = lazy(
	() => import("./connection/ConnectionPage.tsx"),
	"ConnectionPage",
);
const VaultPage = lazy(() => import("./keys/VaultPage.tsx"), "VaultPage");
const ImportExport = lazy(
	() => import("./import-export/ImportExport.tsx"),
	"ImportExport",
);
const StoredDataPage = lazy(
	() => import("./storage/StoredDataPage.tsx"),
	"StoredDataPage",
);
const SettingsPage = lazy(() => import("./SettingsPage.tsx"), "SettingsPage");

/** `version`: the extension's own. */
export function Options({ version }: { readonly version: string }) {
	const { snapshot, connectionState } = useSnapshot();
	const announce = useAnnounce();
	const remote = useRemote();
	const platform = usePlatform();
	const profiles = snapshot?.profiles ?? NO_PROFILES;
	const connections = snapshot?.connections ?? NO_CONNECTIONS;
	const typed = useRoute();
	const route = typed || (snapshot ? (profiles[0]?.profile.id ?? "new") : "");
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
					<OtherVersion />
				</main>
			</div>
		);
	return (
		<div class="options">
			<Navigation {...page} vault={snapshot?.vault.status} />
			<main>
				<ConnectionBar state={connectionState} />
				{snapshot?.problems.map((problem) => (
					<p key={problem} class="bar warn" role="alert">
						<ForeignText text={problem} />
					</p>
				))}
				{snapshot && <Page {...page} {...{ snapshot, version }} />}
			</main>
			<StatusLine class="status" />
			<ManualCopy />
			<ShortcutsButton />
		</div>
	);
}

function Page(page: PageProps) {
	const { route } = page;
	if (routedConnection(route) !== undefined)
		return <ConnectionPage key={route} {...page} />;
	const imported = importTextOf(route);
	if (route === IMPORT_EXPORT_ROUTE || imported !== undefined)
		return <ImportExport key={route} {...page} text={imported ?? ""} />;
	switch (route) {
		case VAULT_ROUTE:
			return <VaultPage {...page} />;
		case SETTINGS_ROUTE:
			return <SettingsPage {...page} />;
		case STORED_DATA_ROUTE:
			return <StoredDataPage {...page} />;
		default:
			return <ProfilePage key={route} {...page} />;
	}
}

import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { ProfileSnapshot, Snapshot } from "../core/protocol/snapshot.ts";
import { useSnapshot } from "../ui/background-client/context.tsx";
import { ForeignText } from "../ui/components/ForeignText.tsx";
import { lazy } from "../ui/components/lazy.tsx";
import { routedConnection } from "../ui/components/routes.ts";
import { StatusLine } from "../ui/components/status.tsx";
import { ManualCopy } from "../ui/copy/ManualCopy.tsx";
import { ConnectionBar, OtherVersion } from "../ui/errors/ConnectionBar.tsx";
import {
	IMPORT_EXPORT_ROUTE,
	importTextOf,
	SETTINGS_ROUTE,
	STORED_DATA_ROUTE,
	useRoute,
	VAULT_ROUTE,
} from "./form/route.ts";
import { Navigation } from "./Navigation.tsx";
import { ProfilePage } from "./profile/ProfilePage.tsx";

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
const VaultPage = lazy(() => import("./vault/VaultPage.tsx"), "VaultPage");
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
	const typed = useRoute();
	const profiles = snapshot?.profiles ?? NO_PROFILES;
	const route = typed || (snapshot ? (profiles[0]?.profile.id ?? "new") : "");
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
			<Navigation
				route={route}
				profiles={profiles}
				connections={snapshot?.connections ?? NO_CONNECTIONS}
				vault={snapshot?.vault.status}
			/>
			<main>
				<ConnectionBar state={connectionState} />
				{snapshot?.problems.map((problem) => (
					<p key={problem} class="bar warn" role="alert">
						<ForeignText text={problem} />
					</p>
				))}
				{snapshot && (
					<Page route={route} snapshot={snapshot} version={version} />
				)}
			</main>
			<StatusLine class="status" />
			<ManualCopy />
			<ShortcutsButton />
		</div>
	);
}

interface PageProps {
	readonly route: string;
	readonly snapshot: Snapshot;
	readonly version: string;
}

function Page({ route, snapshot, version }: PageProps) {
	if (routedConnection(route) !== undefined)
		return <ConnectionPage key={route} route={route} snapshot={snapshot} />;
	const imported = importTextOf(route);
	if (route === IMPORT_EXPORT_ROUTE || imported !== undefined)
		return (
			<ImportExport
				key={route}
				snapshot={snapshot}
				text={imported ?? ""}
				version={version}
			/>
		);
	switch (route) {
		case VAULT_ROUTE:
			return <VaultPage snapshot={snapshot} />;
		case SETTINGS_ROUTE:
			return <SettingsPage snapshot={snapshot} />;
		case STORED_DATA_ROUTE:
			return <StoredDataPage snapshot={snapshot} />;
		default:
			return <ProfilePage key={route} route={route} snapshot={snapshot} />;
	}
}

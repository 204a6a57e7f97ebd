import type { ConnectionSnapshot } from "../core/connection/connection-snapshot.ts";
import type { VaultStatus } from "../core/connection/connection-store.ts";
import type { ProfileSnapshot } from "../core/protocol/snapshot.ts";
import { Button } from "../ui/components/Button.tsx";
import { ForeignText } from "../ui/components/ForeignText.tsx";
import {
	connectionRoute,
	newConnectionRoute,
} from "../ui/components/routes.ts";
import { profileStatus, type Tone } from "../ui/errors/profile-status.ts";
import { useNow } from "../ui/hooks/use-now.ts";
import { connectionStatusText } from "./connection/status-text.ts";
import {
	IMPORT_EXPORT_ROUTE,
	navigate,
	SETTINGS_ROUTE,
	STORED_DATA_ROUTE,
	VAULT_ROUTE,
} from "./form/route.ts";

interface NavigationProps {
	readonly route: string;
	readonly profiles: readonly ProfileSnapshot[];
	readonly connections: readonly ConnectionSnapshot[];
	/** Unknown until the first snapshot arrives. */
	readonly vault: VaultStatus | undefined;
}

export function Navigation(props: NavigationProps) {
	const { profiles, connections, route, vault } = props;
	const ends = connections.map(({ expiresAt }) => expiresAt ?? Infinity);
	const next = Math.min(...ends);
	const now = useNow(Number.isFinite(next) ? next : undefined);
	return (
		<div class="side">
			<nav aria-labelledby="profiles">
				<h2 id="profiles">Profiles</h2>
				<ul>
					{profiles.map((entry) => (
						<Row
							key={entry.profile.id}
							name={entry.profile.name}
							to={entry.profile.id}
							route={route}
							{...profileStatus(entry)}
						/>
					))}
				</ul>
				<Button name="Add profile" icon="add" onClick={() => navigate("new")} />
			</nav>
			<nav aria-labelledby="connections">
				<h2 id="connections">Connections</h2>
				<ul>
					{connections.map((entry) => (
						<Row
							key={entry.connection.id}
							name={entry.connection.name}
							to={connectionRoute(entry.connection.id)}
							route={route}
							{...connectionStatusText(entry, now)}
						/>
					))}
				</ul>
				<Button
					name="Add connection"
					icon="add"
					onClick={() => navigate(newConnectionRoute("keys"))}
				/>
			</nav>
			{vault && (
				<nav aria-label="More">
					<ul>
						<Row
							name="Vault"
							to={VAULT_ROUTE}
							route={route}
							{...VAULT[vault]}
						/>
						<Row
							name="Export and import"
							to={IMPORT_EXPORT_ROUTE}
							route={route}
						/>
						<Row name="Settings" to={SETTINGS_ROUTE} route={route} />
						<Row name="Stored data" to={STORED_DATA_ROUTE} route={route} />
					</ul>
				</nav>
			)}
		</div>
	);
}

const VAULT: {
	readonly [K in VaultStatus]: { readonly tone: Tone; readonly words: string };
} = {
	none: { tone: "idle", words: "not used" },
	locked: { tone: "warn", words: "locked" },
	unreadable: { tone: "bad", words: "cannot be read" },
	unlocked: { tone: "good", words: "unlocked" },
};

interface RowProps {
	readonly name: string;
	readonly to: string;
	readonly route: string;
	readonly tone?: Tone;
	readonly words?: string;
}

function Row({ name, to, route, tone, words }: RowProps) {
	return (
		<li>
			<a
				class="row"
				href={`#${to}`}
				aria-current={to === route ? "page" : undefined}
			>
				{tone && <span class={`dot ${tone}`} aria-hidden="true" />}
				<span class="name">
					<ForeignText text={name} />
				</span>
				<span class="status-text">{words}</span>
			</a>
		</li>
	);
}

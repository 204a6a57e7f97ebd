// The connections of this browser: the book restored, its commands, and what profiles' calls carry.

import {
	type AccessTarget,
	targetUrl,
} from "../../core/connection/access-target.ts";
import {
	type ConnectionPorts,
	type ConnectionRegistry,
	createConnectionRegistry,
	restoreConnectionRegistry,
	toConnectionSnapshots,
	withdrawnConsentMessages,
} from "../../core/connection/connection-registry.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import {
	type Access,
	renewCredentials,
} from "../../core/connection/credential-provider.ts";
import type { OwnKeys } from "../../core/connection/credentials.ts";
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import { createConnectionCommands } from "../../core/connection-commands.ts";
import type { ConnectionOverview } from "../../core/ports.ts";
import { toSessionPolicy } from "../../core/profile/iam-policy.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import type { ConnectionRemote } from "../../core/protocol/commands.ts";
import type { Result } from "../../core/shared/result.ts";
import {
	type DamagedRecord,
	isSameRecord,
	problemsOf,
} from "../../core/shared/storage-problems.ts";
import { endSignIn } from "../../core/sign-in-commands.ts";
import { lockVault } from "../../core/vault-commands.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";
import type { ServiceClock } from "../http/clock-skew.ts";
import { createConnectionStore } from "./connection-store.ts";
import { createAccess, ownKeysExpiry } from "./host-access.ts";
import { createProviders } from "./providers.ts";
import {
	type BrowserSecretVault,
	createSecretVault,
	type SecretVaultPorts,
} from "./secret-vault.ts";
import {
	type BrowserSignIn,
	createSignIn,
	type SignInPorts,
} from "./sign-in.ts";

export interface ConnectionsPorts
	extends Omit<SignInPorts, "now">,
		SecretVaultPorts,
		Pick<
			ConnectionPorts,
			| "newId"
			| "withSavedProfiles"
			| "forgetOwnKeys"
			| "onChange"
			| "onReady"
			| "onMoved"
		> {
	readonly clock: ServiceClock;
	/** Survives the browser's restart: connections, never a secret. */
	readonly local: StorageArea;
	/** The profiles as they are saved now. */
	profiles(): readonly Profile[];
	/** The keys given to a profile that has no connection. */
	ownKeys(id: ProfileId): OwnKeys | undefined;
}

export interface Connections {
	/** Resolves when they have been read, or could not be. */
	readonly restored: Promise<void>;
	readonly remote: ConnectionRemote;
	readonly signIn: BrowserSignIn;
	/** The user has done something. */
	recordUse(): void;
	/** Locks the vault when it has been left alone. */
	lockWhenIdle(): Promise<void>;
	access(target: AccessTarget): Promise<Result<Access, CredentialsFault>>;
	renew(profile: Profile): Promise<boolean>;
	/** A record that could not be read was deleted. */
	forgetDamaged(record: Pick<DamagedRecord, "area" | "key">): void;
	/** The URL that calls go to; `undefined` for AWS's own. */
	endpointOf(target: AccessTarget): string | undefined;
	overview(): Omit<ConnectionOverview, "settings">;
}

/** Reads the keyring at once; whatever is asked of the connections waits for that. */
export function createConnections(ports: ConnectionsPorts): Connections {
	const { onChange, clock } = ports;
	const asked = { ...ports, now: clock.now, onDate: onDate(ports) };
	// Alarms ring by this computer's clock.
	const scheduleWake = (at: number) =>
		ports.scheduleWake(at - (clock.offset() ?? 0));
	const signIn = createSignIn(
		{ ...asked, scheduleWake },
		{
			changed: onChange,
			ended: (id, outcome) =>
				void restored.then(() => endSignIn(registry, id, outcome)),
		},
	);
	const vault = createSecretVault(ports);
	const registry = createConnectionRegistry({
		...asked,
		clockOffset: clock.offset,
		store: createConnectionStore(ports),
		vault,
		sources: createProviders(asked),
		signIn,
		sessionPolicy: (id, role) =>
			toSessionPolicy(
				role,
				ports.profiles().filter(({ connection }) => connection === id),
			),
	});
	const restored = restore(registry, vault, clock);
	const access = createAccess(registry, ports.ownKeys);
	return {
		restored,
		remote: whenReady(restored, createConnectionCommands(registry)),
		signIn,
		recordUse: vault.recordUse,
		async lockWhenIdle() {
			await restored;
			if (vault.isIdle()) await lockVault(registry);
		},
		async access(target) {
			await restored;
			return access(target);
		},
		async renew({ connection }) {
			await restored;
			return connection ? renewCredentials(registry, connection) : false;
		},
		forgetDamaged(record) {
			registry.damaged = registry.damaged.filter(
				(each) => !isSameRecord(each, record),
			);
			onChange();
		},
		endpointOf: (target) =>
			targetUrl(
				target,
				target.connection && registry.connections.get(target.connection),
			),
		overview() {
			const connections = toConnectionSnapshots(registry);
			return {
				connections,
				vault: vault.snapshot(),
				problems: [
					...registry.problems,
					...withdrawnConsentMessages(registry),
					...problemsOf(registry.damaged, []),
				],
				damaged: registry.damaged,
				credentialsExpireAt: (profile) =>
					profile.connection
						? connections.find((each) => isOf(profile, each))?.actionNeededAt
						: ownKeysExpiry(profile, ports.ownKeys, clock.offset()),
			};
		},
	};
}

function isOf(profile: Profile, { connection }: ConnectionSnapshot): boolean {
	return connection.id === profile.connection;
}

/** What answers tell of AWS's clock. */
export function onDate({
	clock,
	now,
}: Pick<ConnectionsPorts, "clock" | "now">): (date: number) => void {
	return (date) => clock.recordOffset(date - now());
}

async function restore(
	registry: ConnectionRegistry,
	vault: BrowserSecretVault,
	clock: ServiceClock,
): Promise<void> {
	const problems: string[] = [];
	// Each on its own: the vault is no use without connections, but they are without it.
	const load = async (what: string, work: () => Promise<void>) => {
		try {
			await work();
		} catch (error) {
			const name = error instanceof Error ? error.name : "unknown error";
			problems.push(
				`${what} could not be read (${name}). Nothing was deleted. Restart the browser to try again.`,
			);
		}
	};
	await load("The difference from AWS's clock", clock.load);
	await load("The vault", vault.load);
	await load("The stored connections", () =>
		restoreConnectionRegistry(registry),
	);
	registry.problems = problems;
	registry.ports.onChange();
}

/** The same commands, each begun when `ready` has come. */
function whenReady(
	ready: Promise<void>,
	commands: ConnectionRemote,
): ConnectionRemote {
	const entries = Object.entries(commands) as [
		string,
		(input: never) => Promise<unknown>,
	][];
	return Object.fromEntries(
		entries.map(([name, command]) => [
			name,
			(input: never) => ready.then(() => command(input)),
		]),
	) as unknown as ConnectionRemote;
}

import {
	type AccessTarget,
	targetUrl,
	usesOwnKeys,
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
	dummyAccess,
	getAccess,
	renewCredentials,
} from "../../core/connection/credential-provider.ts";
import type {
	CredentialsFault,
	OwnKeys,
} from "../../core/connection/credentials.ts";
import { createConnectionCommands } from "../../core/connection-commands.ts";
import type { ConnectionOverview } from "../../core/ports.ts";
import { toSessionPolicy } from "../../core/profile/iam-policy.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import type { ConnectionRemote } from "../../core/protocol/commands.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import {
	type DamagedRecord,
	isSameRecord,
	problemsOf,
} from "../../core/shared/storage-problems.ts";
import { endSignIn } from "../../core/sign-in-commands.ts";
import { lockVault } from "../../core/vault-commands.ts";
import type { StorageArea } from "../adapters/storage-adapter.ts";
import type { ServiceClock } from "../http/clock-skew.ts";
import { createAssumeRole } from "./assume-role.ts";
import { createConnectionStore } from "./connection-store.ts";
import { createCredentialServer } from "./credential-server.ts";
import { createIdentityCenter } from "./identity-center.ts";
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
	/** Survives a restart of the browser. Holds connections, never secrets. */
	readonly local: StorageArea;
	/** The profiles as they are saved now. */
	profiles(): readonly Profile[];
	/** The keys given to a profile that has no connection. */
	ownKeys(id: ProfileId): OwnKeys | undefined;
}

export interface Connections {
	/** Resolves when the connections have been read, or reading has failed. */
	readonly restored: Promise<void>;
	readonly remote: ConnectionRemote;
	readonly signIn: BrowserSignIn;
	/** Restarts the time after which the vault locks itself. */
	recordUse(): void;
	/** Locks the vault if it has not been used for a while. */
	lockWhenIdle(): Promise<void>;
	access(target: AccessTarget): Promise<Result<Access, CredentialsFault>>;
	renew(profile: Profile): Promise<boolean>;
	/** Removes a deleted record from the list of damaged ones. */
	forgetDamaged(record: Pick<DamagedRecord, "area" | "key">): void;
	/** The endpoint of calls; `undefined` for AWS's own host. */
	endpointOf(target: AccessTarget): string | undefined;
	overview(): Omit<ConnectionOverview, "settings">;
}

/** Starts to read the stored connections; all other operations wait until they have been read. */
export function createConnections(ports: ConnectionsPorts): Connections {
	const { onChange, clock } = ports;
	const servicePorts = {
		...ports,
		now: clock.now,
		onServerDate: clock.recordServerDate,
	};
	// Alarms go by this computer's clock.
	const scheduleWake = (at: number) =>
		ports.scheduleWake(at - (clock.offset() ?? 0));
	const signIn = createSignIn(
		{ ...servicePorts, scheduleWake },
		{
			changed: onChange,
			ended: (id, outcome) =>
				void restored.then(() => endSignIn(registry, id, outcome)),
		},
	);
	const vault = createSecretVault(ports);
	const registry = createConnectionRegistry({
		...servicePorts,
		clockOffset: clock.offset,
		store: createConnectionStore(ports),
		vault,
		sources: {
			credentialServer: createCredentialServer(servicePorts),
			identityCenter: createIdentityCenter(servicePorts),
			assumeRole: createAssumeRole(servicePorts),
		},
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

type OwnKeysOf = (id: ProfileId) => OwnKeys | undefined;

/** The endpoint and credentials for calls: those of the target's connection, the profile's own keys, or dummy ones. */
export function createAccess(
	registry: ConnectionRegistry,
	ownKeys: OwnKeysOf,
): (target: AccessTarget) => Promise<Result<Access, CredentialsFault>> {
	return async (target) => {
		const { id, connection, endpoint } = target;
		if (connection) return getAccess(registry, { ...target, connection });
		if (!usesOwnKeys(target)) return ok(dummyAccess(endpoint));
		const credentials = id && ownKeys(id);
		return credentials
			? ok({ kind: "aws", endpoint, credentials })
			: err({ kind: "credentials-missing", detail: "" });
	};
}

/** When a profile's own keys expire, in epoch ms on this computer's clock. `offset`: how far AWS's clock is ahead of it. */
export function ownKeysExpiry(
	profile: Profile,
	ownKeys: OwnKeysOf,
	offset = 0,
): number | undefined {
	const end = ownKeys(profile.id)?.expiresAt;
	return end && usesOwnKeys(profile) ? end - offset : undefined;
}

async function restore(
	registry: ConnectionRegistry,
	vault: BrowserSecretVault,
	clock: ServiceClock,
): Promise<void> {
	const problems: string[] = [];
	// Each separately, because connections are of use without the vault.
	const load = async (name: string, work: () => Promise<void>) => {
		try {
			await work();
		} catch (error) {
			const reason = error instanceof Error ? error.name : "unknown error";
			problems.push(
				`${name} could not be read (${reason}). Nothing was deleted. Restart the browser to try again.`,
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

/** The same commands, each delayed until `ready` has resolved. */
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

// The connections of this browser: the book restored, its commands, and what profiles' calls carry.

import { createConnectionCommands } from "../../core/connection/connection-commands.ts";
import {
	type Book,
	type BrokerPorts,
	createBook,
	restoreBook,
	toConnectionSnapshots,
	withdrawnWords,
} from "../../core/connection/connection-registry.ts";
import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import {
	type Access,
	renew,
} from "../../core/connection/credential-provider.ts";
import type { OwnKeys } from "../../core/connection/credentials.ts";
import { toSessionPolicy } from "../../core/connection/session-policy.ts";
import { endSignIn } from "../../core/connection/sign-in-commands.ts";
import type { Refusal } from "../../core/connection/temporary-credentials.ts";
import { lock } from "../../core/connection/vault-commands.ts";
import {
	type DamagedRecord,
	isSameRecord,
	problemsOf,
} from "../../core/damaged-record.ts";
import type { Overview } from "../../core/ports.ts";
import type { Profile, ProfileId } from "../../core/profile/profile.ts";
import type { ConnectionRemote } from "../../core/protocol/commands.ts";
import type { Result } from "../../core/result.ts";
import type { Area } from "../adapters/storage-adapter.ts";
import type { ServiceClock } from "../http/clock-skew.ts";
import { createKeyring } from "./connection-store.ts";
import { createAccess, endOfOwn } from "./host-access.ts";
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
			BrokerPorts,
			| "newId"
			| "profiles"
			| "withSavedProfiles"
			| "forgetOwnKeys"
			| "changed"
			| "ready"
			| "moved"
		> {
	readonly clock: ServiceClock;
	/** Survives the browser's restart: connections, never a secret. */
	readonly local: Area;
	/** The keys given to a profile that has no connection. */
	ownKeys(id: ProfileId): OwnKeys | undefined;
}

export interface Connections {
	/** Resolves when they have been read, or could not be. */
	readonly restored: Promise<void>;
	readonly remote: ConnectionRemote;
	readonly signIn: BrowserSignIn;
	/** The user has done something. */
	touch(): void;
	/** Locks the vault when it has been left alone. */
	lockIfIdle(): Promise<void>;
	access(profile: Profile): Promise<Result<Access, Refusal>>;
	renew(profile: Profile): Promise<boolean>;
	/** A record that could not be read was deleted. */
	forgetDamaged(record: Pick<DamagedRecord, "area" | "key">): void;
	/** Where the calls of a profile go, if not to AWS's own host. */
	urlOf(profile: Profile): string | undefined;
	overview(): Omit<Overview, "settings">;
}

/** Reads the keyring at once; whatever is asked of the connections waits for that. */
export function createConnections(ports: ConnectionsPorts): Connections {
	const { changed, clock } = ports;
	const asked = { ...ports, now: clock.now, onDate: onDate(ports) };
	// Alarms ring by this computer's clock.
	const wakeAt = (at: number) => ports.wakeAt(at - (clock.offset() ?? 0));
	const signIn = createSignIn(
		{ ...asked, wakeAt },
		{
			changed,
			ended: (id, outcome) =>
				void restored.then(() => endSignIn(book, id, outcome)),
		},
	);
	const vault = createSecretVault(ports);
	const book = createBook({
		...asked,
		clockOffset: clock.offset,
		keyring: createKeyring(ports),
		vault,
		providers: createProviders(asked),
		signIn,
		sessionPolicy: toSessionPolicy,
	});
	const restored = restore(book, vault, clock);
	const access = createAccess(book, ports.ownKeys);
	return {
		restored,
		remote: afterwards(restored, createConnectionCommands(book)),
		signIn,
		touch: vault.touch,
		async lockIfIdle() {
			await restored;
			if (vault.isIdle()) await lock(book);
		},
		async access(profile) {
			await restored;
			return access(profile);
		},
		async renew({ connection }) {
			await restored;
			return connection ? renew(book, connection) : false;
		},
		forgetDamaged(record) {
			book.damaged = book.damaged.filter((each) => !isSameRecord(each, record));
			changed();
		},
		urlOf({ connection, endpoint }) {
			const found = connection && book.connections.get(connection);
			if (!found) return endpoint;
			if (found.kind === "agent") return found.url;
			return found.kind === "endpoint" ? found.endpoint : endpoint;
		},
		overview() {
			const connections = toConnectionSnapshots(book);
			return {
				connections,
				vault: vault.snapshot(),
				problems: [
					...book.problems,
					...withdrawnWords(book),
					...problemsOf(book.damaged, []),
				],
				damaged: book.damaged,
				endOf: (profile) =>
					profile.connection
						? connections.find((each) => isOf(profile, each))?.endsAt
						: endOfOwn(profile, ports.ownKeys, clock.offset()),
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
	return (date) => clock.learn(date - now());
}

async function restore(
	book: Book,
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
	await load("The stored connections", () => restoreBook(book));
	book.problems = problems;
	book.ports.changed();
}

/** The same commands, each begun when `ready` has come. */
function afterwards(
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

import type { ConnectionId } from "./connection/connection.ts";
import {
	commitEntry,
	createRuntime,
	type EngineRuntime,
	publish,
	snapshotOf,
	whenRestored,
} from "./engine-runtime.ts";
import { restartSessionsWhere, tickAll } from "./poll-pipeline.ts";
import type { Ports } from "./ports.ts";
import type { Profile } from "./profile/profile.ts";
import { createProfileCommands } from "./profile-commands.ts";
import type { ProfileRemote } from "./protocol/commands.ts";
import type { Snapshot } from "./protocol/snapshot.ts";
import { type FaultKind, isAboutCredentials } from "./session/fault.ts";

/** Polls the configurations of all saved profiles and keeps their histories. The only writer of both. */
export interface Engine {
	readonly remote: ProfileRemote;
	/** Polls what is due. Harmless at any time. */
	tick(): Promise<void>;
	/** The computer is online again: polls at once what failed for want of a network. */
	online(): Promise<void>;
	/** The cause of this kind of fault was removed elsewhere (a permission was granted): retries the sessions that have it. */
	retry(kind: FaultKind): Promise<void>;
	/** A connection has credentials again: restarts the sessions of its profiles whose fault was about credentials. */
	retryConnection(id: ConnectionId): Promise<void>;
	/** A connection was edited to lead elsewhere: restarts the sessions of its profiles. */
	restartConnection(id: ConnectionId): Promise<void>;
	/** Forgets the keys that were given to profiles themselves and restarts those sessions. */
	forgetKeys(): Promise<void>;
	/** The saved profiles. */
	profiles(): readonly Profile[];
	/** Runs a job during which no profile is saved. Rejects while the stored profiles cannot be read. */
	withSavedProfiles<T>(
		job: (profiles: readonly Profile[]) => Promise<T>,
	): Promise<T>;
	/** Publishes a change outside the engine that snapshots contain: connections, settings, a pause. */
	publish(): void;
	/** Resolves once reading the stored state has been tried. */
	snapshot(): Promise<Snapshot>;
	currentSnapshot(): Snapshot;
	/** The listener is called after every change. Returns a function that unsubscribes. */
	subscribe(listener: (snapshot: Snapshot) => void): () => void;
}

/** Starts to read the stored state at once. Everything else waits for that. */
export function createEngine(ports: Ports): Engine {
	const runtime = createRuntime(ports);
	const { runExclusive } = runtime;
	const profiles = () => runtime.state.entries.map(({ profile }) => profile);
	void runExclusive(() => tickAll(runtime));
	return {
		remote: createProfileCommands(runtime),
		tick: () => runExclusive(() => tickAll(runtime)),
		online: () => runExclusive(() => tickAll(runtime, { type: "online" })),
		retry: (kind) =>
			runExclusive(() =>
				restartSessionsWhere(
					runtime,
					({ session }) => session.fault?.kind === kind,
				),
			),
		retryConnection: (id) =>
			runExclusive(() =>
				restartSessionsWhere(
					runtime,
					({ profile, session }) =>
						profile.connection === id && isAboutCredentials(session.fault),
				),
			),
		restartConnection: (id) =>
			runExclusive(() =>
				restartSessionsWhere(
					runtime,
					({ profile }) => profile.connection === id,
				),
			),
		forgetKeys: () => whenRestored(runtime, () => forgetKeys(runtime)),
		profiles,
		withSavedProfiles: (job) => whenRestored(runtime, () => job(profiles())),
		publish: () => publish(runtime),
		snapshot: () => runExclusive(async () => snapshotOf(runtime)),
		currentSnapshot: () => snapshotOf(runtime),
		subscribe: (listener) => {
			runtime.listeners.add(listener);
			return () => runtime.listeners.delete(listener);
		},
	};
}

/** Tries all profiles, then rejects with the first error. */
async function forgetKeys(runtime: EngineRuntime): Promise<void> {
	const { storage } = runtime.ports;
	const results = await Promise.allSettled(
		runtime.state.entries.map(({ profile }) =>
			storage.saveCredentials(profile.id, undefined),
		),
	);
	await restartSessionsWhere(
		runtime,
		({ accessKeyHint }) => accessKeyHint !== undefined,
	);
	for (const { accessKeyHint, ...rest } of runtime.state.entries)
		if (accessKeyHint !== undefined) commitEntry(runtime, rest);
	for (const result of results)
		if (result.status === "rejected") throw result.reason;
}

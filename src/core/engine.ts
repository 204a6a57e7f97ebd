// The engine: sessions, history and commands over the ports; the one writer of the state.

import type { ConnectionId } from "./connection/connection.ts";
import {
	commitEntry,
	createRuntime,
	type EngineRuntime,
	publish,
	restartSessionsWhere,
	restore,
	snapshotOf,
	tickAll,
	whenRestored,
} from "./engine-runtime.ts";
import type { Ports } from "./ports.ts";
import type { Profile } from "./profile/profile.ts";
import { createProfileCommands } from "./profile/profile-commands.ts";
import type { ProfileRemote } from "./protocol/commands.ts";
import type { Snapshot } from "./protocol/snapshot.ts";
import { type FaultKind, isAboutCredentials } from "./session/fault.ts";

export interface Engine {
	readonly remote: ProfileRemote;
	/** The alarm rang, or might have: does what is due. */
	tick(): Promise<void>;
	/** The computer is online again: what failed for want of a network is due at once. */
	online(): Promise<void>;
	/** What a fault was about has changed outside (a permission was granted): asks again where it stands in the way. */
	retry(kind: FaultKind): Promise<void>;
	/** The connection of these profiles has credentials (again): whatever stands in the way because of them starts over. */
	retryConnection(id: ConnectionId): Promise<void>;
	/** The connection of these profiles leads elsewhere: their sessions start over. */
	restartConnection(id: ConnectionId): Promise<void>;
	/** Forgets the keys given to profiles; their sessions start over. */
	forgetKeys(): Promise<void>;
	/** The profiles as they are saved now. */
	profiles(): readonly Profile[];
	/** Runs a job with them, and saves none meanwhile. Rejects while those that are stored cannot be read. */
	withSavedProfiles<T>(
		job: (profiles: readonly Profile[]) => Promise<T>,
	): Promise<T>;
	/** Shows what has changed beside the profiles. */
	publish(): void;
	/** Answers once what was stored has been read. */
	snapshot(): Promise<Snapshot>;
	/** As it is at this moment. */
	current(): Snapshot;
	/** Called after every change; returns its stop. */
	subscribe(listener: (snapshot: Snapshot) => void): () => void;
}

/** All of them, whatever fails on the way; then it rejects with what failed. */
async function forgetKeys(runtime: EngineRuntime): Promise<void> {
	const { storage } = runtime.ports;
	const done = await Promise.allSettled(
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
	for (const each of done) if (each.status === "rejected") throw each.reason;
}

/** Reads the vault at once; whatever is asked of the engine waits for that. */
export function createEngine(ports: Ports): Engine {
	const runtime = createRuntime(ports);
	const profiles = () => runtime.state.entries.map(({ profile }) => profile);
	void runtime.runExclusive(() => restore(runtime));
	return {
		remote: createProfileCommands(runtime),
		tick: () => runtime.runExclusive(() => tickAll(runtime)),
		online: () =>
			runtime.runExclusive(() => tickAll(runtime, { type: "online" })),
		retry: (kind) =>
			runtime.runExclusive(() =>
				restartSessionsWhere(
					runtime,
					({ session }) => session.fault?.kind === kind,
				),
			),
		retryConnection: (id) =>
			runtime.runExclusive(() =>
				restartSessionsWhere(
					runtime,
					({ profile, session }) =>
						profile.connection === id && isAboutCredentials(session.fault),
				),
			),
		restartConnection: (id) =>
			runtime.runExclusive(() =>
				restartSessionsWhere(
					runtime,
					({ profile }) => profile.connection === id,
				),
			),
		forgetKeys: () => whenRestored(runtime, () => forgetKeys(runtime)),
		profiles,
		withSavedProfiles: (job) => whenRestored(runtime, () => job(profiles())),
		publish: () => publish(runtime),
		snapshot: () => runtime.runExclusive(async () => snapshotOf(runtime)),
		current: () => snapshotOf(runtime),
		subscribe: (listener) => {
			runtime.listeners.add(listener);
			return () => runtime.listeners.delete(listener);
		},
	};
}

// The engine: sessions, history and commands over the ports; the one writer of the state.

import type { ConnectionId } from "./connection/connection.ts";
import {
	createDesk,
	type Desk,
	publish,
	put,
	restore,
	retryWhere,
	snapshotOf,
	wakeAll,
	whenRestored,
} from "./engine-runtime.ts";
import type { Ports } from "./ports.ts";
import type { Profile } from "./profile/profile.ts";
import { createCommands } from "./profile/profile-commands.ts";
import type { ProfileRemote } from "./protocol/commands.ts";
import type { Snapshot } from "./protocol/snapshot.ts";
import { type FaultKind, isAboutCredentials } from "./session/fault.ts";

export interface Engine {
	readonly remote: ProfileRemote;
	/** The alarm rang, or might have: does what is due. */
	wake(): Promise<void>;
	/** The computer is online again: what failed for want of a network is due at once. */
	online(): Promise<void>;
	/** What a fault was about has changed outside (a permission was granted): asks again where it stands in the way. */
	retry(kind: FaultKind): Promise<void>;
	/** The connection of these profiles has credentials (again): whatever stands in the way because of them starts over. */
	reconnected(id: ConnectionId): Promise<void>;
	/** The connection of these profiles leads elsewhere: their sessions start over. */
	moved(id: ConnectionId): Promise<void>;
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
async function forgetKeys(desk: Desk): Promise<void> {
	const { vault } = desk.ports;
	const done = await Promise.allSettled(
		desk.state.entries.map(({ profile }) =>
			vault.saveCredentials(profile.id, undefined),
		),
	);
	await retryWhere(desk, ({ accessKeyHint }) => accessKeyHint !== undefined);
	for (const { accessKeyHint, ...rest } of desk.state.entries)
		if (accessKeyHint !== undefined) put(desk, rest);
	for (const each of done) if (each.status === "rejected") throw each.reason;
}

/** Reads the vault at once; whatever is asked of the engine waits for that. */
export function createEngine(ports: Ports): Engine {
	const desk = createDesk(ports);
	const profiles = () => desk.state.entries.map(({ profile }) => profile);
	void desk.enqueue(() => restore(desk));
	return {
		remote: createCommands(desk),
		wake: () => desk.enqueue(() => wakeAll(desk)),
		online: () => desk.enqueue(() => wakeAll(desk, { type: "online" })),
		retry: (kind) =>
			desk.enqueue(() =>
				retryWhere(desk, ({ session }) => session.fault?.kind === kind),
			),
		reconnected: (id) =>
			desk.enqueue(() =>
				retryWhere(
					desk,
					({ profile, session }) =>
						profile.connection === id && isAboutCredentials(session.fault),
				),
			),
		moved: (id) =>
			desk.enqueue(() =>
				retryWhere(desk, ({ profile }) => profile.connection === id),
			),
		forgetKeys: () => whenRestored(desk, () => forgetKeys(desk)),
		profiles,
		withSavedProfiles: (job) => whenRestored(desk, () => job(profiles())),
		publish: () => publish(desk),
		snapshot: () => desk.enqueue(async () => snapshotOf(desk)),
		current: () => snapshotOf(desk),
		subscribe: (listener) => {
			desk.listeners.add(listener);
			return () => desk.listeners.delete(listener);
		},
	};
}

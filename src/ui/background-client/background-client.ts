// A view's photograph of the background: the last one at once, then each new one, and the commands.

import type { ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import type { Snapshot } from "../../core/protocol/snapshot.ts";
import {
	joinStoredSnapshot,
	profileKey,
	SNAPSHOT_KEY,
} from "../../core/protocol/stored-snapshot.ts";
import type { BodyReader } from "../../storage/body-reader.ts";
import { parseStoredHead, parseStoredProfile } from "./message.ts";
import {
	type ConnectionState,
	createPortClient,
	type Page,
	type Runtime,
} from "./port-client.ts";
import { createRemote } from "./remote.ts";
import {
	createSnapshotStorage,
	type LocalStorage,
	type Surface,
} from "./snapshot-storage.ts";

/** The part of storage.local used here. */
export interface StorageArea {
	get(keys: string[]): Promise<Record<string, unknown>>;
}

export interface ClientState {
	/** Absent only until something was read or received. */
	readonly snapshot: Snapshot | undefined;
	readonly connectionState: ConnectionState;
}

export interface BackgroundClient extends BodyReader {
	readonly remote: Remote;
	getState(): ClientState;
	/** The profile on show: of this one all versions are wanted. */
	show(id: ProfileId | undefined): void;
	/** Called after every change; returns its stop. */
	subscribe(listener: () => void): () => void;
	close(): void;
}

export interface BackgroundClientOptions {
	readonly runtime: Runtime;
	readonly storage: StorageArea;
	readonly bodies: BodyReader;
	readonly page: Page;
	/** localStorage: what a view saw last, for the first paint of the next one. */
	readonly memory: LocalStorage;
	readonly surface: Surface;
	/** Runs a job once there is something to see: the worker is not woken before. */
	readonly afterPaint: (job: () => void) => void;
}

export function createBackgroundClient(
	options: BackgroundClientOptions,
): BackgroundClient {
	const listeners = new Set<() => void>();
	const memory = createSnapshotStorage(options.memory, options.surface);
	let sight: ClientState = {
		snapshot: memory.recall(),
		connectionState: "opening",
	};
	let isAnswered = false;
	let shown: ProfileId | undefined;

	function see(change: Partial<ClientState>): void {
		const next = { ...sight, ...change };
		if (
			next.snapshot === sight.snapshot &&
			next.connectionState === sight.connectionState
		)
			return;
		sight = next;
		for (const listener of listeners) listener();
	}

	const line = createPortClient({
		runtime: options.runtime,
		page: options.page,
		afterPaint: options.afterPaint,
		onSnapshot: (snapshot) => {
			isAnswered = true;
			see({ snapshot });
			memory.keep(snapshot, shown);
		},
		onState: (state) => see({ connectionState: state }),
	});
	void readStored(options.storage).then((snapshot) => {
		// The background's own word, if it was faster, is newer.
		const seen = sight.snapshot?.takenAt ?? 0;
		if (snapshot && !isAnswered && snapshot.takenAt > seen) see({ snapshot });
	});
	return {
		remote: createRemote(line.call),
		readBody: options.bodies.readBody,
		getState: () => sight,
		show: (id) => {
			shown = id;
			line.show(id);
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: line.close,
	};
}

async function readStored(storage: StorageArea): Promise<Snapshot | undefined> {
	// A storage that cannot be read is the background's to report; here it costs the head start only.
	const read = (keys: string[]): Promise<Record<string, unknown>> =>
		storage.get(keys).catch(() => ({}));
	const found = await read([SNAPSHOT_KEY]);
	const head = parseStoredHead(found[SNAPSHOT_KEY]);
	if (!head) return undefined;
	const parts = await read(head.order.map(profileKey));
	return joinStoredSnapshot(head, (id) =>
		parseStoredProfile(parts[profileKey(id)]),
	);
}

import type { ProfileId } from "../../core/profile/profile.ts";
import type { Remote } from "../../core/protocol/commands.ts";
import {
	COMMAND_NAMES,
	type CommandName,
} from "../../core/protocol/messages.ts";
import type { Snapshot } from "../../core/protocol/snapshot.ts";
import {
	type BodyReader,
	createBodyReader,
} from "../../storage/body-reader.ts";
import {
	type ConnectionState,
	createPortClient,
	type PortClientOptions,
} from "./port-client.ts";
import {
	createSnapshotCache,
	type LocalStorage,
	readStoredSnapshot,
	type StorageArea,
	type Surface,
} from "./snapshot-storage.ts";

export interface ClientState {
	/** Absent until one was read from storage or received. */
	readonly snapshot: Snapshot | undefined;
	readonly connectionState: ConnectionState;
}

/** What a page needs of the background: its state, its commands, and the bodies of versions. */
export interface BackgroundClient extends BodyReader {
	readonly remote: Remote;
	getState(): ClientState;
	/** Of this profile the snapshots hold all versions, of the others only the newest few. */
	showProfile(id: ProfileId | undefined): void;
	/** The listener is called after each change of the state. Returns the function that unsubscribes it. */
	subscribe(listener: () => void): () => void;
	close(): void;
}

export interface BackgroundClientOptions
	extends Pick<PortClientOptions, "runtime" | "page" | "afterPaint"> {
	readonly storage: StorageArea;
	readonly bodies: BodyReader;
	readonly localStorage: LocalStorage;
	readonly surface: Surface;
}

/** The part of the extension API used here. */
export interface BrowserApi extends Pick<PortClientOptions, "runtime"> {
	readonly storage: { readonly local: StorageArea };
}

/** The client of the page that this runs in. */
export function connectPage(
	{ runtime, storage }: BrowserApi,
	surface: Surface,
): BackgroundClient {
	return createBackgroundClient({
		runtime,
		storage: storage.local,
		bodies: createBodyReader(),
		page: document,
		localStorage,
		surface,
		afterPaint: (callback) => {
			requestAnimationFrame(() => setTimeout(callback));
		},
	});
}

/**
 * Begins with the snapshot that the last view saved in localStorage, which can be read before the first paint. A newer one that
 * the background saved in storage.local replaces it, and then everything that the background sends.
 */
export function createBackgroundClient(
	options: BackgroundClientOptions,
): BackgroundClient {
	const { storage, bodies, surface, ...portOptions } = options;
	const cache = createSnapshotCache(options.localStorage, surface);
	const listeners = new Set<() => void>();
	let state: ClientState = {
		snapshot: cache.read(),
		connectionState: "connecting",
	};
	let hasReceived = false;
	let shownProfile: ProfileId | undefined;

	function update(change: Partial<ClientState>): void {
		const next = { ...state, ...change };
		if (
			next.snapshot === state.snapshot &&
			next.connectionState === state.connectionState
		)
			return;
		state = next;
		for (const listener of listeners) listener();
	}

	const port = createPortClient({
		...portOptions,
		onSnapshot: (snapshot) => {
			hasReceived = true;
			update({ snapshot });
			cache.save(snapshot, shownProfile);
		},
		onStateChange: (connectionState) => update({ connectionState }),
	});
	void readStoredSnapshot(storage).then((snapshot) => {
		const takenAt = state.snapshot?.takenAt ?? 0;
		if (snapshot && !hasReceived && snapshot.takenAt > takenAt)
			update({ snapshot });
	});
	return {
		remote: createRemote(port.call),
		readBody: bodies.readBody,
		getState: () => state,
		showProfile(id) {
			shownProfile = id;
			port.showProfile(id);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: port.close,
	};
}

/** The commands as functions; `call` sends one to the background and resolves with its result. */
export function createRemote(
	call: (name: CommandName, input: unknown) => Promise<unknown>,
): Remote {
	return Object.fromEntries(
		COMMAND_NAMES.map((name) => [name, (input: unknown) => call(name, input)]),
	) as unknown as Remote;
}

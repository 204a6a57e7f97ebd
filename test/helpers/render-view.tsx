import type { ComponentChild } from "preact";
import { vi } from "vitest";
import type { Connection } from "../../src/core/connection/connection.ts";
import type { Version } from "../../src/core/history/history.ts";
import type { ProfileId } from "../../src/core/profile/profile.ts";
import type { CommandName } from "../../src/core/protocol/messages.ts";
import {
	type ProfileSnapshot,
	SNAPSHOT_SCHEMA,
	type Snapshot,
} from "../../src/core/protocol/snapshot.ts";
import { DEFAULT_SETTINGS } from "../../src/core/shared/settings.ts";
import {
	type BackgroundClient,
	type ClientState,
	createRemote,
} from "../../src/ui/background-client/background-client.ts";
import { BackgroundProvider } from "../../src/ui/background-client/context.tsx";
import type { Platform } from "../../src/ui/background-client/platform.ts";
import { StatusLine, StatusProvider } from "../../src/ui/components/status.tsx";
import { act, render } from "./render.tsx";

export interface ViewOptions {
	readonly state?: Partial<ClientState>;
	/** What the background replies to a command, or throws; `undefined` to the others. */
	readonly replies?: { readonly [K in CommandName]?: unknown };
	readonly bodies?: Readonly<Record<number, Uint8Array>>;
	readonly platform?: Partial<Platform>;
}

/** Renders a component between the contexts that a page provides, over a background that a test controls. */
export function renderView(view: ComponentChild, options: ViewOptions = {}) {
	const { replies = {}, bodies = {} } = options;
	const commands: { readonly name: CommandName; readonly input: unknown }[] =
		[];
	const listeners = new Set<() => void>();
	let state: ClientState = {
		snapshot: undefined,
		connectionState: "connected",
		...options.state,
	};
	const client: BackgroundClient = {
		remote: createRemote(async (name, input) => {
			commands.push({ name, input });
			const reply = replies[name];
			if (reply instanceof Error) throw reply;
			return reply;
		}),
		readBody: async (_id, number) => bodies[number],
		getState: () => state,
		showProfile: () => undefined,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close: () => undefined,
	};
	const platform = {
		reload: vi.fn(),
		openOptions: vi.fn(),
		openTab: vi.fn(),
		requestHost: vi.fn(async () => true),
		...options.platform,
	};
	const wrap = (node: ComponentChild) => (
		<BackgroundProvider client={client} platform={platform}>
			<StatusProvider>
				{node}
				<StatusLine class="test-status" />
			</StatusProvider>
		</BackgroundProvider>
	);
	const { rerender, container } = render(wrap(view));
	return {
		container,
		commands,
		platform,
		rerender: (node: ComponentChild) => rerender(wrap(node)),
		/** The background publishes a new state. */
		publish: (change: Partial<ClientState>) =>
			act(() => {
				state = { ...state, ...change };
				for (const listener of listeners) listener();
			}),
	};
}

export const PROFILE_ID = "p1" as ProfileId;
export const NOW = 1_700_000_000_000;

export function createVersion(
	number: number,
	change: Partial<Version> = {},
): Version {
	return {
		number,
		hash: String(number).repeat(64).slice(0, 64),
		contentType: "application/json",
		size: 1_204,
		receivedAt: NOW,
		confirmedAt: NOW,
		pinned: false,
		...change,
	};
}

/** A profile that is polled and has two versions. */
export function createProfileSnapshot(
	change: Partial<ProfileSnapshot> = {},
): ProfileSnapshot {
	const { versions = [createVersion(2), createVersion(1)] } = change;
	return {
		profile: {
			id: PROFILE_ID,
			name: "Shop settings",
			application: "shop",
			environment: "prod",
			configurationProfile: "settings",
			region: "eu-west-1",
		},
		paused: false,
		phase: "waiting",
		intervalSeconds: 60,
		failureCount: 0,
		checkedAt: NOW,
		versions,
		versionCount: versions.length,
		versionBytes: versions.reduce((sum, { size }) => sum + size, 0),
		lastSeenNumber: 2,
		takesCredentials: true,
		usage: { since: 0, calls: 0, received: 0 },
		...change,
	};
}

export function createSnapshot(change: Partial<Snapshot> = {}): Snapshot {
	return {
		schema: SNAPSHOT_SCHEMA,
		takenAt: NOW,
		profiles: [createProfileSnapshot()],
		connections: [],
		vault: { status: "none" },
		settings: DEFAULT_SETTINGS,
		problems: [],
		...change,
	};
}

export function createConnection(
	kind: Connection["kind"],
	change: object = {},
): Connection {
	return { id: "c1", name: "Work", kind, ...change } as Connection;
}

// An engine with a clock that the test moves, a modelled service, and storage that survives the worker.
import { createHash } from "node:crypto";
import { createClockStepDetector } from "../../src/background/adapters/alarm.ts";
import { createEngine, type Engine } from "../../src/core/engine.ts";
import type { EngineStorage, Ports } from "../../src/core/ports.ts";
import type {
	Profile,
	ProfileDraft,
	ProfileId,
} from "../../src/core/profile/profile.ts";
import type { ProfileSnapshot } from "../../src/core/protocol/snapshot.ts";
import type { Token } from "../../src/core/session/session.ts";
import {
	DEFAULT_SETTINGS,
	type PauseReason,
} from "../../src/core/shared/settings.ts";
import { createMemoryStorage, type MemoryStorage } from "./memory-storage.ts";
import { createService, type Service } from "./service.ts";

export interface World {
	readonly storage: MemoryStorage;
	readonly service: Service;
	engine: Engine;
	/** The reason for which polling pauses automatically. */
	pauseReason: PauseReason | undefined;
	/** As `navigator.onLine`. */
	isOnline: boolean;
	/** The computer's clock, epoch ms. */
	readonly now: number;
	/** When the engine's alarm goes off, if armed. */
	readonly alarmAt: number | undefined;
	/** Adds a profile and returns its id. */
	add(change?: Partial<ProfileDraft>): Promise<ProfileId>;
	/** Moves the clock on, with a tick whenever the alarm goes off. */
	advance(ms: number): Promise<void>;
	/** Time passes and nothing runs: the lid is closed. */
	sleep(ms: number): void;
	/** Sets the computer's clock; the service's is not affected. */
	setClock(byMs: number): void;
	/** Lets all pending work finish without time passing. */
	settle(): Promise<void>;
	/** The worker dies, and what it still does has no effect. A new one starts on the same storage. */
	restartWorker(): void;
	restartBrowser(): void;
	profile(id?: ProfileId): Promise<ProfileSnapshot>;
}

export interface WorldOptions {
	readonly random?: () => number;
	readonly intervalSeconds?: number;
	/** Created for each worker; in memory, and shared by all, when absent. */
	readonly storage?: () => EngineStorage;
	/** How many turns of the event loop that storage takes. */
	readonly rounds?: number;
	/** Resolved at once when absent. */
	readonly connectionsLoaded?: Promise<unknown>;
	/** Wraps each port's asynchronous methods, to end a worker in the middle. */
	readonly around?: <T>(work: () => Promise<T>) => Promise<T>;
}

export const START = Date.UTC(2026, 0, 1);

/** A profile of an emulator. */
export const DRAFT: ProfileDraft = {
	name: "settings",
	application: "storefront",
	environment: "development",
	configurationProfile: "settings",
	region: "us-east-1",
	endpoint: "http://127.0.0.1:4772",
};

/** A profile whose calls are signed with keys of its own. */
export const AWS_DRAFT: ProfileDraft = {
	name: "settings",
	application: "storefront",
	environment: "development",
	configurationProfile: "settings",
	region: "eu-west-1",
};

export function createWorld(options: WorldOptions = {}): World {
	const storage = createMemoryStorage();
	let now = START;
	let serviceNow = START;
	let alarmAt: number | undefined;
	let ids = 0;
	let worker = 0;
	const service = createService({
		now: () => serviceNow,
		clientNow: () => now,
		...(options.intervalSeconds
			? { intervalSeconds: options.intervalSeconds }
			: {}),
	});

	function boot(): Engine {
		worker += 1;
		const own = worker;
		const around = options.around ?? ((work) => work());
		const mortal = <T extends object>(port: T): T =>
			wrapMethods(port, (work) =>
				own === worker ? around(work) : new Promise(() => undefined),
			);
		alarmAt = undefined;
		const ports: Ports = {
			source: mortal({
				open: (profile: Profile) => service.open(profile),
				poll: (profile: Profile, token: Token) => service.poll(profile, token),
			}),
			storage: mortal({ ...(options.storage?.() ?? storage) }),
			clock: {
				now: () => now,
				random: options.random ?? (() => 0.5),
				// Per worker: a new one has not seen the clock before.
				setBackMs: createClockStepDetector({
					now: () => now,
					elapsed: () => serviceNow,
				}),
			},
			alarm: {
				arm: (at) => {
					if (own === worker) alarmAt = at;
				},
			},
			hash: async (bytes) => createHash("sha256").update(bytes).digest("hex"),
			newId: () => `p${++ids}`,
			overview: () => ({
				connections: [],
				vault: { status: "none" },
				settings: DEFAULT_SETTINGS,
				problems: [],
				damaged: [],
				credentialsExpireAt: () => undefined,
			}),
			connectionsLoaded: options.connectionsLoaded ?? Promise.resolve(),
			autoPause: {
				refresh: async () => undefined,
				pauseReasonOf: () => world.pauseReason,
				isOnline: () => world.isOnline,
			},
		};
		return createEngine(ports);
	}

	const world: World = {
		pauseReason: undefined,
		isOnline: true,
		storage,
		service,
		engine: boot(),
		get now() {
			return now;
		},
		get alarmAt() {
			return alarmAt;
		},
		add: (change) =>
			world.engine.remote.saveProfile({ profile: { ...DRAFT, ...change } }),
		async advance(ms) {
			const end = now + ms;
			await world.settle();
			while (alarmAt !== undefined && alarmAt <= end) {
				world.sleep(Math.max(0, alarmAt - now));
				void world.engine.tick();
				await world.settle();
			}
			world.sleep(end - now);
		},
		sleep(ms) {
			now += ms;
			serviceNow += ms;
		},
		setClock(byMs) {
			now += byMs;
		},
		// Promises settle before the next macrotask, and nothing in this world waits for anything else.
		async settle() {
			for (let round = options.rounds ?? 1; round > 0; round -= 1)
				await new Promise((resolve) => setImmediate(resolve));
		},
		restartWorker() {
			world.engine = boot();
		},
		restartBrowser() {
			storage.restartBrowser();
			world.engine = boot();
		},
		async profile(id) {
			const { profiles } = await world.engine.snapshot();
			const found = id
				? profiles.find(({ profile }) => profile.id === id)
				: profiles[0];
			if (!found) throw new Error("no such profile");
			return found;
		},
	};
	return world;
}

/** Every function of an object, called through `around`. */
function wrapMethods<T extends object>(
	port: T,
	around: (work: () => Promise<unknown>) => Promise<unknown>,
): T {
	return Object.fromEntries(
		Object.entries(port).map(([name, method]) => [
			name,
			(...input: unknown[]) => around(() => method(...input)),
		]),
	) as T;
}

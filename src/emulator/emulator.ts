import { createAgent } from "./agent/agent.ts";
import { createGuard } from "./auth/guard.ts";
import type { Principal } from "./auth/policy.ts";
import { createControlPlane } from "./control-plane/control-plane.ts";
import {
	createDataPlane,
	type DataPlaneOptions,
} from "./data-plane/data-plane.ts";
import { createGetConfiguration } from "./data-plane/get-configuration.ts";
import { createTokens, type TokensOptions } from "./data-plane/tokens.ts";
import { createFaults, type FaultRule } from "./fault-injection/faults.ts";
import { createTestingEndpoints } from "./fault-injection/testing-endpoints.ts";
import { createDirectory, type Directory } from "./files/directory.ts";
import { createFileCatalogue } from "./files/file-catalogue.ts";
import { createManifestFile } from "./files/manifest.ts";
import { createStatCache } from "./files/stat-cache.ts";
import type { HttpRequest, ReplyOrPromise } from "./http/messages.ts";
import { createQuotas } from "./http/quotas.ts";
import {
	type ListeningServer,
	type ListenOptions,
	listen,
} from "./http/server.ts";
import type { OpenJournal } from "./registry/journal.ts";
import type { LinearSteps } from "./registry/rollout.ts";
import { createStore } from "./registry/store.ts";
import { createRequestPipeline } from "./request-pipeline.ts";
import { type Clock, createAdjustableClock } from "./shared/clock.ts";
import {
	createEventLog,
	DISABLED_EVENT_LOG,
	type EventLog,
} from "./shared/event-log.ts";
import { type Log, SILENT_LOG } from "./shared/log.ts";
import { createValidation } from "./validation/validation.ts";

export interface EmulatorOptions
	extends Partial<
		Pick<
			DataPlaneOptions,
			| "nothingDeployed"
			| "unchangedHeaders"
			| "pollIntervalSeconds"
			| "variants"
		>
	> {
	readonly directory: string;
	readonly clock?: Clock;
	readonly tokenMode?: TokensOptions["mode"];
	/** How long a file must stay the same before it is read. */
	readonly settleMs?: number;
	readonly testing?: boolean;
	/** Origins of web pages that may call the emulator, such as `http://localhost:3000`; "*" allows all. */
	readonly corsOrigins?: readonly string[];
	/** Enforces the request rates of AWS. */
	readonly throttle?: boolean;
	readonly linearSteps?: LinearSteps;
	/** Time limit for checking a schema, or a configuration against it. */
	readonly validationTimeoutMs?: number;
	/** When set, every request must be signed by one of them, with permission for the operation. */
	readonly principals?: readonly Principal[] | undefined;
	/** Required at the Agent's endpoints. */
	readonly accessToken?: string | undefined;
	/** Saves what is created over the API. */
	readonly journal?: OpenJournal | undefined;
	/** Limit for what is created over the API, on disk or in memory. The default is 1 GB. */
	readonly storageLimitBytes?: number | undefined;
	/** Names to accept in the Host header, besides loopback. */
	readonly allowedHosts?: readonly string[];
	readonly log?: Log;
}

export interface Emulator {
	/** Never throws and never rejects. */
	handle(request: HttpRequest): ReplyOrPromise;
	listen(
		options: Omit<ListenOptions, "host"> & Partial<ListenOptions>,
	): Promise<ListeningServer>;
	close(): Promise<void>;
	readonly directory: Directory;
	/** The size of what was created over the API. */
	storedBytes(): number;
	/** Empty unless `testing`. */
	readonly eventLog: EventLog;
	injectFault(rule: FaultRule): void;
	advanceClock(milliseconds: number): void;
}

const SETTLE_MS = 100;
export const DEFAULT_STORAGE_LIMIT_BYTES = 1_000_000_000;

/** Throws when the directory cannot be read. */
export function createEmulator(options: EmulatorOptions): Emulator {
	const log = options.log ?? SILENT_LOG;
	const clock = createAdjustableClock(
		options.clock ? { wall: options.clock } : {},
	);
	const statCache = createStatCache();
	const eventLog = options.testing
		? createEventLog(clock.now)
		: DISABLED_EVENT_LOG;
	const faults = createFaults();
	const directory = createDirectory(options.directory);
	const validation = createValidation(options.validationTimeoutMs);
	const linearSteps = options.linearSteps ?? "recorded";
	const store = createStore(
		options.journal?.restored,
		options.journal,
		options.storageLimitBytes ?? DEFAULT_STORAGE_LIMIT_BYTES,
	);
	const catalogue = createFileCatalogue({
		store,
		directory,
		manifest: createManifestFile(directory.root, log),
		clock: clock.monotonic,
		settleMs: options.settleMs ?? SETTLE_MS,
		generation: statCache.generation,
		log,
		validation,
		linearSteps,
	});
	const services = [
		createDataPlane({
			catalogue,
			clock: clock.monotonic,
			tokens: createTokens({
				clock: clock.monotonic,
				mode: options.tokenMode ?? "strict",
			}),
			eventLog,
			pollIntervalSeconds: options.pollIntervalSeconds ?? 60,
			nothingDeployed: options.nothingDeployed ?? "get",
			unchangedHeaders: options.unchangedHeaders ?? "octet-stream",
			variants: options.variants ?? "accept",
		}),
		createGetConfiguration({ catalogue }),
		createAgent({ catalogue, accessToken: options.accessToken, log }),
		createControlPlane({
			store,
			clock: clock.monotonic,
			validation,
			linearSteps,
			refresh: catalogue.refreshFiles,
		}),
	];
	const handle = createRequestPipeline({
		services,
		testingEndpoints: options.testing
			? createTestingEndpoints({ eventLog, faults, clock })
			: undefined,
		allowedHosts: options.allowedHosts ?? [],
		corsOrigins: options.corsOrigins ?? [],
		guard: options.principals && createGuard(options.principals, clock.now),
		quotas: options.throttle ? createQuotas(clock.monotonic) : undefined,
		faults,
		eventLog,
		clock: clock.now,
		log,
	});
	const servers = new Set<ListeningServer>();

	return {
		handle(request) {
			// A test may change a file between two calls without returning to the event loop.
			statCache.invalidate();
			return handle(request);
		},
		async listen(listenOptions) {
			statCache.shareAcrossRequests();
			const server = await listen(handle, {
				host: "127.0.0.1",
				...listenOptions,
			});
			servers.add(server);
			return server;
		},
		async close() {
			await Promise.all([...servers].map((server) => server.close()));
			servers.clear();
			await validation.close();
		},
		directory,
		storedBytes: store.storedBytes,
		eventLog,
		injectFault: faults.add,
		advanceClock: clock.advance,
	};
}

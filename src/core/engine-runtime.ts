import { toSnapshot } from "./create-snapshot.ts";
import { parseState } from "./persisted-state.ts";
import type { EngineStorage, Ports } from "./ports.ts";
import type { ProfileId } from "./profile/profile.ts";
import type { Snapshot } from "./protocol/snapshot.ts";
import { WATCHDOG_MS, watchdogMs } from "./session/schedule.ts";
import { dueAt, shiftTimes } from "./session/session.ts";
import { createMutex, type RunExclusive } from "./shared/concurrency.ts";
import {
	DatabaseError,
	UNREADABLE_DATABASE,
	unsavedMessage,
} from "./shared/storage-problems.ts";
import {
	EMPTY_STATE,
	type EngineState,
	type ProfileEntry,
	putEntry,
	toProfileRecord,
} from "./state.ts";

/** The engine's state and what belongs to it. Only `commit` and its callers replace the state, under the lock. */
export interface EngineRuntime {
	readonly ports: Ports;
	readonly runExclusive: RunExclusive;
	readonly listeners: Set<(snapshot: Snapshot) => void>;
	state: EngineState;
	/** The attempt that each profile's call in flight belongs to. */
	readonly callsInFlight: Map<ProfileId, number>;
	/** Present from a change by the user that could not be saved until one that could. */
	unsavedMessage?: string | undefined;
	/** While this is false, nothing is shown, changed or overwritten. */
	isRestored: boolean;
}

const RESTORE_RETRY_MS = 30_000;

/** Events tell when the user is back or the network is; this covers the platforms that miss one. */
const PAUSE_RECHECK_MS = 60_000;

export function createRuntime(ports: Ports): EngineRuntime {
	const runExclusive = createMutex();
	const runtime: EngineRuntime = {
		ports: { ...ports, storage: withSaveObserver(ports.storage, onSave) },
		runExclusive: (job) =>
			runExclusive(() => {
				adjustToClockSetBack(runtime);
				return job();
			}),
		listeners: new Set(),
		callsInFlight: new Map(),
		state: EMPTY_STATE,
		isRestored: false,
	};
	function onSave(error?: unknown): void {
		const message = error === undefined ? undefined : unsavedMessage(error);
		if (message === runtime.unsavedMessage) return;
		runtime.unsavedMessage = message;
		publish(runtime);
	}
	return runtime;
}

/** Observes what the user changes. A poll that cannot be saved is a fault of its profile instead. */
function withSaveObserver(
	storage: EngineStorage,
	onSave: (error?: unknown) => void,
): EngineStorage {
	const observed =
		<Input extends unknown[]>(save: (...input: Input) => Promise<void>) =>
		async (...input: Input) => {
			try {
				await save(...input);
			} catch (error) {
				onSave(error);
				throw error;
			}
			onSave();
		};
	return {
		...storage,
		saveProfile: observed(storage.saveProfile),
		saveProfiles: observed(storage.saveProfiles),
		deleteProfile: observed(storage.deleteProfile),
		saveCredentials: observed(storage.saveCredentials),
		rewriteHistory: observed(storage.rewriteHistory),
		deleteRecord: observed(storage.deleteRecord),
	};
}

/** A clock that is set back would put everything that is due that much further off. Saved with the next change. */
function adjustToClockSetBack(runtime: EngineRuntime): void {
	const byMs = runtime.ports.clock.setBackMs();
	if (byMs <= 0) return;
	const entries = runtime.state.entries.map((entry) => ({
		...entry,
		session: shiftTimes(entry.session, byMs),
	}));
	runtime.state = { ...runtime.state, entries };
	if (runtime.isRestored) armAlarm(runtime);
}

class NotRestoredError extends Error {
	override readonly name = "NotRestoredError";
}

/** Runs a job under the lock. Rejects while the stored state cannot be read, since the job could overwrite it. */
export function whenRestored<T>(
	runtime: EngineRuntime,
	job: () => Promise<T>,
): Promise<T> {
	return runtime.runExclusive(async () => {
		if (!runtime.isRestored) throw new NotRestoredError();
		return job();
	});
}

/** Returns whether the stored state could be read. If not, the alarm is armed for the next attempt. */
export async function restore(runtime: EngineRuntime): Promise<boolean> {
	const { storage, alarm, clock, connectionsLoaded } = runtime.ports;
	try {
		const [stored] = await Promise.all([storage.load(), connectionsLoaded]);
		const now = clock.now();
		runtime.state = parseState(stored, now);
		runtime.isRestored = true;
		await saveNewLosses(runtime, now);
		return true;
	} catch (error) {
		runtime.state = {
			...EMPTY_STATE,
			problems: [unreadableMessage(error)],
			damaged: error instanceof DatabaseError ? [UNREADABLE_DATABASE] : [],
		};
		alarm.arm(clock.now() + RESTORE_RETRY_MS);
		return false;
	}
}

function unreadableMessage(error: unknown): string {
	const cause = error instanceof DatabaseError ? error.cause : error;
	const name = cause instanceof Error ? cause.name : "unknown error";
	return error instanceof DatabaseError
		? `The stored versions could not be opened (${name}), so nothing is polled. Nothing was deleted, and the extension tries again every 30 seconds. If this persists, restart the browser, or delete the stored versions and start over under Stored data in the options. Profiles and connections are kept.`
		: `The browser's storage could not be read (${name}), so nothing is polled. Nothing was deleted, and the extension tries again every 30 seconds. If this persists, restart the browser.`;
}

/** So that each loss is reported once. One that cannot be saved is detected again by the next worker. */
async function saveNewLosses(
	{ state, ports }: EngineRuntime,
	now: number,
): Promise<void> {
	const found = state.entries.filter(({ loss }) => loss?.at === now);
	await Promise.all(
		found.map((entry) =>
			ports.storage.saveProfile(toProfileRecord(entry)).catch(() => undefined),
		),
	);
}

/** Updates the lists of damaged records and of histories without a profile. Profiles in use stay as they are. */
export async function reloadDamagedRecords(
	runtime: EngineRuntime,
): Promise<void> {
	const { storage, clock } = runtime.ports;
	const { damaged, orphans, problems } = parseState(
		await storage.load(),
		clock.now(),
	);
	commit(runtime, { ...runtime.state, damaged, orphans, problems });
}

/** Replaces the state, arms the alarm for it and publishes it. Whatever has to be durable is stored before. */
export function commit(runtime: EngineRuntime, state: EngineState): void {
	runtime.state = state;
	armAlarm(runtime);
	publish(runtime);
}

export function commitEntry(runtime: EngineRuntime, entry: ProfileEntry): void {
	commit(runtime, putEntry(runtime.state, entry));
}

export async function saveAndCommitEntry(
	runtime: EngineRuntime,
	entry: ProfileEntry,
): Promise<void> {
	await runtime.ports.storage.saveProfile(toProfileRecord(entry));
	commitEntry(runtime, entry);
}

export function publish(runtime: EngineRuntime): void {
	if (!runtime.isRestored) return;
	const snapshot = snapshotOf(runtime);
	for (const listener of runtime.listeners) listener(snapshot);
}

export function snapshotOf({
	state,
	ports,
	unsavedMessage: unsaved,
}: EngineRuntime): Snapshot {
	const overview = ports.overview();
	const { problems } = overview;
	return toSnapshot(state, ports.clock.now(), {
		...overview,
		problems: unsaved ? [unsaved, ...problems] : problems,
		pauseReasonOf: ports.autoPause.pauseReasonOf,
	});
}

export function armAlarm(runtime: EngineRuntime): void {
	const { alarm } = runtime.ports;
	const wakeAt = Math.min(
		...runtime.state.entries.map((entry) => nextWakeOf(runtime, entry)),
	);
	alarm.arm(Number.isFinite(wakeAt) ? wakeAt : undefined);
}

function nextWakeOf(runtime: EngineRuntime, entry: ProfileEntry): number {
	const { clock, autoPause } = runtime.ports;
	const { paused, profile, session } = entry;
	if (!paused && autoPause.pauseReasonOf(profile))
		return clock.now() + PAUSE_RECHECK_MS;
	// The worker may end while a call is in flight: the alarm starts another one, which opens a new session.
	if (session.phase === "opening" || session.phase === "polling") {
		const at = session.startedAt + watchdogMs(session.intervalSeconds);
		const now = clock.now();
		return at <= now && isCallInFlight(runtime, entry) ? now + WATCHDOG_MS : at;
	}
	return paused ? Number.POSITIVE_INFINITY : dueAt(session);
}

/** Whether this worker is making the session's current call. */
export function isCallInFlight(
	{ callsInFlight }: EngineRuntime,
	{ profile, session }: ProfileEntry,
): boolean {
	return callsInFlight.get(profile.id) === session.attempt;
}

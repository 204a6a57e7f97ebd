// Where events are worked on, inside the queue: step, save, arm, act, publish, in that order.

import { DatabaseError, UNREADABLE_DATABASE } from "./damaged-record.ts";
import { createMutex, type RunExclusive } from "./mutex.ts";
import { parseState } from "./persisted-state.ts";
import type { EngineStorage, Ports } from "./ports.ts";
import type { Profile, ProfileId } from "./profile/profile.ts";
import { type Snapshot, toSnapshot } from "./protocol/snapshot.ts";
import {
	type CallResult,
	callService,
	faultFromError,
} from "./service-call.ts";
import type { Fault } from "./session/fault.ts";
import {
	DEFAULT_INTERVAL_SECONDS,
	WATCHDOG_MS,
	watchdogMs,
} from "./session/schedule.ts";
import {
	dueAt,
	type Effect,
	type Session,
	type SessionEvent,
	shiftTimes,
	type TransitionContext,
} from "./session/session.ts";
import { transition } from "./session/transition.ts";
import {
	EMPTY_STATE,
	type EngineState,
	findEntry,
	type ProfileEntry,
	putEntry,
	toProfileRecord,
	toSessionRecord,
} from "./state.ts";
import { unsavedMessage } from "./storage-refusal.ts";
import { storePollResult } from "./store-poll-result.ts";

export interface EngineRuntime {
	readonly ports: Ports;
	readonly runExclusive: RunExclusive;
	readonly listeners: Set<(snapshot: Snapshot) => void>;
	/** The one store of truth; replaced whole, and only inside the queue. */
	state: EngineState;
	/** The attempt that each profile's call under way belongs to. */
	readonly callsInFlight: Map<ProfileId, number>;
	/** That the last change by the user was not saved, in words; until one is. */
	unsavedMessage?: string | undefined;
	/** Until what was stored has been read, nothing is shown, changed or overwritten. */
	isRestored: boolean;
}

/** How long to wait before a storage that could not be read is read again. */
const RESTORE_RETRY_MS = 30_000;

/** Whether somebody is there again is told by events; this is for where there are none. */
const PAUSE_RECHECK_MS = 60_000;

export function createRuntime(ports: Ports): EngineRuntime {
	const enqueue = createMutex();
	const runtime: EngineRuntime = {
		ports: {
			...ports,
			storage: withSaveObserver(ports.storage, (error) =>
				recordSaveResult(runtime, error),
			),
		},
		runExclusive: (job) =>
			enqueue(() => {
				adjustToClockSetBack(runtime);
				return job();
			}),
		listeners: new Set(),
		callsInFlight: new Map(),
		state: EMPTY_STATE,
		isRestored: false,
	};
	return runtime;
}

/** What users change, as opposed to what polls bring: of that the profile's own fault tells. */
const USER_CHANGES = [
	"saveProfile",
	"deleteProfile",
	"saveCredentials",
	"rewriteHistory",
	"deleteRecord",
] as const;

/** `onSaved` is told of each change that was saved, or of the error. */
function withSaveObserver(
	vault: EngineStorage,
	onSaved: (error?: unknown) => void,
): EngineStorage {
	const methods = USER_CHANGES.map((name) => [
		name,
		async (...input: readonly never[]) => {
			try {
				await (vault[name] as (...input: readonly never[]) => Promise<void>)(
					...input,
				);
			} catch (error) {
				onSaved(error);
				throw error;
			}
			onSaved();
		},
	]);
	return { ...vault, ...Object.fromEntries(methods) };
}

function recordSaveResult(runtime: EngineRuntime, error: unknown): void {
	const before = runtime.unsavedMessage;
	runtime.unsavedMessage =
		error === undefined ? undefined : unsavedMessage(error);
	if (runtime.unsavedMessage !== before) publish(runtime);
}

/** A clock that is set back must not put what is due as much further off. Saved with what happens next. */
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

/** Rejects while what was stored cannot be read: it could overwrite what it does not know. */
export function whenRestored<T>(
	runtime: EngineRuntime,
	job: () => Promise<T>,
): Promise<T> {
	return runtime.runExclusive(async () => {
		if (!runtime.isRestored) throw new NotRestoredError();
		return job();
	});
}

export async function restore(runtime: EngineRuntime): Promise<void> {
	const { storage, alarm, clock, connectionsLoaded } = runtime.ports;
	try {
		const [stored] = await Promise.all([storage.load(), connectionsLoaded]);
		const now = clock.now();
		runtime.state = parseState(stored, now);
		runtime.isRestored = true;
		await saveNewLosses(runtime, now);
	} catch (error) {
		runtime.state = {
			...EMPTY_STATE,
			problems: [unreadableMessage(error)],
			damaged: error instanceof DatabaseError ? [UNREADABLE_DATABASE] : [],
		};
		alarm.arm(clock.now() + RESTORE_RETRY_MS);
		return;
	}
	await tickAll(runtime);
	publish(runtime);
}

function unreadableMessage(error: unknown): string {
	const cause = error instanceof DatabaseError ? error.cause : error;
	const name = cause instanceof Error ? cause.name : "unknown error";
	return error instanceof DatabaseError
		? `The stored versions could not be opened (${name}), so nothing is polled. Nothing was deleted, and the extension tries again every 30 seconds. If this stays, restart the browser, or delete the stored versions and start anew under Stored data in the options. Profiles and connections stay.`
		: `The browser's storage could not be read (${name}), so nothing is polled. Nothing was deleted, and the extension tries again every 30 seconds. If this stays, restart the browser.`;
}

/** So that a loss is told once. One that cannot be saved is noticed again by the next worker. */
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

/** Reads again what is stored beside the profiles in use: damaged records and histories without a profile. */
export async function reloadDamagedRecords(
	runtime: EngineRuntime,
): Promise<void> {
	const { storage, clock } = runtime.ports;
	const stored = parseState(await storage.load(), clock.now());
	const { damaged, orphans, problems } = stored;
	commit(runtime, { ...runtime.state, damaged, orphans, problems });
}

export async function tickAll(
	runtime: EngineRuntime,
	event: SessionEvent = { type: "woke" },
): Promise<void> {
	if (!runtime.isRestored) return restore(runtime);
	const { autoPause } = runtime.ports;
	await autoPause.refresh();
	for (const entry of runtime.state.entries) {
		const { paused, profile, session } = entry;
		if (paused || autoPause.pauseReasonOf(profile)) continue;
		// Of many profiles one or two are due: the others are to cost nothing.
		if (
			transition(session, event, contextOf(runtime, entry)).session !== session
		)
			await dispatch(runtime, profile.id, event);
	}
	armAlarm(runtime);
}

function contextOf(
	runtime: EngineRuntime,
	entry: ProfileEntry,
): TransitionContext {
	const { clock, autoPause } = runtime.ports;
	return {
		now: clock.now(),
		random: clock.random(),
		otherProfiles: runtime.state.entries.length - 1,
		isOnline: autoPause.isOnline(),
		isCallInFlight: isCallInFlight(runtime, entry),
	};
}

/** Starts over at once where something that kept a session from going on has changed. */
export async function restartSessionsWhere(
	runtime: EngineRuntime,
	matches: (entry: ProfileEntry) => boolean,
): Promise<void> {
	for (const entry of runtime.state.entries)
		if (matches(entry)) await restartSession(runtime, entry.profile);
	await tickAll(runtime);
}

/** Gives up what is under way or held: the next wake opens a new session. */
export function restartSession(
	runtime: EngineRuntime,
	profile: Profile,
): Promise<void> {
	const intervalSeconds =
		profile.minimumPollIntervalSeconds ?? DEFAULT_INTERVAL_SECONDS;
	return dispatch(runtime, profile.id, { type: "reset", intervalSeconds });
}

/** Takes one event of one profile all the way. Returns once it is saved; a call to the service goes on behind it. */
export async function dispatch(
	runtime: EngineRuntime,
	id: ProfileId,
	event: SessionEvent,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	if (!entry) return;
	const moment = contextOf(runtime, entry);
	const { session, effect } = transition(entry.session, event, moment);
	if (session === entry.session) return;
	const counted = withoutUnsentCall(entry, event);
	const next = {
		...counted,
		session,
		...(effect ? countCall(counted, moment) : {}),
	};
	const fault = await saveSession(runtime, next);
	if (!fault) {
		runtime.state = putEntry(runtime.state, next);
		armAlarm(runtime);
		if (effect) startCall(runtime, entry, effect);
		publish(runtime);
	} else if (effect) {
		// Nothing is sent that would not be remembered: a token could be spent without anyone knowing.
		const { attempt } = effect;
		const failed = transition(
			session,
			{ type: "failed", attempt, fault },
			moment,
		);
		commitEntry(runtime, { ...entry, session: failed.session });
	} else {
		// A session that rests or has halted has a fault of its own to tell, and a time that belongs to it.
		commitEntry(runtime, { ...entry, session: { fault, ...session } });
	}
}

/** A call is counted before it is made, since the worker may end in between. */
function withoutUnsentCall(
	entry: ProfileEntry,
	event: SessionEvent,
): ProfileEntry {
	if (event.type !== "failed" || !event.isUnsent) return entry;
	const { usage } = entry;
	const calls = Math.max(0, usage.calls - 1);
	const since = calls === 0 ? 0 : usage.since;
	return { ...entry, usage: { ...usage, calls, since } };
}

function countCall(
	{ usage }: ProfileEntry,
	{ now }: TransitionContext,
): Pick<ProfileEntry, "usage"> {
	const calls = usage.calls + 1;
	return { usage: { ...usage, calls, since: usage.since || now } };
}

export function commitEntry(runtime: EngineRuntime, entry: ProfileEntry): void {
	commit(runtime, putEntry(runtime.state, entry));
}

/** What is shown has been saved. */
export async function saveAndCommitEntry(
	runtime: EngineRuntime,
	entry: ProfileEntry,
): Promise<void> {
	await runtime.ports.storage.saveProfile(toProfileRecord(entry));
	commitEntry(runtime, entry);
}

/** Takes the state, arms the alarm for it and shows it. */
export function commit(runtime: EngineRuntime, state: EngineState): void {
	runtime.state = state;
	armAlarm(runtime);
	publish(runtime);
}

function armAlarm(runtime: EngineRuntime): void {
	const { clock, autoPause } = runtime.ports;
	const wakeAt = Math.min(
		...runtime.state.entries.map((entry) =>
			autoPause.pauseReasonOf(entry.profile) && !entry.paused
				? clock.now() + PAUSE_RECHECK_MS
				: nextWakeOf(runtime, entry),
		),
	);
	runtime.ports.alarm.arm(Number.isFinite(wakeAt) ? wakeAt : undefined);
}

export function publish(runtime: EngineRuntime): void {
	if (!runtime.isRestored) return;
	const snapshot = snapshotOf(runtime);
	for (const listener of runtime.listeners) listener(snapshot);
}

export function snapshotOf({
	state,
	ports,
	unsavedMessage,
}: EngineRuntime): Snapshot {
	const { clock, overview, autoPause } = ports;
	const around = overview();
	return toSnapshot(state, clock.now(), {
		...around,
		problems: unsavedMessage
			? [unsavedMessage, ...around.problems]
			: around.problems,
		holdOf: autoPause.pauseReasonOf,
	});
}

function isCallInFlight(
	{ callsInFlight }: EngineRuntime,
	{ profile, session }: ProfileEntry,
): boolean {
	return callsInFlight.get(profile.id) === session.attempt;
}

function nextWakeOf(runtime: EngineRuntime, entry: ProfileEntry): number {
	const { paused, session } = entry;
	// The worker may die while a call is under way: the alarm brings one back that starts over.
	if (session.phase === "opening" || session.phase === "polling") {
		const at = session.startedAt + watchdogMs(session.intervalSeconds);
		const now = runtime.ports.clock.now();
		return at <= now && isCallInFlight(runtime, entry) ? now + WATCHDOG_MS : at;
	}
	return paused ? Number.POSITIVE_INFINITY : dueAt(session);
}

async function saveSession(
	runtime: EngineRuntime,
	entry: ProfileEntry,
): Promise<Fault | undefined> {
	const { storage, clock } = runtime.ports;
	try {
		await storage.saveSession(entry.profile.id, toSessionRecord(entry));
		return undefined;
	} catch (error) {
		return faultFromError(error, "storage", clock.now());
	}
}

// Outside the queue, so that others go on meanwhile; the answer comes back through it.
function startCall(
	runtime: EngineRuntime,
	entry: ProfileEntry,
	effect: Effect,
): void {
	const { id } = entry.profile;
	const { attempt } = effect;
	runtime.callsInFlight.set(id, attempt);
	void callService(runtime.ports, entry.profile, effect).then((answer) =>
		runtime.runExclusive(() => {
			if (runtime.callsInFlight.get(id) === attempt)
				runtime.callsInFlight.delete(id);
			return receiveResult(runtime, id, answer);
		}),
	);
}

/** Content first, then the token: a worker that dies in between asks again and finds the same bytes. */
async function receiveResult(
	runtime: EngineRuntime,
	id: ProfileId,
	answer: CallResult,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	const { event } = answer;
	if (!entry || !isCurrent(entry.session, event)) return;
	const fault = await storePollResult(runtime, entry, answer);
	if (!fault) return dispatch(runtime, id, event);
	if (fault === "content-lost") {
		await dispatch(runtime, id, { type: "content-lost" });
		const session = findEntry(runtime.state, id)?.session;
		// Asked for again not long ago: it goes on without.
		return session && isCurrent(session, event)
			? dispatch(runtime, id, event)
			: undefined;
	}
	const { attempt } = entry.session;
	return dispatch(runtime, id, { type: "failed", attempt, fault });
}

function isCurrent(session: Session, event: SessionEvent): boolean {
	return "attempt" in event && event.attempt === session.attempt;
}

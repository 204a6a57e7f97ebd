// Where events are worked on, inside the queue: step, save, arm, act, publish, in that order.

import { DatabaseError, UNREADABLE_DATABASE } from "./damaged-record.ts";
import { createQueue, type Enqueue } from "./mutex.ts";
import { parseState } from "./persisted-state.ts";
import type { Ports, Vault } from "./ports.ts";
import type { Profile, ProfileId } from "./profile/profile.ts";
import { type Snapshot, toSnapshot } from "./protocol/snapshot.ts";
import { type Answer, call, toFault } from "./service-call.ts";
import type { Fault } from "./session/fault.ts";
import {
	DEFAULT_INTERVAL_SECONDS,
	WATCHDOG_MS,
	watchdogMs,
} from "./session/schedule.ts";
import {
	dueAt,
	type Effect,
	type Moment,
	type Session,
	type SessionEvent,
	shiftTimes,
} from "./session/session.ts";
import { step } from "./session/transition.ts";
import {
	EMPTY_STATE,
	type Entry,
	findEntry,
	putEntry,
	type State,
	toProfileRecord,
	toSessionRecord,
} from "./state.ts";
import { unsavedWords } from "./storage-refusal.ts";
import { keep } from "./store-poll-result.ts";

export interface Desk {
	readonly ports: Ports;
	readonly enqueue: Enqueue;
	readonly listeners: Set<(snapshot: Snapshot) => void>;
	/** The one store of truth; replaced whole, and only inside the queue. */
	state: State;
	/** The attempt that each profile's call under way belongs to. */
	readonly calls: Map<ProfileId, number>;
	/** That the last change by the user was not saved, in words; until one is. */
	unsaved?: string | undefined;
	/** Until what was stored has been read, nothing is shown, changed or overwritten. */
	isRestored: boolean;
}

/** How long to wait before a storage that could not be read is read again. */
const RESTORE_AGAIN_MS = 30_000;

/** Whether somebody is there again is told by events; this is for where there are none. */
const LOOK_AGAIN_MS = 60_000;

export function createDesk(ports: Ports): Desk {
	const enqueue = createQueue();
	const desk: Desk = {
		ports: {
			...ports,
			vault: watched(ports.vault, (error) => noteSave(desk, error)),
		},
		enqueue: (job) =>
			enqueue(() => {
				followClock(desk);
				return job();
			}),
		listeners: new Set(),
		calls: new Map(),
		state: EMPTY_STATE,
		isRestored: false,
	};
	return desk;
}

/** What users change, as opposed to what polls bring: of that the profile's own fault tells. */
const CHANGES = [
	"saveProfile",
	"deleteProfile",
	"saveCredentials",
	"rewriteHistory",
	"deleteRecord",
] as const;

/** `onSaved` is told of each change that was saved, or of the error. */
function watched(vault: Vault, onSaved: (error?: unknown) => void): Vault {
	const methods = CHANGES.map((name) => [
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

function noteSave(desk: Desk, error: unknown): void {
	const before = desk.unsaved;
	desk.unsaved = error === undefined ? undefined : unsavedWords(error);
	if (desk.unsaved !== before) publish(desk);
}

/** A clock that is set back must not put what is due as much further off. Saved with what happens next. */
function followClock(desk: Desk): void {
	const byMs = desk.ports.clock.setBackMs();
	if (byMs <= 0) return;
	const entries = desk.state.entries.map((entry) => ({
		...entry,
		session: shiftTimes(entry.session, byMs),
	}));
	desk.state = { ...desk.state, entries };
	if (desk.isRestored) arm(desk);
}

class NotRestoredError extends Error {
	override readonly name = "NotRestoredError";
}

/** Rejects while what was stored cannot be read: it could overwrite what it does not know. */
export function whenRestored<T>(desk: Desk, job: () => Promise<T>): Promise<T> {
	return desk.enqueue(async () => {
		if (!desk.isRestored) throw new NotRestoredError();
		return job();
	});
}

export async function restore(desk: Desk): Promise<void> {
	const { vault, alarm, clock, connectionsRead } = desk.ports;
	try {
		const [stored] = await Promise.all([vault.load(), connectionsRead]);
		const now = clock.now();
		desk.state = parseState(stored, now);
		desk.isRestored = true;
		await saveLosses(desk, now);
	} catch (error) {
		desk.state = {
			...EMPTY_STATE,
			problems: [unreadableWords(error)],
			damaged: error instanceof DatabaseError ? [UNREADABLE_DATABASE] : [],
		};
		alarm.arm(clock.now() + RESTORE_AGAIN_MS);
		return;
	}
	await wakeAll(desk);
	publish(desk);
}

function unreadableWords(error: unknown): string {
	const cause = error instanceof DatabaseError ? error.cause : error;
	const name = cause instanceof Error ? cause.name : "unknown error";
	return error instanceof DatabaseError
		? `The stored versions could not be opened (${name}), so nothing is polled. Nothing was deleted, and the extension tries again every 30 seconds. If this stays, restart the browser, or delete the stored versions and start anew under Stored data in the options. Profiles and connections stay.`
		: `The browser's storage could not be read (${name}), so nothing is polled. Nothing was deleted, and the extension tries again every 30 seconds. If this stays, restart the browser.`;
}

/** So that a loss is told once. One that cannot be saved is noticed again by the next worker. */
async function saveLosses({ state, ports }: Desk, now: number): Promise<void> {
	const found = state.entries.filter(({ loss }) => loss?.at === now);
	await Promise.all(
		found.map((entry) =>
			ports.vault.saveProfile(toProfileRecord(entry)).catch(() => undefined),
		),
	);
}

/** Reads again what is stored beside the profiles in use: damaged records and histories without a profile. */
export async function refreshStored(desk: Desk): Promise<void> {
	const { vault, clock } = desk.ports;
	const stored = parseState(await vault.load(), clock.now());
	const { damaged, orphans, problems } = stored;
	settle(desk, { ...desk.state, damaged, orphans, problems });
}

export async function wakeAll(
	desk: Desk,
	event: SessionEvent = { type: "woke" },
): Promise<void> {
	if (!desk.isRestored) return restore(desk);
	const { presence } = desk.ports;
	await presence.look();
	for (const entry of desk.state.entries) {
		const { paused, profile, session } = entry;
		if (paused || presence.holdOf(profile)) continue;
		// Of many profiles one or two are due: the others are to cost nothing.
		if (step(session, event, momentOf(desk, entry)).session !== session)
			await apply(desk, profile.id, event);
	}
	arm(desk);
}

function momentOf(desk: Desk, entry: Entry): Moment {
	const { clock, presence } = desk.ports;
	return {
		now: clock.now(),
		random: clock.random(),
		others: desk.state.entries.length - 1,
		isOnline: presence.isOnline(),
		isUnderWay: isUnderWay(desk, entry),
	};
}

/** Starts over at once where something that kept a session from going on has changed. */
export async function retryWhere(
	desk: Desk,
	matches: (entry: Entry) => boolean,
): Promise<void> {
	for (const entry of desk.state.entries)
		if (matches(entry)) await reset(desk, entry.profile);
	await wakeAll(desk);
}

/** Gives up what is under way or held: the next wake opens a new session. */
export function reset(desk: Desk, profile: Profile): Promise<void> {
	const intervalSeconds =
		profile.minimumPollIntervalSeconds ?? DEFAULT_INTERVAL_SECONDS;
	return apply(desk, profile.id, { type: "reset", intervalSeconds });
}

/** Takes one event of one profile all the way. Returns once it is saved; a call to the service goes on behind it. */
export async function apply(
	desk: Desk,
	id: ProfileId,
	event: SessionEvent,
): Promise<void> {
	const entry = findEntry(desk.state, id);
	if (!entry) return;
	const moment = momentOf(desk, entry);
	const { session, effect } = step(entry.session, event, moment);
	if (session === entry.session) return;
	const counted = uncalled(entry, event);
	const next = {
		...counted,
		session,
		...(effect ? called(counted, moment) : {}),
	};
	const fault = await saveSession(desk, next);
	if (!fault) {
		desk.state = putEntry(desk.state, next);
		arm(desk);
		if (effect) act(desk, entry, effect);
		publish(desk);
	} else if (effect) {
		// Nothing is sent that would not be remembered: a token could be spent without anyone knowing.
		const { attempt } = effect;
		const failed = step(session, { type: "failed", attempt, fault }, moment);
		put(desk, { ...entry, session: failed.session });
	} else {
		// A session that rests or has halted has a fault of its own to tell, and a time that belongs to it.
		put(desk, { ...entry, session: { fault, ...session } });
	}
}

/** A call is counted before it is made, since the worker may end in between. */
function uncalled(entry: Entry, event: SessionEvent): Entry {
	if (event.type !== "failed" || !event.isUnsent) return entry;
	const { usage } = entry;
	const calls = Math.max(0, usage.calls - 1);
	const since = calls === 0 ? 0 : usage.since;
	return { ...entry, usage: { ...usage, calls, since } };
}

function called({ usage }: Entry, { now }: Moment): Pick<Entry, "usage"> {
	const calls = usage.calls + 1;
	return { usage: { ...usage, calls, since: usage.since || now } };
}

export function put(desk: Desk, entry: Entry): void {
	settle(desk, putEntry(desk.state, entry));
}

/** What is shown has been saved. */
export async function putSaved(desk: Desk, entry: Entry): Promise<void> {
	await desk.ports.vault.saveProfile(toProfileRecord(entry));
	put(desk, entry);
}

/** Takes the state, arms the alarm for it and shows it. */
export function settle(desk: Desk, state: State): void {
	desk.state = state;
	arm(desk);
	publish(desk);
}

function arm(desk: Desk): void {
	const { clock, presence } = desk.ports;
	const wakeAt = Math.min(
		...desk.state.entries.map((entry) =>
			presence.holdOf(entry.profile) && !entry.paused
				? clock.now() + LOOK_AGAIN_MS
				: wakeAtOf(desk, entry),
		),
	);
	desk.ports.alarm.arm(Number.isFinite(wakeAt) ? wakeAt : undefined);
}

export function publish(desk: Desk): void {
	if (!desk.isRestored) return;
	const snapshot = snapshotOf(desk);
	for (const listener of desk.listeners) listener(snapshot);
}

export function snapshotOf({ state, ports, unsaved }: Desk): Snapshot {
	const { clock, connections, presence } = ports;
	const around = connections();
	return toSnapshot(state, clock.now(), {
		...around,
		problems: unsaved ? [unsaved, ...around.problems] : around.problems,
		holdOf: presence.holdOf,
	});
}

function isUnderWay({ calls }: Desk, { profile, session }: Entry): boolean {
	return calls.get(profile.id) === session.attempt;
}

function wakeAtOf(desk: Desk, entry: Entry): number {
	const { paused, session } = entry;
	// The worker may die while a call is under way: the alarm brings one back that starts over.
	if (session.phase === "opening" || session.phase === "polling") {
		const at = session.startedAt + watchdogMs(session.intervalSeconds);
		const now = desk.ports.clock.now();
		return at <= now && isUnderWay(desk, entry) ? now + WATCHDOG_MS : at;
	}
	return paused ? Number.POSITIVE_INFINITY : dueAt(session);
}

async function saveSession(
	desk: Desk,
	entry: Entry,
): Promise<Fault | undefined> {
	const { vault, clock } = desk.ports;
	try {
		await vault.saveSession(entry.profile.id, toSessionRecord(entry));
		return undefined;
	} catch (error) {
		return toFault(error, "storage", clock.now());
	}
}

// Outside the queue, so that others go on meanwhile; the answer comes back through it.
function act(desk: Desk, entry: Entry, effect: Effect): void {
	const { id } = entry.profile;
	const { attempt } = effect;
	desk.calls.set(id, attempt);
	void call(desk.ports, entry.profile, effect).then((answer) =>
		desk.enqueue(() => {
			if (desk.calls.get(id) === attempt) desk.calls.delete(id);
			return receive(desk, id, answer);
		}),
	);
}

/** Content first, then the token: a worker that dies in between asks again and finds the same bytes. */
async function receive(
	desk: Desk,
	id: ProfileId,
	answer: Answer,
): Promise<void> {
	const entry = findEntry(desk.state, id);
	const { event } = answer;
	if (!entry || !isCurrent(entry.session, event)) return;
	const fault = await keep(desk, entry, answer);
	if (!fault) return apply(desk, id, event);
	if (fault === "content-lost") {
		await apply(desk, id, { type: "content-lost" });
		const session = findEntry(desk.state, id)?.session;
		// Asked for again not long ago: it goes on without.
		return session && isCurrent(session, event)
			? apply(desk, id, event)
			: undefined;
	}
	const { attempt } = entry.session;
	return apply(desk, id, { type: "failed", attempt, fault });
}

function isCurrent(session: Session, event: SessionEvent): boolean {
	return "attempt" in event && event.attempt === session.attempt;
}

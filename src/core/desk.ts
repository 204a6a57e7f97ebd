// Where events are worked on, inside the queue: step, save, arm, act, publish, in that order.
import { type Answer, call, toFault } from "./call.ts";
import type { Fault, FaultKind } from "./fault.ts";
import { append } from "./history.ts";
import type { Ports } from "./ports.ts";
import type { ProfileId } from "./profile.ts";
import { createQueue, type Enqueue } from "./queue.ts";
import { WATCHDOG_MS } from "./schedule.ts";
import {
	dueAt,
	type Effect,
	type Session,
	type SessionEvent,
	step,
} from "./session.ts";
import { type Snapshot, toSnapshot } from "./snapshot.ts";
import {
	EMPTY_STATE,
	type Entry,
	findEntry,
	parseState,
	putEntry,
	type State,
	toSessionRecord,
} from "./state.ts";

export interface Desk {
	readonly ports: Ports;
	readonly enqueue: Enqueue;
	readonly listeners: Set<(snapshot: Snapshot) => void>;
	/** The one store of truth; replaced whole, and only inside the queue. */
	state: State;
}

export function createDesk(ports: Ports): Desk {
	return {
		ports,
		enqueue: createQueue(),
		listeners: new Set(),
		state: EMPTY_STATE,
	};
}

export async function restore(desk: Desk): Promise<void> {
	try {
		desk.state = parseState(await desk.ports.vault.load());
	} catch (error) {
		const name = error instanceof Error ? error.name : "unknown error";
		const problem = `The browser's storage could not be read (${name}). Restart the browser; nothing was deleted.`;
		desk.state = { ...EMPTY_STATE, problems: [problem] };
	}
	await wakeAll(desk);
}

export async function wakeAll(desk: Desk): Promise<void> {
	for (const { paused, profile } of desk.state.entries)
		if (!paused) await apply(desk, profile.id, { type: "woke" });
	settle(desk);
}

export async function retryHalted(desk: Desk, kind: FaultKind): Promise<void> {
	for (const { paused, profile, session } of desk.state.entries)
		if (!paused && session.phase === "halted" && session.fault.kind === kind)
			await apply(desk, profile.id, { type: "asked" });
}

/** Takes one event of one profile all the way. Returns once it is saved; a call to the service goes on behind it. */
export async function apply(
	desk: Desk,
	id: ProfileId,
	event: SessionEvent,
): Promise<void> {
	const entry = findEntry(desk.state, id);
	if (!entry) return;
	const { clock } = desk.ports;
	const moment = { now: clock.now(), random: clock.random() };
	const { session, effect } = step(entry.session, event, moment);
	if (session === entry.session) return;
	const fault = await saveSession(desk, { ...entry, session });
	if (!fault) {
		put(desk, { ...entry, session });
		if (effect) act(desk, entry, effect);
	} else if (effect) {
		// Nothing is sent that would not be remembered: a token could be spent without anyone knowing.
		const { attempt } = effect;
		const failed = step(session, { type: "failed", attempt, fault }, moment);
		put(desk, { ...entry, session: failed.session });
	} else {
		put(desk, { ...entry, session: { ...session, fault } });
	}
}

/** Arms the alarm for the state as it is, and shows the state. */
export function settle(desk: Desk): void {
	const now = desk.ports.clock.now();
	const wakeAt = Math.min(
		...desk.state.entries.map((entry) => wakeAtOf(entry, now)),
	);
	desk.ports.alarm.arm(Number.isFinite(wakeAt) ? wakeAt : undefined);
	const snapshot = toSnapshot(desk.state, now);
	for (const listener of desk.listeners) listener(snapshot);
}

export function put(desk: Desk, entry: Entry): void {
	desk.state = putEntry(desk.state, entry);
	settle(desk);
}

function wakeAtOf({ paused, session }: Entry, now: number): number {
	// The worker may die while a call is under way: the alarm brings one back that starts over.
	if (session.phase === "opening" || session.phase === "polling")
		return now + WATCHDOG_MS;
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
	void call(desk.ports, entry.profile, effect).then((answer) =>
		desk.enqueue(() => receive(desk, id, answer)),
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
	const { attempt } = entry.session;
	return apply(desk, id, { type: "failed", attempt, fault });
}

function isCurrent(session: Session, event: SessionEvent): boolean {
	return "attempt" in event && event.attempt === session.attempt;
}

async function keep(
	desk: Desk,
	entry: Entry,
	{ polled, hash }: Answer,
): Promise<Fault | undefined> {
	if (!polled) return undefined;
	const { vault, clock } = desk.ports;
	const { body, contentType, label } = polled;
	const now = clock.now();
	const received =
		body && hash
			? { hash, contentType, label, size: body.byteLength }
			: undefined;
	const { versions, added, evicted } = append(entry.versions, received, now);
	const version = versions[0];
	try {
		if (version)
			await vault.saveVersion(entry.profile.id, {
				version,
				evicted,
				...(added && body ? { body } : {}),
			});
	} catch (error) {
		return toFault(error, "storage", now);
	}
	desk.state = putEntry(desk.state, { ...entry, versions, checkedAt: now });
	return undefined;
}

import {
	armAlarm,
	commitEntry,
	type EngineRuntime,
	isCallInFlight,
	publish,
	restore,
} from "./engine-runtime.ts";
import {
	appendVersion,
	type ReceivedConfiguration,
	type Version,
} from "./history/history.ts";
import type { PollResult, Ports } from "./ports.ts";
import type { Profile, ProfileId } from "./profile/profile.ts";
import {
	type Fault,
	type Operation,
	pickFaultFields,
} from "./session/fault.ts";
import { DEFAULT_INTERVAL_SECONDS } from "./session/schedule.ts";
import type {
	Effect,
	ReplyEvent,
	SessionEvent,
	TransitionContext,
	Usage,
} from "./session/session.ts";
import { transition } from "./session/transition.ts";
import { isStorageFull } from "./shared/storage-problems.ts";
import {
	findEntry,
	type ProfileEntry,
	toProfileRecord,
	toSessionRecord,
} from "./state.ts";

/**
 * How long the newest version's bytes count as readable. After that, the next "unchanged" reads and hashes them again;
 * before, a look at their key is enough.
 */
const VERIFY_MS = 3_600_000;

/** Restores the state first where that has not been possible yet. Sessions that are not due cost one transition each. */
export async function tickAll(
	runtime: EngineRuntime,
	event: SessionEvent = { type: "tick" },
): Promise<void> {
	if (!runtime.isRestored) {
		if (!(await restore(runtime))) return;
		await tickAll(runtime);
		publish(runtime);
		return;
	}
	const { autoPause } = runtime.ports;
	await autoPause.refresh();
	for (const entry of runtime.state.entries)
		if (!entry.paused && !autoPause.pauseReasonOf(entry.profile))
			await advance(runtime, entry, event);
	armAlarm(runtime);
}

/** Opens new sessions at once where something outside changed that may end what was wrong with the old ones. */
export async function restartSessionsWhere(
	runtime: EngineRuntime,
	matches: (entry: ProfileEntry) => boolean,
): Promise<void> {
	for (const entry of runtime.state.entries)
		if (matches(entry)) await restartSession(runtime, entry.profile);
	await tickAll(runtime);
}

/** Drops the token and ignores the reply to a call in flight. The next tick opens a new session. */
export function restartSession(
	runtime: EngineRuntime,
	profile: Profile,
): Promise<void> {
	const intervalSeconds =
		profile.minimumPollIntervalSeconds ?? DEFAULT_INTERVAL_SECONDS;
	return dispatch(runtime, profile.id, { type: "reset", intervalSeconds });
}

/** Call under the lock. Resolves once the session is stored; a call to the service that follows runs outside the lock. */
export async function dispatch(
	runtime: EngineRuntime,
	id: ProfileId,
	event: SessionEvent,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	if (entry) await advance(runtime, entry, event);
}

/**
 * The only place where a session changes: stores it (with the call marked as in flight, when there is one), commits and
 * publishes, then starts the call. `entry` may be newer than the state, after a reply whose content has been stored.
 */
async function advance(
	runtime: EngineRuntime,
	entry: ProfileEntry,
	event: SessionEvent,
): Promise<void> {
	const context = contextOf(runtime, entry);
	const { session, effect } = transition(entry.session, event, context);
	if (session === entry.session) return;
	const counted = countUnsent(entry.usage, event);
	const usage = effect ? countCall(counted, context.now) : counted;
	const next = { ...entry, usage, session };
	const fault = await saveSession(runtime, next);
	if (!fault) {
		commitEntry(runtime, next);
		if (effect) startCall(runtime, entry.profile, effect);
	} else if (effect) {
		// No call is made that is not recorded: after a restart its token would be sent again.
		const { attempt } = effect;
		const failed = { type: "failed", attempt, fault } as const;
		const { session: resting } = transition(session, failed, context);
		commitEntry(runtime, { ...entry, session: resting });
	} else {
		// A resting or halted session keeps its own fault, to which its due time belongs.
		commitEntry(runtime, { ...entry, session: { fault, ...session } });
	}
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

/** Calls are counted before they are made, since the worker may end in between. */
function countCall(usage: Usage, now: number): Usage {
	return { ...usage, calls: usage.calls + 1, since: usage.since || now };
}

function countUnsent(usage: Usage, event: SessionEvent): Usage {
	if (event.type !== "failed" || !event.isUnsent) return usage;
	const calls = Math.max(0, usage.calls - 1);
	return { ...usage, calls, since: calls === 0 ? 0 : usage.since };
}

async function saveSession(
	{ ports: { storage, clock } }: EngineRuntime,
	entry: ProfileEntry,
): Promise<Fault | undefined> {
	try {
		await storage.saveSession(entry.profile.id, toSessionRecord(entry));
		return undefined;
	} catch (error) {
		return faultFromError(error, "storage", clock.now());
	}
}

/** Outside the lock, so that other profiles go on meanwhile. The result comes back through the lock. */
function startCall(
	runtime: EngineRuntime,
	profile: Profile,
	effect: Effect,
): void {
	const { callsInFlight } = runtime;
	const { attempt } = effect;
	callsInFlight.set(profile.id, attempt);
	void callService(runtime.ports, profile, effect).then((result) =>
		runtime.runExclusive(() => {
			if (callsInFlight.get(profile.id) === attempt)
				callsInFlight.delete(profile.id);
			return receiveResult(runtime, profile.id, result);
		}),
	);
}

type CallResult =
	| {
			readonly event: Exclude<ReplyEvent, { type: "polled" }>;
			readonly poll?: undefined;
	  }
	| {
			readonly event: Extract<ReplyEvent, { type: "polled" }>;
			readonly poll: HashedPollResult;
	  };

interface HashedPollResult extends PollResult {
	/** Of the body, when there is one. */
	readonly hash?: string;
}

async function callService(
	{ source, hash, clock }: Ports,
	profile: Profile,
	effect: Effect,
): Promise<CallResult> {
	const { attempt } = effect;
	try {
		if (effect.type === "open") {
			const opened = await source.open(profile);
			return opened.ok
				? { event: { type: "opened", attempt, token: opened.value } }
				: toFailedResult(attempt, opened.error);
		}
		const polled = await source.poll(profile, effect.token);
		if (!polled.ok) return toFailedResult(attempt, polled.error);
		const { token, intervalSeconds, requestedIntervalSeconds, body } =
			polled.value;
		return {
			event: {
				type: "polled",
				attempt,
				token,
				intervalSeconds,
				...(requestedIntervalSeconds === undefined
					? {}
					: { requestedIntervalSeconds }),
			},
			poll: { ...polled.value, ...(body ? { hash: await hash(body) } : {}) },
		};
	} catch (error) {
		// A source returns its faults. One that throws has a bug, and the session must not wait for its reply for ever.
		const operation =
			effect.type === "open"
				? "StartConfigurationSession"
				: "GetLatestConfiguration";
		return toFailedResult(
			attempt,
			faultFromError(error, operation, clock.now()),
		);
	}
}

function toFailedResult(attempt: number, fault: Fault): CallResult {
	return {
		event: {
			type: "failed",
			attempt,
			fault: pickFaultFields(fault),
			...(fault.isUnsent ? { isUnsent: true } : {}),
		},
	};
}

/** Keeps only the error's name: its message may quote what was sent. */
function faultFromError(
	error: unknown,
	operation: Operation,
	at: number,
): Fault {
	if (operation !== "storage")
		return { kind: "unknown", operation, at, detail: nameOf(error) };
	// A full chrome.storage rejects with a plain Error that has only a message.
	const detail = isStorageFull(error) ? "QuotaExceededError" : nameOf(error);
	return { kind: "storage", operation, at, detail };
}

function nameOf(error: unknown): string {
	return error instanceof Error ? error.name : "";
}

/** Stores content before its token: a worker that dies in between opens a new session and finds the same bytes. */
async function receiveResult(
	runtime: EngineRuntime,
	id: ProfileId,
	{ event, poll }: CallResult,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	if (!entry || event.attempt !== entry.session.attempt) return;
	if (!poll) return advance(runtime, entry, event);
	let stored: StoredPoll;
	try {
		stored = await storePollResult(runtime, entry, poll);
	} catch (error) {
		const { attempt } = event;
		const fault = faultFromError(error, "storage", runtime.ports.clock.now());
		return advance(runtime, entry, { type: "failed", attempt, fault });
	}
	const { isContentLost } = stored;
	await advance(
		runtime,
		stored.entry,
		isContentLost ? { ...event, isContentLost } : event,
	);
}

interface StoredPoll {
	readonly entry: ProfileEntry;
	/** AppConfig said "unchanged", and the newest version cannot be read here. */
	readonly isContentLost?: true;
}

/** All of it is durable when the promise resolves. Rejects when the storage refuses; then the entry is as it was. */
async function storePollResult(
	runtime: EngineRuntime,
	before: ProfileEntry,
	poll: HashedPollResult,
): Promise<StoredPoll> {
	const { storage, clock } = runtime.ports;
	const received = toReceived(poll);
	const entry = {
		...before,
		checkedAt: clock.now(),
		usage: received ? countReceived(before.usage) : before.usage,
	};
	const { deletedHash, loss } = entry;
	// A version that the user deleted does not come back until AppConfig serves something else.
	if (deletedHash !== undefined && (!received || received.hash === deletedHash))
		return { entry };
	const verified = await verifyNewest(runtime, entry, received);
	const isNewLoss = verified.entry.loss !== loss;
	if (isNewLoss) await storage.saveProfile(toProfileRecord(verified.entry));
	const isContentLost = isNewLoss || !verified.isReadable;
	// The first reply of a session is never "unchanged": without a body the configuration itself is empty.
	if (isContentLost && !received && !isFirstPoll(entry))
		return { entry: verified.entry, isContentLost };
	return { entry: await storeContent(runtime, verified, poll, received) };
}

interface VerifiedEntry {
	readonly entry: ProfileEntry;
	/** The newest version's bytes are there, or do not matter since others were received. */
	readonly isReadable: boolean;
}

/** Where the reply says that the newest version is current: checks that its bytes are there, and records what is lost. */
async function verifyNewest(
	{ ports: { storage, hash, clock } }: EngineRuntime,
	entry: ProfileEntry,
	received: ReceivedConfiguration | undefined,
): Promise<VerifiedEntry> {
	const [newest] = entry.versions;
	// Every version was lost, and none has come since.
	if (!newest && !received && entry.loss) return { entry, isReadable: false };
	if (!newest || (received && received.hash !== newest.hash))
		return { entry, isReadable: true };
	const { id } = entry.profile;
	const now = clock.now();
	const age = now - (entry.verifiedAt ?? Number.NEGATIVE_INFINITY);
	if (age >= 0 && age < VERIFY_MS) {
		if (await storage.hasBody(id, newest.number))
			return { entry, isReadable: true };
	} else if (await isReadableVersion({ storage, hash }, id, newest))
		return { entry: { ...entry, verifiedAt: now }, isReadable: true };
	const numbers = new Set(await storage.listNumbers(id));
	const versions = entry.versions.filter(({ number }) => numbers.has(number));
	const what = versions.length === entry.versions.length ? "bytes" : "versions";
	const { loss } = entry;
	const isKnown = loss && !loss.isTold && loss.what === what;
	return {
		entry: {
			...entry,
			versions,
			loss: isKnown ? loss : { at: now, upTo: entry.lastNumber, what },
		},
		isReadable: false,
	};
}

/** Reads the bytes and compares their hash with that of the version as it was received. */
export async function isReadableVersion(
	{ storage, hash }: Pick<Ports, "storage" | "hash">,
	id: ProfileId,
	version: Version,
): Promise<boolean> {
	const bytes = await storage.readBody(id, version.number);
	return bytes !== undefined && (await hash(bytes)) === version.hash;
}

async function storeContent(
	{ ports: { storage, clock } }: EngineRuntime,
	{ entry, isReadable }: VerifiedEntry,
	{ body }: PollResult,
	received: ReceivedConfiguration | undefined,
): Promise<ProfileEntry> {
	const now = clock.now();
	const { versions, stored, added, change } = appendVersion(entry, received, {
		now,
		isReadable,
	});
	if (change)
		await storage.saveVersion(entry.profile.id, {
			...change,
			...(stored && body ? { body } : {}),
		});
	const { deletedHash, loss, ...rest } = entry;
	// A loss that the user was told of is over once there is content again.
	const isLossOver = stored !== undefined && loss?.isTold === true;
	const next: ProfileEntry = {
		...rest,
		...(loss && !isLossOver ? { loss } : {}),
		versions,
		lastNumber: added?.number ?? entry.lastNumber,
		...(stored ? { verifiedAt: now } : {}),
	};
	if (deletedHash !== undefined || isLossOver)
		await storage.saveProfile(toProfileRecord(next));
	return next;
}

function isFirstPoll({ session }: ProfileEntry): boolean {
	return session.phase === "polling" && session.isFirst === true;
}

function toReceived({
	body,
	hash,
	contentType,
	label,
	configurationVersion,
}: HashedPollResult): ReceivedConfiguration | undefined {
	if (!body || !hash) return undefined;
	const size = body.byteLength;
	return { hash, contentType, label, configurationVersion, size };
}

function countReceived(usage: Usage): Usage {
	return { ...usage, received: usage.received + 1 };
}

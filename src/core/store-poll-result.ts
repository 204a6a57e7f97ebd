// Takes in what a poll has brought: content is kept before its token moves on.

import type { HistoryLoss } from "./damaged-record.ts";
import type { EngineRuntime } from "./engine-runtime.ts";
import {
	appendVersion,
	type ReceivedConfiguration,
	type Version,
} from "./history/history.ts";
import type { PollResult } from "./ports.ts";
import { type CallResult, faultFromError } from "./service-call.ts";
import type { Fault } from "./session/fault.ts";
import { type ProfileEntry, putEntry, toProfileRecord } from "./state.ts";

/** How long it is enough to know that there are bytes; then they are read and hashed again. */
const VERIFY_MS = 3_600_000;

/** What could not be kept is a fault, and the state is as it was. `content-lost`: what is unchanged is not there any more. */
export async function storePollResult(
	runtime: EngineRuntime,
	before: ProfileEntry,
	{ polled, hash }: CallResult,
): Promise<Fault | "content-lost" | undefined> {
	if (!polled) return undefined;
	const entry = polled.body ? countReceived(before) : before;
	const checkedAt = runtime.ports.clock.now();
	const received = toReceived(polled, hash);
	const { deletedHash, ...known } = entry;
	// What the user has deleted stays so until AppConfig serves something else.
	if (
		deletedHash !== undefined &&
		(!received || received.hash === deletedHash)
	) {
		runtime.state = putEntry(runtime.state, { ...entry, checkedAt });
		return undefined;
	}
	try {
		const found = await verifyNewest(runtime, known, received);
		const isLost = found.loss !== known.loss || !found.isReadable;
		if (found.loss !== known.loss)
			await runtime.ports.storage.saveProfile(
				toProfileRecord(withLoss(entry, found.loss)),
			);
		const { isReadable, ...rest } = found;
		const next = { ...rest, checkedAt };
		if (isLost && !received && !isFirstPoll(entry)) {
			runtime.state = putEntry(runtime.state, withGone(next, deletedHash));
			return "content-lost";
		}
		runtime.state = putEntry(
			runtime.state,
			await store(runtime, next, {
				gone: deletedHash,
				received,
				isReadable,
				body: polled.body,
			}),
		);
		return undefined;
	} catch (error) {
		return faultFromError(error, "storage", checkedAt);
	}
}

interface Arrival {
	readonly gone: string | undefined;
	readonly received: ReceivedConfiguration | undefined;
	readonly isReadable: boolean;
	readonly body: Uint8Array | undefined;
}

async function store(
	{ ports: { storage, clock } }: EngineRuntime,
	entry: ProfileEntry,
	{ gone, received, isReadable, body }: Arrival,
): Promise<ProfileEntry> {
	const now = clock.now();
	const { versions, stored, added, change } = appendVersion(entry, received, {
		now,
		isReadable,
	});
	const { id } = entry.profile;
	if (change)
		await storage.saveVersion(id, {
			...change,
			...(stored && body ? { body } : {}),
		});
	// What was lost and told is over once there is content again.
	const isOver = stored !== undefined && entry.loss?.isTold;
	const next: ProfileEntry = {
		...withLoss(entry, isOver ? undefined : entry.loss),
		versions,
		lastNumber: added?.number ?? entry.lastNumber,
		...(stored ? { verifiedAt: now } : {}),
	};
	if (gone !== undefined || isOver)
		await storage.saveProfile(toProfileRecord(next));
	return next;
}

/** Looks whether the bytes that are called unchanged can be read, and takes what the browser has lost for lost. */
async function verifyNewest(
	runtime: EngineRuntime,
	entry: ProfileEntry,
	received: ReceivedConfiguration | undefined,
): Promise<ProfileEntry & { readonly isReadable: boolean }> {
	const [newest] = entry.versions;
	// Every version was lost, and none has come since.
	if (!newest && !received && entry.loss)
		return { ...entry, isReadable: false };
	const isSame = newest && (!received || received.hash === newest.hash);
	if (!isSame) return { ...entry, isReadable: true };
	const { storage, clock } = runtime.ports;
	const { id } = entry.profile;
	const now = clock.now();
	const since = now - (entry.verifiedAt ?? Number.NEGATIVE_INFINITY);
	if (since >= 0 && since < VERIFY_MS) {
		if (await storage.hasBody(id, newest.number))
			return { ...entry, isReadable: true };
	} else if (await isReadableVersion(runtime, entry, newest))
		return { ...entry, verifiedAt: now, isReadable: true };
	const numbers = new Set(await storage.listNumbers(id));
	const versions = entry.versions.filter(({ number }) => numbers.has(number));
	const isWhole = versions.length === entry.versions.length;
	const loss: HistoryLoss = {
		at: now,
		upTo: entry.lastNumber,
		what: isWhole ? "bytes" : "versions",
	};
	const isKnown =
		entry.loss !== undefined &&
		!entry.loss.isTold &&
		entry.loss.what === loss.what;
	return {
		...entry,
		versions,
		loss: isKnown ? entry.loss : loss,
		isReadable: false,
	};
}

/** Whether its bytes are there and are those that were received. */
export async function isReadableVersion(
	{ ports: { storage, hash } }: EngineRuntime,
	{ profile }: ProfileEntry,
	version: Version,
): Promise<boolean> {
	const bytes = await storage.readBody(profile.id, version.number);
	return bytes !== undefined && (await hash(bytes)) === version.hash;
}

function isFirstPoll({ session }: ProfileEntry): boolean {
	return session.phase === "polling" && session.isFirst === true;
}

function withGone(
	entry: ProfileEntry,
	deletedHash: string | undefined,
): ProfileEntry {
	return deletedHash === undefined ? entry : { ...entry, deletedHash };
}

export function withLoss(
	entry: ProfileEntry,
	loss: HistoryLoss | undefined,
): ProfileEntry {
	const { loss: _, ...rest } = entry;
	return loss ? { ...rest, loss } : rest;
}

function toReceived(
	{ body, contentType, label, configurationVersion }: PollResult,
	hash: string | undefined,
): ReceivedConfiguration | undefined {
	if (!body || !hash) return undefined;
	const size = body.byteLength;
	return { hash, contentType, label, configurationVersion, size };
}

function countReceived(entry: ProfileEntry): ProfileEntry {
	const { usage } = entry;
	return { ...entry, usage: { ...usage, received: usage.received + 1 } };
}

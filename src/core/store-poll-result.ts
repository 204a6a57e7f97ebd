// Takes in what a poll has brought: content is kept before its token moves on.

import type { Loss } from "./damaged-record.ts";
import type { Desk } from "./engine-runtime.ts";
import { append, type Received, type Version } from "./history/history.ts";
import type { Polled } from "./ports.ts";
import { type Answer, toFault } from "./service-call.ts";
import type { Fault } from "./session/fault.ts";
import { type Entry, putEntry, toProfileRecord } from "./state.ts";

/** How long it is enough to know that there are bytes; then they are read and hashed again. */
const VERIFY_MS = 3_600_000;

/** What could not be kept is a fault, and the state is as it was. `content-lost`: what is unchanged is not there any more. */
export async function keep(
	desk: Desk,
	before: Entry,
	{ polled, hash }: Answer,
): Promise<Fault | "content-lost" | undefined> {
	if (!polled) return undefined;
	const entry = polled.body ? charged(before) : before;
	const checkedAt = desk.ports.clock.now();
	const received = toReceived(polled, hash);
	const { gone, ...known } = entry;
	// What the user has deleted stays so until AppConfig serves something else.
	if (gone !== undefined && (!received || received.hash === gone)) {
		desk.state = putEntry(desk.state, { ...entry, checkedAt });
		return undefined;
	}
	try {
		const found = await verified(desk, known, received);
		const isLost = found.loss !== known.loss || !found.isReadable;
		if (found.loss !== known.loss)
			await desk.ports.vault.saveProfile(
				toProfileRecord(withLoss(entry, found.loss)),
			);
		const { isReadable, ...rest } = found;
		const next = { ...rest, checkedAt };
		if (isLost && !received && !isFirst(entry)) {
			desk.state = putEntry(desk.state, withGone(next, gone));
			return "content-lost";
		}
		desk.state = putEntry(
			desk.state,
			await store(desk, next, {
				gone,
				received,
				isReadable,
				body: polled.body,
			}),
		);
		return undefined;
	} catch (error) {
		return toFault(error, "storage", checkedAt);
	}
}

interface Arrival {
	readonly gone: string | undefined;
	readonly received: Received | undefined;
	readonly isReadable: boolean;
	readonly body: Uint8Array | undefined;
}

async function store(
	{ ports: { vault, clock } }: Desk,
	entry: Entry,
	{ gone, received, isReadable, body }: Arrival,
): Promise<Entry> {
	const now = clock.now();
	const { versions, stored, added, change } = append(entry, received, {
		now,
		isReadable,
	});
	const { id } = entry.profile;
	if (change)
		await vault.saveVersion(id, {
			...change,
			...(stored && body ? { body } : {}),
		});
	// What was lost and told is over once there is content again.
	const isOver = stored !== undefined && entry.loss?.isTold;
	const next: Entry = {
		...withLoss(entry, isOver ? undefined : entry.loss),
		versions,
		lastNumber: added?.number ?? entry.lastNumber,
		...(stored ? { verifiedAt: now } : {}),
	};
	if (gone !== undefined || isOver)
		await vault.saveProfile(toProfileRecord(next));
	return next;
}

/** Looks whether the bytes that are called unchanged can be read, and takes what the browser has lost for lost. */
async function verified(
	desk: Desk,
	entry: Entry,
	received: Received | undefined,
): Promise<Entry & { readonly isReadable: boolean }> {
	const [newest] = entry.versions;
	// Every version was lost, and none has come since.
	if (!newest && !received && entry.loss)
		return { ...entry, isReadable: false };
	const isSame = newest && (!received || received.hash === newest.hash);
	if (!isSame) return { ...entry, isReadable: true };
	const { vault, clock } = desk.ports;
	const { id } = entry.profile;
	const now = clock.now();
	const since = now - (entry.verifiedAt ?? Number.NEGATIVE_INFINITY);
	if (since >= 0 && since < VERIFY_MS) {
		if (await vault.hasBody(id, newest.number))
			return { ...entry, isReadable: true };
	} else if (await isReadableVersion(desk, entry, newest))
		return { ...entry, verifiedAt: now, isReadable: true };
	const numbers = new Set(await vault.listNumbers(id));
	const versions = entry.versions.filter(({ number }) => numbers.has(number));
	const isWhole = versions.length === entry.versions.length;
	const loss: Loss = {
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
	{ ports: { vault, hash } }: Desk,
	{ profile }: Entry,
	version: Version,
): Promise<boolean> {
	const bytes = await vault.readBody(profile.id, version.number);
	return bytes !== undefined && (await hash(bytes)) === version.hash;
}

function isFirst({ session }: Entry): boolean {
	return session.phase === "polling" && session.isFirst === true;
}

function withGone(entry: Entry, gone: string | undefined): Entry {
	return gone === undefined ? entry : { ...entry, gone };
}

export function withLoss(entry: Entry, loss: Loss | undefined): Entry {
	const { loss: _, ...rest } = entry;
	return loss ? { ...rest, loss } : rest;
}

function toReceived(
	{ body, contentType, label, configurationVersion }: Polled,
	hash: string | undefined,
): Received | undefined {
	if (!body || !hash) return undefined;
	const size = body.byteLength;
	return { hash, contentType, label, configurationVersion, size };
}

function charged(entry: Entry): Entry {
	const { usage } = entry;
	return { ...entry, usage: { ...usage, received: usage.received + 1 } };
}

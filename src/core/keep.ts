// Takes in what a poll has brought: content is kept before its token moves on.
import { type Answer, toFault } from "./call.ts";
import type { Desk } from "./desk.ts";
import type { Fault } from "./fault.ts";
import { append, type Received } from "./history.ts";
import type { Polled } from "./ports.ts";
import { type Entry, putEntry, toProfileRecord } from "./state.ts";

/** What could not be kept is a fault, and the state is as it was. */
export async function keep(
	desk: Desk,
	before: Entry,
	{ polled, hash }: Answer,
): Promise<Fault | undefined> {
	if (!polled) return undefined;
	const entry = polled.body ? charged(before) : before;
	const { vault, clock } = desk.ports;
	const checkedAt = clock.now();
	const received = toReceived(polled, hash);
	const { gone, ...known } = entry;
	// What the user has deleted stays so until AppConfig serves something else.
	if (gone !== undefined && (!received || received.hash === gone)) {
		desk.state = putEntry(desk.state, { ...entry, checkedAt });
		return undefined;
	}
	const { versions, added, change } = append(entry, received, checkedAt);
	const body = added && polled.body ? { body: polled.body } : {};
	try {
		if (change)
			await vault.saveVersion(entry.profile.id, { ...change, ...body });
		if (gone !== undefined) await vault.saveProfile(toProfileRecord(known));
	} catch (error) {
		return toFault(error, "storage", checkedAt);
	}
	const lastNumber = added?.number ?? entry.lastNumber;
	const next = { ...known, versions, lastNumber, checkedAt };
	desk.state = putEntry(desk.state, next);
	return undefined;
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

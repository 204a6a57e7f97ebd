import {
	type DamagedRecord,
	DatabaseError,
	isSameRecord,
	UNREADABLE_DATABASE,
} from "./damaged-record.ts";
import {
	apply,
	type Desk,
	put,
	putSaved,
	refreshStored,
	restore,
} from "./engine-runtime.ts";
import type { ProfileId } from "./profile/profile.ts";
import { type Entry, findEntry } from "./state.ts";
import { isReadableVersion } from "./store-poll-result.ts";

/** A view could not read the bytes of a version. Those of the newest are asked for again, unless they are there after all. */
export async function reportUnreadable(
	desk: Desk,
	{ id, number }: { readonly id: ProfileId; readonly number: number },
): Promise<void> {
	const entry = findEntry(desk.state, id);
	const newest = entry?.versions[0];
	if (!entry || newest?.number !== number || entry.session.phase !== "waiting")
		return;
	if (await isReadableVersion(desk, entry, newest)) return;
	// What it is now was known when it was last read.
	const { verifiedAt: _, ...unverified } = entry;
	if (!entry.loss || entry.loss.isTold) {
		const at = desk.ports.clock.now();
		const loss = { at, upTo: entry.lastNumber, what: "bytes" } as const;
		await putSaved(desk, { ...unverified, loss });
	} else put(desk, unverified);
	await apply(desk, id, { type: "content-lost" });
}

export async function dismissLoss(desk: Desk, id: ProfileId): Promise<void> {
	const entry = findEntry(desk.state, id);
	if (!entry?.loss || entry.loss.isTold) return;
	await putSaved(desk, { ...entry, loss: { ...entry.loss, isTold: true } });
}

export async function deleteDamaged(
	desk: Desk,
	input: Pick<DamagedRecord, "area" | "key">,
): Promise<void> {
	const { connections, vault, clock } = desk.ports;
	const { damaged } = desk.state;
	const all = [...damaged, ...connections().damaged];
	// Only what is known to be damaged: a view that is behind must not delete what has been repaired.
	if (!all.some((record) => isSameRecord(record, input))) return;
	await vault.deleteRecord(input);
	if (input.area === "versions") {
		await vault.deleteRecord({ ...input, area: "bodies" });
		for (const entry of desk.state.entries) {
			const next = withoutNewestKnown(entry, clock.now());
			const isOf = input.key.startsWith(
				`[${JSON.stringify(entry.profile.id)},`,
			);
			if (isOf && next !== entry) await putSaved(desk, next);
		}
	}
	await refreshStored(desk);
}

/** Only while it cannot be opened: profiles stay, and their sessions bring what AppConfig serves. */
export async function deleteDatabase(desk: Desk): Promise<void> {
	const isUnreadable = desk.state.damaged.some((record) =>
		isSameRecord(record, UNREADABLE_DATABASE),
	);
	if (desk.isRestored || !isUnreadable) return;
	await desk.ports.vault.deleteRecord(UNREADABLE_DATABASE);
	await restore(desk);
	if (!desk.isRestored) throw new DatabaseError();
	// The user knows what is lost.
	for (const { profile } of desk.state.entries)
		await dismissLoss(desk, profile.id);
}

export async function deleteOrphan(desk: Desk, id: ProfileId): Promise<void> {
	if (!desk.state.orphans.some((orphan) => orphan.id === id)) return;
	if (findEntry(desk.state, id)) return;
	await desk.ports.vault.deleteProfile(id);
	await refreshStored(desk);
}

/** The newest versions were deleted on purpose: that there are none is no loss. */
export function withoutNewestKnown(entry: Entry, now: number): Entry {
	const newest = entry.versions[0]?.number ?? 0;
	if (newest >= entry.lastNumber || entry.loss) return entry;
	return {
		...entry,
		loss: { at: now, upTo: entry.lastNumber, what: "versions", isTold: true },
	};
}

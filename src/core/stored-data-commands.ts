import {
	commitEntry,
	type EngineRuntime,
	reloadDamagedRecords,
	saveAndCommitEntry,
} from "./engine-runtime.ts";
import { dispatch, isReadableVersion, tickAll } from "./poll-pipeline.ts";
import type { ProfileId } from "./profile/profile.ts";
import {
	type DamagedRecord,
	DatabaseError,
	isSameRecord,
	UNREADABLE_DATABASE,
} from "./shared/storage-problems.ts";
import { findEntry, type ProfileEntry } from "./state.ts";

/** A view could not read the bytes of a version. If the newest version's are unreadable here too, they are fetched again. */
export async function reportUnreadable(
	runtime: EngineRuntime,
	{ id, number }: { readonly id: ProfileId; readonly number: number },
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	const newest = entry?.versions[0];
	if (!entry || newest?.number !== number || entry.session.phase !== "waiting")
		return;
	if (await isReadableVersion(runtime.ports, id, newest)) return;
	// `verifiedAt` no longer holds.
	const { verifiedAt: _, ...unverified } = entry;
	if (!entry.loss || entry.loss.isTold) {
		const at = runtime.ports.clock.now();
		const loss = { at, upTo: entry.lastNumber, what: "bytes" } as const;
		await saveAndCommitEntry(runtime, { ...unverified, loss });
	} else commitEntry(runtime, unverified);
	await dispatch(runtime, id, { type: "contentLost" });
}

export async function dismissLoss(
	runtime: EngineRuntime,
	id: ProfileId,
): Promise<void> {
	const entry = findEntry(runtime.state, id);
	if (!entry?.loss || entry.loss.isTold) return;
	await saveAndCommitEntry(runtime, {
		...entry,
		loss: { ...entry.loss, isTold: true },
	});
}

export async function deleteDamaged(
	runtime: EngineRuntime,
	input: Pick<DamagedRecord, "area" | "key">,
): Promise<void> {
	const { overview, storage, clock } = runtime.ports;
	const { damaged } = runtime.state;
	const all = [...damaged, ...overview().damaged];
	// A view that is out of date must not delete a record that is no longer damaged.
	if (!all.some((record) => isSameRecord(record, input))) return;
	await storage.deleteRecord(input);
	if (input.area === "versions") {
		await storage.deleteRecord({ ...input, area: "bodies" });
		for (const entry of runtime.state.entries) {
			const next = acknowledgeMissingNewest(entry, clock.now());
			const isOf = input.key.startsWith(
				`[${JSON.stringify(entry.profile.id)},`,
			);
			if (isOf && next !== entry) await saveAndCommitEntry(runtime, next);
		}
	}
	await reloadDamagedRecords(runtime);
}

/** Only while the database cannot be opened. Profiles stay, and fetch what AppConfig serves. */
export async function deleteDatabase(runtime: EngineRuntime): Promise<void> {
	const isUnreadable = runtime.state.damaged.some((record) =>
		isSameRecord(record, UNREADABLE_DATABASE),
	);
	if (runtime.isRestored || !isUnreadable) return;
	await runtime.ports.storage.deleteRecord(UNREADABLE_DATABASE);
	await tickAll(runtime);
	if (!runtime.isRestored) throw new DatabaseError();
	// The user chose this, so the loss is not reported.
	for (const { profile } of runtime.state.entries)
		await dismissLoss(runtime, profile.id);
}

export async function deleteOrphan(
	runtime: EngineRuntime,
	id: ProfileId,
): Promise<void> {
	if (!runtime.state.orphans.some((orphan) => orphan.id === id)) return;
	if (findEntry(runtime.state, id)) return;
	await runtime.ports.storage.deleteProfile(id);
	await reloadDamagedRecords(runtime);
}

/** Records that the newest versions were deleted on purpose, so that their absence is not reported as a loss. */
export function acknowledgeMissingNewest(
	entry: ProfileEntry,
	now: number,
): ProfileEntry {
	const newest = entry.versions[0]?.number ?? 0;
	if (newest >= entry.lastNumber || entry.loss) return entry;
	return {
		...entry,
		loss: { at: now, upTo: entry.lastNumber, what: "versions", isTold: true },
	};
}

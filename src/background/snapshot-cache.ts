// Keeps the last snapshot in storage.local, so that a view has something true to show before the worker is awake.

import type { Snapshot } from "../core/protocol/snapshot.ts";
import { isEqual, snapshotForView } from "../core/protocol/snapshot-diff.ts";
import {
	profileIdOfKey,
	profileKey,
	SNAPSHOT_KEY,
	toStoredHead,
	toStoredProfile,
} from "../core/protocol/stored-snapshot.ts";
import type { StorageArea } from "./adapters/storage-adapter.ts";

/** A poll changes the snapshot several times; a view that opens is told what is newer anyway. Well under the worker's 30 s. */
const WRITE_DELAY_MS = 1_000;
/** How far times may be behind while nothing else changes: polls that find nothing new are most, and each would write. */
const MAX_TIME_LAG_MS = 300_000;

/** And what is counted, and whether a call is under way: it says nothing that a view needs before the background has answered. */
const VOLATILE_KEYS = new Set([
	"takenAt",
	"checkedAt",
	"confirmedAt",
	"dueAt",
	"phase",
	"usage",
]);

interface Part {
	readonly key: string;
	/** Compared with what was written last. */
	readonly content: object;
	/** Made of the content when it is written. */
	readonly toItem: () => object;
	readonly takenAt: number;
}

/** At most one write a second, of the parts of the newest snapshot that changed. */
export function createSnapshotCache(
	local: StorageArea,
): (snapshot: Snapshot) => void {
	const written = new Map<string, Part>();
	let pending: Snapshot | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isFirst = true;

	async function write(): Promise<void> {
		timer = undefined;
		if (!pending) return;
		const parts = partsOf(pending);
		const changed = parts.filter(
			(part) => !isUpToDate(written.get(part.key), part),
		);
		const keys = new Set(parts.map(({ key }) => key));
		const old = isFirst ? await storedKeys(local) : [...written.keys()];
		isFirst = false;
		const gone = old.filter((key) => !keys.has(key));
		for (const key of gone) written.delete(key);
		for (const part of changed) written.set(part.key, part);
		try {
			if (changed.length > 0) await local.set(toItems(changed));
			if (gone.length > 0) await local.remove(gone);
		} catch {
			// A full disk costs the head start, nothing else: what matters is saved, and reported, by the vault.
			for (const { key } of changed) written.delete(key);
		}
	}

	return (snapshot) => {
		pending = snapshot;
		if (timer === undefined) timer = setTimeout(write, WRITE_DELAY_MS);
	};
}

function partsOf(snapshot: Snapshot): readonly Part[] {
	const { takenAt } = snapshot;
	const head = toStoredHead(snapshot);
	return [
		{ key: SNAPSHOT_KEY, content: head, toItem: () => head, takenAt },
		...snapshotForView(snapshot, undefined).profiles.map((profile) => ({
			key: profileKey(profile.profile.id),
			content: profile,
			toItem: () => toStoredProfile(profile, takenAt),
			takenAt,
		})),
	];
}

function isUpToDate(old: Part | undefined, part: Part): boolean {
	if (!old) return false;
	if (old.content === part.content) return true;
	const behind = Math.abs(part.takenAt - old.takenAt);
	return (
		behind < MAX_TIME_LAG_MS &&
		isEqual(part.content, old.content, VOLATILE_KEYS)
	);
}

function toItems(parts: readonly Part[]): Record<string, string> {
	return Object.fromEntries(
		parts.map(({ key, toItem }) => [key, JSON.stringify(toItem())]),
	);
}

/** Also of profiles that were deleted when the worker could not write any more. */
async function storedKeys(local: StorageArea): Promise<readonly string[]> {
	const items = await local.get(null).catch(() => ({}));
	return Object.keys(items).filter((key) => profileIdOfKey(key) !== undefined);
}

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

/** A poll changes the snapshot several times within this time. Well under the 30 s after which an idle worker ends. */
const WRITE_DELAY_MS = 1_000;
/** While only times change they may lag this far: most polls find nothing new, and each would be written. */
const MAX_TIME_LAG_MS = 300_000;

/** Times, counts, and whether a call is in flight: a view does not need them before the background has replied. */
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
	/** Compared with what was last written. */
	readonly content: object;
	/** Creates the item to store. */
	readonly toItem: () => object;
	readonly takenAt: number;
}

/**
 * Returns a listener that stores the last snapshot in storage.local, so that a view has something to show before the
 * worker is awake. It writes at most once a second, and only the parts that changed.
 */
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
			// The cache only saves time; errors that matter are reported by the engine's storage.
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

/** Includes profiles whose deletion an earlier worker could not write. */
async function storedKeys(local: StorageArea): Promise<readonly string[]> {
	const items = await local.get(null).catch(() => ({}));
	return Object.keys(items).filter((key) => profileIdOfKey(key) !== undefined);
}

// What views saw last, where the next one finds it without waiting: storage.local answers only after the first frame.

import type { ProfileId } from "../../core/profile/profile.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";
import {
	isEqual,
	withNewestVersions,
} from "../../core/protocol/snapshot-diff.ts";
import {
	joinStoredSnapshot,
	profileKey,
	SNAPSHOT_KEY,
	type StoredHead,
	type StoredProfile,
	toStoredHead,
	toStoredProfile,
} from "../../core/protocol/stored-snapshot.ts";
import { saveItem } from "../components/save-item.ts";
import { parseStoredHead, parseStoredProfile } from "./message.ts";

/** The part of localStorage used here. */
export type LocalStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Each remembers the profile that it showed with all its versions; of the others the newest few are remembered for all. */
const SURFACES = ["popup", "panel", "page", "options"] as const;
export type Surface = (typeof SURFACES)[number];

/** A poll changes the snapshot several times. */
const WAIT_MS = 500;
const TIME: ReadonlySet<string> = new Set(["takenAt"]);

export function createSnapshotStorage(storage: LocalStorage, surface: Surface) {
	let waiting: { snapshot: Snapshot; shown: ProfileId | undefined } | undefined;
	let writtenHead: StoredHead | undefined;
	/** By key, what was written there. */
	const written = new Map<string, ProfileSnapshot>();
	const read = (key: string) => parseStoredProfile(storage.getItem(key));

	function recall(): Snapshot | undefined {
		const head = parseStoredHead(storage.getItem(SNAPSHOT_KEY));
		const shown = head && read(shownKey(surface));
		return (
			head &&
			joinStoredSnapshot(head, (id) => {
				const part = read(profileKey(id));
				return part && shown?.profile.profile.id === id
					? withOlder(part, shown)
					: part;
			})
		);
	}

	function write(): void {
		if (!waiting) return;
		const { snapshot, shown } = waiting;
		const { takenAt } = snapshot;
		waiting = undefined;
		for (const profile of snapshot.profiles) {
			const { id } = profile.profile;
			put(
				profileKey(id),
				profile,
				toStoredProfile(withNewestVersions(profile), takenAt),
			);
			if (id === shown)
				put(shownKey(surface), profile, toStoredProfile(profile, takenAt));
		}
		const head = toStoredHead(snapshot);
		if (isEqual(head, writtenHead, TIME)) return;
		writtenHead = head;
		forgetAllBut(new Set<string>(head.order));
		saveItem(storage, SNAPSHOT_KEY, JSON.stringify(head));
	}

	function put(
		key: string,
		profile: ProfileSnapshot,
		stored: StoredProfile,
	): void {
		if (written.get(key) === profile) return;
		written.set(key, profile);
		saveItem(storage, key, JSON.stringify(stored));
	}

	/** Of a profile that was deleted nothing is left. */
	function forgetAllBut(ids: ReadonlySet<string>): void {
		const before = parseStoredHead(storage.getItem(SNAPSHOT_KEY));
		const keys = (before?.order ?? [])
			.filter((id) => !ids.has(id))
			.map(profileKey);
		const shown = SURFACES.map(shownKey).filter((key) => {
			const id = read(key)?.profile.profile.id;
			return id !== undefined && !ids.has(id);
		});
		for (const key of [...keys, ...shown]) {
			written.delete(key);
			storage.removeItem(key);
		}
	}

	return {
		recall,
		keep(snapshot: Snapshot, shown: ProfileId | undefined): void {
			if (!waiting) setTimeout(write, WAIT_MS);
			waiting = { snapshot, shown };
		},
	};
}

function shownKey(surface: Surface): string {
	return `${SNAPSHOT_KEY}.shown.${surface}`;
}

/** The newer part, with the older versions that only the one in full has. */
function withOlder(brief: StoredProfile, full: StoredProfile): StoredProfile {
	const { profile } = brief;
	const oldest = profile.versions.at(-1)?.number;
	const at = full.profile.versions.findIndex(({ number }) => number === oldest);
	if (at < 0) return brief;
	const older = full.profile.versions.slice(at + 1);
	return {
		...brief,
		profile: { ...profile, versions: [...profile.versions, ...older] },
	};
}

// The parts in which a snapshot is stored, so that what costs is what changed: the head under
// one key, each profile under a key of its own.
import type { ProfileId } from "../profile/profile.ts";
import { toStoredConnections, toStoredEntry } from "./persisted-snapshot.ts";
import type { ProfileSnapshot, Snapshot } from "./snapshot.ts";
import type { SnapshotHead } from "./snapshot-change.ts";

/** Of the head. */
export const SNAPSHOT_KEY = "snapshot";
const PROFILE_PREFIX = "snapshot:";

/** What stands beside the profiles, and their order. */
export interface StoredHead extends SnapshotHead {
	readonly order: readonly ProfileId[];
}

export interface StoredProfile {
	/** Epoch ms. */
	readonly takenAt: number;
	readonly profile: ProfileSnapshot;
}

export function profileKey(id: ProfileId): string {
	return PROFILE_PREFIX + id;
}

/** The id of a key that `profileKey` made. */
export function profileIdOfKey(key: string): string | undefined {
	return key.startsWith(PROFILE_PREFIX)
		? key.slice(PROFILE_PREFIX.length)
		: undefined;
}

export function toStoredHead({ profiles, ...head }: Snapshot): StoredHead {
	return {
		...head,
		connections: toStoredConnections(head.connections),
		order: profiles.map(({ profile }) => profile.id),
	};
}

export function toStoredProfile(
	profile: ProfileSnapshot,
	takenAt: number,
): StoredProfile {
	return { takenAt, profile: toStoredEntry(profile) };
}

/** A profile whose part is not there is left out. It is as new as its newest part. */
export function joinStoredSnapshot(
	{ order, ...head }: StoredHead,
	profileOf: (id: ProfileId) => StoredProfile | undefined,
): Snapshot {
	const found = order.flatMap((id) => profileOf(id) ?? []);
	return {
		...head,
		takenAt: Math.max(head.takenAt, ...found.map(({ takenAt }) => takenAt)),
		profiles: found.map(({ profile }) => profile),
	};
}

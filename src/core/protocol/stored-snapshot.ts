import type { ProfileId } from "../profile/profile.ts";
import { toStoredFault } from "../session/fault.ts";
import type { ProfileSnapshot, Snapshot } from "./snapshot.ts";
import type { SnapshotHead } from "./snapshot-diff.ts";

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

// As parts of a snapshot may be written to a disk: without what servers said, and without a sign-in that is under way.

function toStoredConnections(
	connections: Snapshot["connections"],
): Snapshot["connections"] {
	return connections.map((entry) => {
		const { signIn: _, detail, ...rest } = entry;
		// The match pattern of the host that the browser has to allow is our own.
		return detail && entry.status === "permission-missing"
			? { ...rest, detail }
			: rest;
	});
}

function toStoredEntry(entry: ProfileSnapshot): ProfileSnapshot {
	return entry.fault ? { ...entry, fault: toStoredFault(entry.fault) } : entry;
}

import type { ProfileId } from "../profile/profile.ts";
import { toStoredFault } from "../session/fault.ts";
import type { ProfileSnapshot, Snapshot } from "./snapshot.ts";
import type { SnapshotHead } from "./snapshot-diff.ts";

/** The storage key of the head; each profile has a key of its own, so that only what changed is written. */
export const SNAPSHOT_KEY = "snapshot";
const PROFILE_PREFIX = "snapshot:";

/** Everything but the profiles, and their order. */
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

/** The inverse of `profileKey`. */
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

/** Leaves out profiles that are not stored. `takenAt` is that of the newest part. */
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

// What is written to disk contains neither messages of servers nor a sign-in in progress.

function toStoredConnections(
	connections: Snapshot["connections"],
): Snapshot["connections"] {
	return connections.map((entry) => {
		const { signIn: _, detail, ...rest } = entry;
		// For a missing permission, the detail is a match pattern of our own.
		return detail && entry.status === "permission-missing"
			? { ...rest, detail }
			: rest;
	});
}

function toStoredEntry(entry: ProfileSnapshot): ProfileSnapshot {
	return entry.fault ? { ...entry, fault: toStoredFault(entry.fault) } : entry;
}

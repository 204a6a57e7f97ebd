import type { ProfileSnapshot, Snapshot } from "./snapshot.ts";
import type { SnapshotChange } from "./snapshot-change.ts";

/** `undefined` when the change is about profiles that the snapshot does not have: something in between was lost. */
export function applySnapshotChange(
	snapshot: Snapshot,
	{ profiles, order, head }: SnapshotChange,
): Snapshot | undefined {
	const known = new Map(
		[...snapshot.profiles, ...profiles].map((each) => [each.profile.id, each]),
	);
	const ids = order ?? snapshot.profiles.map(({ profile }) => profile.id);
	const next: ProfileSnapshot[] = [];
	for (const id of ids) {
		const profile = known.get(id);
		if (!profile) return undefined;
		next.push(profile);
	}
	return { ...snapshot, ...head, profiles: next };
}

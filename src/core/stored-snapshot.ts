import { toStoredFault } from "./fault.ts";
import type { ProfileSnapshot, Snapshot } from "./snapshot.ts";

/** As a snapshot may be written to a disk: without what servers said, and without a sign-in that is under way. */
export function toStoredSnapshot(snapshot: Snapshot): Snapshot {
	return {
		...snapshot,
		profiles: snapshot.profiles.map(withoutWords),
		connections: snapshot.connections.map((entry) => {
			const { signIn: _, detail, ...rest } = entry;
			// The match pattern of the host that the browser has to allow is our own.
			return detail && entry.status === "permission-missing"
				? { ...rest, detail }
				: rest;
		}),
	};
}

/** What has nothing to leave out stays the same object, by which it is known for unchanged. */
function withoutWords(entry: ProfileSnapshot): ProfileSnapshot {
	return entry.fault ? { ...entry, fault: toStoredFault(entry.fault) } : entry;
}

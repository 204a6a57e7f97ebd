import { toStoredFault } from "../session/fault.ts";
import type { ProfileSnapshot, Snapshot } from "./snapshot.ts";

// As parts of a snapshot may be written to a disk: without what servers said, and without a sign-in that is under way.

export function toStoredConnections(
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

export function toStoredEntry(entry: ProfileSnapshot): ProfileSnapshot {
	return entry.fault ? { ...entry, fault: toStoredFault(entry.fault) } : entry;
}

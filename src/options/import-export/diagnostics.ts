import type { ConnectionSnapshot } from "../../core/connection/connection-snapshot.ts";
import type {
	ProfileSnapshot,
	Snapshot,
} from "../../core/protocol/snapshot.ts";

export function toDiagnostics(
	snapshot: Snapshot,
	about: { readonly version: string; readonly userAgent: string },
): string {
	return JSON.stringify(
		{
			...about,
			takenAt: new Date(snapshot.takenAt).toISOString(),
			vault: snapshot.vault.status,
			problems: snapshot.problems.length,
			profiles: snapshot.profiles.map((entry) =>
				ofProfile(entry, snapshot.takenAt),
			),
			connections: snapshot.connections.map(ofConnection),
		},
		null,
		"\t",
	);
}

function ofProfile(entry: ProfileSnapshot, now: number) {
	const { profile, phase, paused, intervalSeconds, fault, versions } = entry;
	const since = (at: number | undefined) =>
		at === undefined ? undefined : Math.round((now - at) / 1_000);
	return {
		phase,
		paused,
		intervalSeconds,
		dueInSeconds: entry.dueAt && -(since(entry.dueAt) ?? 0),
		checkedSecondsAgo: since(entry.checkedAt),
		hasEndpoint: profile.endpoint !== undefined,
		hasConnection: profile.connection !== undefined,
		fault: fault && {
			kind: fault.kind,
			operation: fault.operation,
			status: fault.status,
			secondsAgo: since(fault.at),
			resourceType: fault.resourceType,
		},
		versions: entry.versionCount,
		bytes: entry.versionBytes,
		newest: versions[0] && {
			size: versions[0].size,
			// A media type without its parameters, which may be anything.
			contentType: /^[\w.+-]{1,40}\/[\w.+-]{1,40}/.exec(
				versions[0].contentType,
			)?.[0],
			hasLabel: versions[0].label !== undefined,
		},
	};
}

function ofConnection({ connection, status, expiresAt }: ConnectionSnapshot) {
	return {
		kind: connection.kind,
		status,
		hasRole: "role" in connection && connection.role !== undefined,
		hasEnd: expiresAt !== undefined,
	};
}

import { usesOwnKeys } from "./connection/access-target.ts";
import type { ConnectionOverview } from "./ports.ts";
import type { Profile } from "./profile/profile.ts";
import {
	type ProfileSnapshot,
	SNAPSHOT_SCHEMA,
	type Snapshot,
} from "./protocol/snapshot.ts";
import { dueAt } from "./session/session.ts";
import type { PauseReason } from "./shared/settings.ts";
import type { EngineState, ProfileEntry } from "./state.ts";

/** What a snapshot contains besides the engine's state. */
export interface SnapshotContext extends ConnectionOverview {
	pauseReasonOf(profile: Profile): PauseReason | undefined;
}

export function toSnapshot(
	state: EngineState,
	now: number,
	context: SnapshotContext,
): Snapshot {
	const { connections, vault, settings, problems, damaged } = context;
	return {
		schema: SNAPSHOT_SCHEMA,
		takenAt: now,
		profiles: state.entries.map((entry) => toProfileSnapshot(entry, context)),
		connections,
		vault,
		settings,
		problems: [...state.problems, ...problems],
		// Always present, since a change sent to a view cannot remove a member.
		damaged: [...state.damaged, ...damaged],
		orphans: state.orphans,
	};
}

/** Valid as long as the entry is the same object: a poll replaces one entry, and there may be hundreds. */
const snapshotCache = new WeakMap<ProfileEntry, ProfileSnapshot>();

function toProfileSnapshot(
	entry: ProfileEntry,
	{ credentialsExpireAt, pauseReasonOf }: SnapshotContext,
): ProfileSnapshot {
	const pauseReason = entry.paused ? undefined : pauseReasonOf(entry.profile);
	const expireAt = credentialsExpireAt(entry.profile);
	const last = snapshotCache.get(entry);
	if (
		last &&
		last.pauseReason === pauseReason &&
		last.credentialsExpireAt === expireAt
	)
		return last;
	const snapshot = createProfileSnapshot(entry, pauseReason, expireAt);
	snapshotCache.set(entry, snapshot);
	return snapshot;
}

function createProfileSnapshot(
	entry: ProfileEntry,
	pauseReason: PauseReason | undefined,
	credentialsExpireAt: number | undefined,
): ProfileSnapshot {
	const { profile, paused, session, versions, usage } = entry;
	const { lastSeenNumber, lastSeenAt, baseline } = entry;
	const { watchedPaths, notificationRule } = entry;
	const due = paused || pauseReason ? Number.POSITIVE_INFINITY : dueAt(session);
	return {
		profile,
		paused,
		phase: session.phase,
		...(Number.isFinite(due) ? { dueAt: due } : {}),
		intervalSeconds: session.intervalSeconds,
		...(session.requestedIntervalSeconds === undefined
			? {}
			: { requestedIntervalSeconds: session.requestedIntervalSeconds }),
		...(session.fault ? { fault: session.fault } : {}),
		failureCount: session.failures,
		...(entry.checkedAt === undefined ? {} : { checkedAt: entry.checkedAt }),
		versions,
		versionCount: versions.length,
		versionBytes: versions.reduce((sum, { size }) => sum + size, 0),
		...(entry.deletedHash === undefined
			? {}
			: { deletedHash: entry.deletedHash }),
		...(entry.loss && !entry.loss.isTold ? { loss: entry.loss } : {}),
		lastSeenNumber,
		...(lastSeenAt === undefined ? {} : { lastSeenAt }),
		...(baseline ? { baseline } : {}),
		...(watchedPaths ? { watchedPaths } : {}),
		...(notificationRule ? { notificationRule } : {}),
		takesCredentials: usesOwnKeys(profile),
		usage,
		...(pauseReason ? { pauseReason } : {}),
		...(credentialsExpireAt === undefined ? {} : { credentialsExpireAt }),
		...(entry.accessKeyHint ? { accessKeyHint: entry.accessKeyHint } : {}),
	};
}

// What a view may know, computed from the state: never a token, never a secret, never a body.

import { usesOwnKeys } from "../connection/access-target.ts";
import type { ConnectionSnapshot } from "../connection/connection-snapshot.ts";

import type { VaultSnapshot } from "../connection/secret-vault.ts";
import type { Version } from "../history/history.ts";
import type { ConnectionOverview } from "../ports.ts";
import type { Profile } from "../profile/profile.ts";
import type { Fault } from "../session/fault.ts";
import { dueAt, type Session } from "../session/session.ts";
import {
	DEFAULT_SETTINGS,
	type PauseReason,
	type Settings,
} from "../shared/settings.ts";
import type {
	DamagedRecord,
	HistoryLoss,
	OrphanedHistory,
} from "../shared/storage-problems.ts";
import type { EngineState, ProfileEntry, Usage } from "../state.ts";

export interface ProfileSnapshot {
	readonly profile: Profile;
	readonly paused: boolean;
	readonly phase: Session["phase"];
	/** Epoch ms of the next call; absent while a call is under way, when paused and when halted. */
	readonly dueAt?: number;
	/** The service's own, or 60 before it has spoken. */
	readonly intervalSeconds: number;
	/** What the service asked for, where that is out of bounds. */
	readonly requestedIntervalSeconds?: number;
	/** Why the last call failed; gone with the next success. */
	readonly fault?: Fault;
	/** Polls that failed in a row. */
	readonly failureCount: number;
	/** Epoch ms of the last poll that succeeded. */
	readonly checkedAt?: number;
	/** Newest first. Views get all of them for the profile that they show, and the newest few of the others. */
	readonly versions: readonly Version[];
	/** Of all versions. */
	readonly versionCount: number;
	readonly versionBytes: number;
	/** Present while what AppConfig serves is not the newest of these: its hash, since it was deleted here, or empty. */
	readonly deletedHash?: string;
	/** Present while the user has not been told what the browser has deleted of the history. */
	readonly loss?: HistoryLoss;
	/** The number of the newest version looked at; 0 = none. */
	readonly lastSeenNumber: number;
	/** Whether calls need keys from the user, and those in use: `AKIA…WXYZ`. */
	readonly takesCredentials: boolean;
	/** Why it is not polled just now, though it is not paused by the user. */
	readonly pauseReason?: PauseReason;
	/** Epoch ms at which its credentials end, where they are not renewed without the user. */
	readonly credentialsExpireAt?: number;
	readonly usage: Usage;
	readonly accessKeyHint?: string;
}

export interface Snapshot {
	/** Of this shape; a stored snapshot of another schema is not read. */
	readonly schema: typeof SNAPSHOT_SCHEMA;
	/** Epoch ms. */
	readonly takenAt: number;
	readonly profiles: readonly ProfileSnapshot[];
	readonly connections: readonly ConnectionSnapshot[];
	readonly vault: VaultSnapshot;
	readonly settings: Settings;
	/** Sentences about stored things that could not be used. */
	readonly problems: readonly string[];
	/** Absent in one that an older version has stored. */
	readonly damaged?: readonly DamagedRecord[];
	readonly orphans?: readonly OrphanedHistory[];
}

/**
 * Raised with every change of what crosses the wire or lies in storage, snapshots, changes and commands. A message
 * `{ type: "snapshot", snapshot: { schema } }` comes first on every port, in this shape in every version: by it a page
 * finds out that the worker is of another version.
 */
export const SNAPSHOT_SCHEMA = 5;

export interface SnapshotContext extends ConnectionOverview {
	pauseReasonOf(profile: Profile): PauseReason | undefined;
}

export function toSnapshot(
	state: EngineState,
	now: number,
	context: SnapshotContext = EMPTY_CONTEXT,
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
		// Always there: a view is told what is different, not what is gone.
		damaged: [...state.damaged, ...damaged],
		orphans: state.orphans,
	};
}

const EMPTY_CONTEXT: SnapshotContext = {
	connections: [],
	vault: { status: "none" },
	settings: DEFAULT_SETTINGS,
	problems: [],
	damaged: [],
	credentialsExpireAt: () => undefined,
	pauseReasonOf: () => undefined,
};

/** What was made of an entry is good for as long as the entry is: a poll changes one, and there may be hundreds. */
const snapshotCache = new WeakMap<ProfileEntry, ProfileSnapshot>();

function toProfileSnapshot(
	entry: ProfileEntry,
	{ credentialsExpireAt, pauseReasonOf }: SnapshotContext,
): ProfileSnapshot {
	const held = entry.paused ? undefined : pauseReasonOf(entry.profile);
	const endsAt = credentialsExpireAt(entry.profile);
	const last = snapshotCache.get(entry);
	if (last && last.pauseReason === held && last.credentialsExpireAt === endsAt)
		return last;
	const snapshot = createProfileSnapshot(entry, held, endsAt);
	snapshotCache.set(entry, snapshot);
	return snapshot;
}

function createProfileSnapshot(
	entry: ProfileEntry,
	pauseReason: PauseReason | undefined,
	credentialsExpireAt: number | undefined,
): ProfileSnapshot {
	const {
		profile,
		paused,
		session,
		versions,
		seen: lastSeenNumber,
		usage,
	} = entry;
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
		takesCredentials: usesOwnKeys(profile),
		usage,
		...(pauseReason ? { pauseReason } : {}),
		...(credentialsExpireAt === undefined ? {} : { credentialsExpireAt }),
		...(entry.accessKeyHint ? { accessKeyHint: entry.accessKeyHint } : {}),
	};
}

/** Whether there is a newer version than the user has looked at. The first version of a profile changes nothing. */
export function hasUnseenChange({
	versions,
	lastSeenNumber,
}: Pick<ProfileSnapshot, "versions" | "lastSeenNumber">): boolean {
	const number = versions[0]?.number ?? 0;
	return number > 1 && number > lastSeenNumber;
}

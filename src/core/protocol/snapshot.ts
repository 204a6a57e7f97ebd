import type { ConnectionSnapshot } from "../connection/connection-snapshot.ts";
import type { VaultSnapshot } from "../connection/connection-store.ts";
import type { Version } from "../history/history.ts";
import type { LastSeen } from "../history/last-seen.ts";
import type { Profile } from "../profile/profile.ts";
import type { Fault } from "../session/fault.ts";
import type { Session, Usage } from "../session/session.ts";
import type { PauseReason, Settings } from "../shared/settings.ts";
import type {
	DamagedRecord,
	HistoryLoss,
	OrphanedHistory,
} from "../shared/storage-problems.ts";
import type { Watching } from "../watch/watch.ts";

export interface ProfileSnapshot extends LastSeen, Watching {
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
	/** Whether calls need keys from the user, and those in use: `AKIA…WXYZ`. */
	readonly takesCredentials: boolean;
	/** Why it is not polled just now, though it is not paused by the user. */
	readonly pauseReason?: PauseReason;
	/** Epoch ms at which its credentials end, where they are not renewed without the user. */
	readonly credentialsExpireAt?: number;
	readonly usage: Usage;
	readonly accessKeyHint?: string;
}

/** What a view may know. Never contains a token, a secret or a body. */
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
export const SNAPSHOT_SCHEMA = 6;

/** Whether there is a newer version than the user has looked at. The first version of a profile changes nothing. */
export function hasUnseenChange({
	versions,
	lastSeenNumber,
}: Pick<ProfileSnapshot, "versions" | "lastSeenNumber">): boolean {
	const number = versions[0]?.number ?? 0;
	return number > 1 && number > lastSeenNumber;
}

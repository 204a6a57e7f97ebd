import type { Version } from "./history/history.ts";
import type { LastSeen, Look } from "./history/last-seen.ts";
import {
	type Profile,
	type ProfileId,
	sessionKeyOf,
} from "./profile/profile.ts";
import { toStoredFault } from "./session/fault.ts";
import type { Session, Usage } from "./session/session.ts";
import type {
	DamagedRecord,
	HistoryLoss,
	OrphanedHistory,
} from "./shared/storage-problems.ts";
import type { NotificationRule, Watching } from "./watch/watch.ts";

/** A saved profile with its session and history. */
export interface ProfileEntry extends LastSeen, Watching {
	readonly profile: Profile;
	/** Epoch ms; profiles are listed in this order. */
	readonly createdAt: number;
	readonly paused: boolean;
	readonly session: Session;
	/** Newest first. */
	readonly versions: readonly Version[];
	/** The highest number ever given to a version, including deleted and unreadable ones. */
	readonly lastNumber: number;
	/**
	 * Present while the newest version is not what AppConfig serves, because the user deleted that one: its hash, or empty
	 * when that is unknown. "Unchanged" then says nothing about the versions, and the same bytes are not stored again.
	 */
	readonly deletedHash?: string;
	/** What the browser deleted of the history, until content is stored again and the user has dismissed the notice. */
	readonly loss?: HistoryLoss;
	/** Epoch ms at which the newest version's bytes were last stored, or read and hashed. */
	readonly verifiedAt?: number;
	/** Epoch ms of the last poll that succeeded. */
	readonly checkedAt?: number;
	readonly accessKeyHint?: string;
	readonly usage: Usage;
}

export interface EngineState {
	readonly entries: readonly ProfileEntry[];
	/** Messages for the user about stored data that cannot be used. The data itself stays as it is. */
	readonly problems: readonly string[];
	readonly damaged: readonly DamagedRecord[];
	readonly orphans: readonly OrphanedHistory[];
}

/** Stored in storage.local, which survives the browser. */
export interface ProfileRecord {
	readonly schema: typeof SCHEMA;
	readonly profile: Profile;
	readonly createdAt: number;
	readonly paused: boolean;
	/** `ProfileEntry.lastSeenNumber`, under the name that schema 1 gave it. */
	readonly seen: number;
	readonly lastSeenAt?: number;
	readonly baseline?: Look;
	readonly watchedPaths?: readonly string[];
	readonly notificationRule?: NotificationRule;
	/** `ProfileEntry.deletedHash`, under the name that schema 2 gave it. */
	readonly gone?: string;
	readonly loss?: HistoryLoss;
}

/** Stored in storage.session, which ends with the browser. */
export interface SessionRecord {
	/** Absent in records of an older build. */
	readonly profile?: ProfileId;
	/** Identifies the configuration that the session is for. The session is dropped when the profile's has changed. */
	readonly source: string;
	readonly session: Session;
	/** Absent in records of an older build. */
	readonly usage?: Usage;
	readonly checkedAt?: number;
	/** The number of the version that the service would call unchanged; 0 = none. */
	readonly newest?: number;
	readonly verifiedAt?: number;
}

export const SCHEMA = 2;

export const EMPTY_STATE: EngineState = {
	entries: [],
	problems: [],
	damaged: [],
	orphans: [],
};

export function findEntry(
	state: EngineState,
	id: ProfileId,
): ProfileEntry | undefined {
	return state.entries.find((entry) => entry.profile.id === id);
}

/** Replaces the entry of the same profile, or appends it. */
export function putEntry(state: EngineState, entry: ProfileEntry): EngineState {
	const { id } = entry.profile;
	const entries = findEntry(state, id)
		? state.entries.map((old) => (old.profile.id === id ? entry : old))
		: [...state.entries, entry];
	return { ...state, entries };
}

export function removeEntry(state: EngineState, id: ProfileId): EngineState {
	return {
		...state,
		entries: state.entries.filter((entry) => entry.profile.id !== id),
	};
}

export function toProfileRecord(entry: ProfileEntry): ProfileRecord {
	const { profile, createdAt, paused, deletedHash, loss } = entry;
	const { lastSeenNumber, lastSeenAt, baseline } = entry;
	const { watchedPaths, notificationRule } = entry;
	return {
		schema: SCHEMA,
		profile,
		createdAt,
		paused,
		seen: lastSeenNumber,
		...(lastSeenAt === undefined ? {} : { lastSeenAt }),
		...(baseline ? { baseline } : {}),
		...(watchedPaths?.length ? { watchedPaths } : {}),
		...(notificationRule ? { notificationRule } : {}),
		...(deletedHash === undefined ? {} : { gone: deletedHash }),
		...(loss ? { loss } : {}),
	};
}

export function toSessionRecord(entry: ProfileEntry): SessionRecord {
	const { profile, session, usage, versions, checkedAt, verifiedAt } = entry;
	return {
		profile: profile.id,
		source: sessionKeyOf(profile),
		session: session.fault
			? { ...session, fault: toStoredFault(session.fault) }
			: session,
		usage,
		newest: versions[0]?.number ?? 0,
		...(checkedAt === undefined ? {} : { checkedAt }),
		...(verifiedAt === undefined ? {} : { verifiedAt }),
	};
}

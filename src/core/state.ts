// The whole state, and the records in which it is stored.

import type { Version } from "./history/history.ts";
import {
	type Profile,
	type ProfileId,
	sessionKeyOf,
} from "./profile/profile.ts";
import { toStoredFault } from "./session/fault.ts";
import type { Session } from "./session/session.ts";
import type {
	DamagedRecord,
	HistoryLoss,
	OrphanedHistory,
} from "./shared/storage-problems.ts";

export interface ProfileEntry {
	readonly profile: Profile;
	/** Epoch ms; profiles are listed in this order. */
	readonly createdAt: number;
	readonly paused: boolean;
	/** The number of the newest version that was looked at; 0 = none. */
	readonly seen: number;
	readonly session: Session;
	/** Newest first. */
	readonly versions: readonly Version[];
	/** The highest number ever given to a version, also to one that is gone or cannot be read. */
	readonly lastNumber: number;
	/**
	 * The hash of what AppConfig serves while that is not the newest version here, since the user deleted it; empty when
	 * it is not known. It does not come back by itself: "unchanged" then says nothing about the versions.
	 */
	readonly deletedHash?: string;
	/** What the browser has deleted of the history, until AppConfig's content is stored again and the user has been told. */
	readonly loss?: HistoryLoss;
	/** Epoch ms at which the newest version's bytes were stored or read. */
	readonly verifiedAt?: number;
	/** Epoch ms of the last poll that succeeded. */
	readonly checkedAt?: number;
	readonly accessKeyHint?: string;
	readonly usage: Usage;
}

/** What polling has cost since the browser started. */
export interface Usage {
	/** Epoch ms of the first call. */
	readonly since: number;
	readonly calls: number;
	/** Configurations received: what AWS charges besides calls. */
	readonly received: number;
}

export const NO_USAGE: Usage = { since: 0, calls: 0, received: 0 };

export interface EngineState {
	readonly entries: readonly ProfileEntry[];
	/** Sentences about stored things that could not be used; the things themselves are left as they are. */
	readonly problems: readonly string[];
	readonly damaged: readonly DamagedRecord[];
	readonly orphans: readonly OrphanedHistory[];
}

/** Kept across browser restarts. */
export interface ProfileRecord {
	readonly schema: typeof SCHEMA;
	readonly profile: Profile;
	readonly createdAt: number;
	readonly paused: boolean;
	readonly seen: number;
	readonly gone?: string;
	readonly loss?: HistoryLoss;
}

/** Kept for the browser session. */
export interface SessionRecord {
	/** Absent in those of an older version. */
	readonly profile?: ProfileId;
	/** What the session asks of whom: of no use to a profile that has been changed to ask for something else. */
	readonly source: string;
	readonly session: Session;
	/** Absent in those of an older version. */
	readonly usage?: Usage;
	readonly checkedAt?: number;
	/** The number of the version that "unchanged" is about; 0 = none. */
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
	const { profile, createdAt, paused, seen, deletedHash, loss } = entry;
	return {
		schema: SCHEMA,
		profile,
		createdAt,
		paused,
		seen,
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

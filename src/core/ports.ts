import type { ConnectionSnapshot } from "./connection/connection-snapshot.ts";
import type { VaultSnapshot } from "./connection/connection-store.ts";
import type { OwnKeys } from "./connection/credentials.ts";
import type { HistoryRewrite, VersionWrite } from "./history/history.ts";
import type { Profile, ProfileId } from "./profile/profile.ts";
import type { Fault } from "./session/fault.ts";
import type { Token } from "./session/session.ts";
import type { Result } from "./shared/result.ts";
import type { PauseReason, Settings } from "./shared/settings.ts";
import type { DamagedRecord } from "./shared/storage-problems.ts";
import type { ProfileRecord, SessionRecord } from "./state.ts";

/** AWS AppConfig Data or the Agent. Expected errors are faults. Never throws, and never retries with the same token. */
export interface ConfigurationSource {
	open(profile: Profile): Promise<Result<Token, Fault>>;
	poll(profile: Profile, token: Token): Promise<Result<PollResult, Fault>>;
}

export interface PollResult {
	/** For the next poll; valid for a single call. */
	readonly token: Token;
	readonly intervalSeconds: number;
	/** The interval that the service asked for, where that is out of bounds. */
	readonly requestedIntervalSeconds?: number;
	/** Exactly the bytes sent; absent when the configuration is unchanged. */
	readonly body: Uint8Array | undefined;
	readonly contentType: string | undefined;
	readonly label: string | undefined;
	/** The Agent's Configuration-Version; AppConfig Data sends none. */
	readonly configurationVersion?: string | undefined;
}

/** What is saved is durable when the promise resolves; when it rejects, nothing was saved. */
export interface EngineStorage {
	load(): Promise<StoredData>;
	saveProfile(record: ProfileRecord): Promise<void>;
	/** All of them or none. */
	saveProfiles(records: readonly ProfileRecord[]): Promise<void>;
	/** With its session, credentials and versions. */
	deleteProfile(id: ProfileId): Promise<void>;
	/** For the browser session only. */
	saveSession(id: ProfileId, record: SessionRecord): Promise<void>;
	/** For the browser session only; `undefined` deletes them. */
	saveCredentials(id: ProfileId, keys: OwnKeys | undefined): Promise<void>;
	/** All or nothing. */
	saveVersion(id: ProfileId, change: VersionWrite): Promise<void>;
	/** All or nothing. */
	rewriteHistory(id: ProfileId, change: HistoryRewrite): Promise<void>;
	/** Whether there is a record of the version's bytes, readable or not. */
	hasBody(id: ProfileId, number: number): Promise<boolean>;
	/** `undefined` when there is no record, or an unreadable one. */
	readBody(id: ProfileId, number: number): Promise<Uint8Array | undefined>;
	/** The numbers of the versions that have a row. */
	listNumbers(id: ProfileId): Promise<readonly number[]>;
	/** Deletes a damaged record. */
	deleteRecord(record: Pick<DamagedRecord, "area" | "key">): Promise<void>;
	/** Returns the versions that a view has staged for import, and deletes them there. */
	takeStagedVersions(id: ProfileId): Promise<readonly StagedVersion[]>;
}

/** Not trusted until parsed. */
export interface StagedVersion {
	readonly version: unknown;
	readonly body: Uint8Array;
}

/** As found on disk; not trusted until parsed. */
export interface StoredData {
	/** By the id in their key. */
	readonly profiles: ReadonlyMap<string, unknown>;
	readonly sessions: ReadonlyMap<string, unknown>;
	readonly versions: ReadonlyMap<string, readonly StoredVersion[]>;
	/** The profiles whose newest row has no bytes. */
	readonly idsWithoutBody: ReadonlySet<string>;
	/** Records whose keys belong to no profile. */
	readonly strayRecords: readonly StrayRecord[];
	/** Masked access key ID by profile id. */
	readonly accessKeyHints: ReadonlyMap<string, string>;
}

export type StrayRecord = Pick<DamagedRecord, "area" | "key">;

export interface StoredVersion {
	/** From the key, which can be read even where the row cannot. */
	readonly number: number;
	readonly row: unknown;
}

export interface Clock {
	/** Epoch ms. */
	now(): number;
	/** 0 ≤ r < 1. */
	random(): number;
	/** By how many ms the clock was set back since the last call, as far as that can be detected; 0 = not at all. */
	setBackMs(): number;
}

export interface Alarm {
	/** In epoch ms, in place of the time before; `undefined` disarms. A time in the past means at once. */
	arm(at: number | undefined): void;
}

export interface Ports {
	readonly source: ConfigurationSource;
	readonly storage: EngineStorage;
	readonly clock: Clock;
	readonly alarm: Alarm;
	/** SHA-256 as lower-case hex. */
	hash(bytes: Uint8Array): Promise<string>;
	newId(): string;
	/** The parts of a snapshot that do not belong to the engine. */
	overview(): ConnectionOverview;
	/** Resolves once `overview` is complete: until then a view would take a connection for deleted. */
	readonly connectionsLoaded: Promise<unknown>;
	readonly autoPause: AutoPause;
}

/** Pauses polling while the user is away or the computer is offline, if the settings say so. */
export interface AutoPause {
	/** Looks whether to pause; called before anything is polled. */
	refresh(): Promise<void>;
	isOnline(): boolean;
	/** As of the last `refresh`. */
	pauseReasonOf(profile: Profile): PauseReason | undefined;
}

export interface ConnectionOverview {
	readonly connections: readonly ConnectionSnapshot[];
	readonly vault: VaultSnapshot;
	readonly settings: Settings;
	/** Messages about stored data that cannot be used. */
	readonly problems: readonly string[];
	readonly damaged: readonly DamagedRecord[];
	/** Epoch ms at which a profile's credentials expire, when only the user can renew them. */
	credentialsExpireAt(profile: Profile): number | undefined;
}

// What the core asks of the world: the service, a place to keep things, a clock, an alarm.
import type { ConnectionSnapshot } from "./connection/connection-snapshot.ts";
import type { OwnKeys } from "./connection/credentials.ts";
import type { VaultSnapshot } from "./connection/secret-vault.ts";
import type { HistoryRewrite, VersionWrite } from "./history/history.ts";
import type { Profile, ProfileId } from "./profile/profile.ts";
import type { Fault } from "./session/fault.ts";
import type { Token } from "./session/session.ts";
import type { Result } from "./shared/result.ts";
import type { PauseReason, Settings } from "./shared/settings.ts";
import type { DamagedRecord } from "./shared/storage-problems.ts";
import type { ProfileRecord, SessionRecord } from "./state.ts";

/** AWS AppConfig Data. Expected trouble is a Fault; it never throws and never retries with the same token. */
export interface ConfigurationSource {
	open(profile: Profile): Promise<Result<Token, Fault>>;
	poll(profile: Profile, token: Token): Promise<Result<PollResult, Fault>>;
}

export interface PollResult {
	/** The next one; good for a single call. */
	readonly token: Token;
	readonly intervalSeconds: number;
	/** What the service asked for, where that is out of bounds. */
	readonly requestedIntervalSeconds?: number;
	/** Exactly the bytes sent; absent when the configuration is unchanged. */
	readonly body: Uint8Array | undefined;
	readonly contentType: string | undefined;
	readonly label: string | undefined;
	/** The Agent's Configuration-Version; AppConfig Data itself tells none. */
	readonly configurationVersion?: string | undefined;
}

/** Everything it accepts is durable when the promise resolves; it rejects when nothing was kept. */
export interface EngineStorage {
	load(): Promise<StoredData>;
	saveProfile(record: ProfileRecord): Promise<void>;
	/** All or none. */
	saveProfiles(records: readonly ProfileRecord[]): Promise<void>;
	/** With its session, credentials and versions. */
	deleteProfile(id: ProfileId): Promise<void>;
	/** For the browser session only. */
	saveSession(id: ProfileId, record: SessionRecord): Promise<void>;
	/** For the browser session only; `undefined` forgets them. */
	saveCredentials(id: ProfileId, keys: OwnKeys | undefined): Promise<void>;
	/** All or nothing. */
	saveVersion(id: ProfileId, change: VersionWrite): Promise<void>;
	/** All or nothing. */
	rewriteHistory(id: ProfileId, change: HistoryRewrite): Promise<void>;
	/** Whether there is something in the place of the version's bytes. */
	hasBody(id: ProfileId, number: number): Promise<boolean>;
	/** `undefined` when there is nothing, or nothing that bytes can be made of. */
	readBody(id: ProfileId, number: number): Promise<Uint8Array | undefined>;
	/** The numbers of the versions whose rows are there. */
	listNumbers(id: ProfileId): Promise<readonly number[]>;
	/** Deletes a record that cannot be read. */
	deleteRecord(record: Pick<DamagedRecord, "area" | "key">): Promise<void>;
	/** What a view has laid down to be imported; it lies there no longer. */
	takeStagedVersions(id: ProfileId): Promise<readonly StagedVersion[]>;
}

/** Nothing here is trusted until parsed. */
export interface StagedVersion {
	readonly version: unknown;
	readonly body: Uint8Array;
}

/** As found on disk: nothing here is trusted until parsed. */
export interface StoredData {
	/** By the id in their key. */
	readonly profiles: ReadonlyMap<string, unknown>;
	readonly sessions: ReadonlyMap<string, unknown>;
	readonly versions: ReadonlyMap<string, readonly StoredVersion[]>;
	/** The profiles whose newest row has no bytes. */
	readonly idsWithoutBody: ReadonlySet<string>;
	/** Records under keys that belong to nothing. */
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
	/** By how many ms the clock was set back since this was asked last, as far as that can be told; 0 = not at all. */
	setBackMs(): number;
}

export interface Alarm {
	/** Replaces what was armed before; `undefined` disarms. Times in the past mean at once. */
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
	/** What stands beside the profiles in a snapshot. */
	overview(): ConnectionOverview;
	/** Resolves when it has all to say: until then a view would take a connection for deleted. */
	readonly connectionsLoaded: Promise<unknown>;
	readonly autoPause: AutoPause;
}

/** Whether polling has to pause by itself. */
export interface AutoPause {
	/** Sees how it is now. */
	refresh(): Promise<void>;
	isOnline(): boolean;
	/** As it was when it was looked at last. */
	pauseReasonOf(profile: Profile): PauseReason | undefined;
}

export interface ConnectionOverview {
	readonly connections: readonly ConnectionSnapshot[];
	readonly vault: VaultSnapshot;
	readonly settings: Settings;
	/** Sentences about stored things that could not be used. */
	readonly problems: readonly string[];
	readonly damaged: readonly DamagedRecord[];
	/** Epoch ms at which a profile's credentials end, where they are not renewed without the user. */
	credentialsExpireAt(profile: Profile): number | undefined;
}

import { createHash, randomBytes } from "node:crypto";

// AppConfig's resources as plain values, with the members of AppConfig's API and under its names.

export interface ApplicationRecord {
	readonly Id: string;
	readonly Name: string;
	readonly Description?: string;
}

export interface EnvironmentRecord extends ApplicationRecord {
	readonly ApplicationId: string;
	readonly Monitors?: readonly Monitor[];
}

export interface Monitor {
	readonly AlarmArn: string;
	readonly AlarmRoleArn?: string;
}

export type ProfileType = "AWS.Freeform" | "AWS.AppConfig.FeatureFlags";

export interface ProfileRecord extends ApplicationRecord {
	readonly ApplicationId: string;
	readonly LocationUri: string;
	readonly Type: ProfileType;
	readonly Validators?: readonly Validator[];
	readonly RetrievalRoleArn?: string;
	readonly KmsKeyIdentifier?: string;
}

export interface Validator {
	readonly Type: "JSON_SCHEMA" | "LAMBDA";
	readonly Content: string;
}

export interface VersionRecord {
	readonly ApplicationId: string;
	readonly ConfigurationProfileId: string;
	readonly VersionNumber: number;
	readonly ContentType: string;
	readonly Description?: string;
	readonly VersionLabel?: string;
	readonly KmsKeyArn?: string;
	readonly content: Uint8Array;
	/** Deleted over the API. The record stays because deployments deliver it and its number must not be given again. */
	readonly deleted?: true;
}

export type GrowthType = "LINEAR" | "EXPONENTIAL";

export interface Growth {
	readonly DeploymentDurationInMinutes: number;
	readonly GrowthFactor: number;
	readonly GrowthType: GrowthType;
	readonly FinalBakeTimeInMinutes: number;
}

export interface StrategyRecord extends Growth {
	readonly Id: string;
	readonly Name: string;
	readonly Description?: string;
	readonly ReplicateTo: "NONE" | "SSM_DOCUMENT";
}

export interface DeploymentRecord extends Growth {
	readonly ApplicationId: string;
	readonly EnvironmentId: string;
	readonly ConfigurationProfileId: string;
	readonly DeploymentStrategyId: string;
	readonly DeploymentNumber: number;
	readonly ConfigurationName: string;
	readonly ConfigurationLocationUri: string;
	readonly ConfigurationVersion: string;
	readonly VersionLabel?: string;
	readonly Description?: string;
	readonly KmsKeyIdentifier?: string;
	/** Epoch ms. */
	readonly startedAt: number;
	/** Epoch ms. */
	readonly stoppedAt?: number;
	/** Set when it was stopped after its completion. */
	readonly reverted?: boolean;
	/** See `LinearSteps`. */
	readonly evenSteps?: boolean;
	/** SHA-256 of the file that this deployment replaced. After a restart the same file is not deployed over it. */
	readonly replaced?: string;
}

export interface TagsRecord {
	/** Table and key of the tagged resource; also the key of this record. */
	readonly resource: string;
	/** Pairs of key and value, not an object, because a key may be `__proto__`. */
	readonly pairs: readonly (readonly [string, string])[];
}

export interface Tables {
	applications: ApplicationRecord;
	environments: EnvironmentRecord;
	profiles: ProfileRecord;
	versions: VersionRecord;
	strategies: StrategyRecord;
	deployments: DeploymentRecord;
	tags: TagsRecord;
}

export type TableName = keyof Tables;

/** The key of a record is the path of its ids, so the keys of everything below a resource begin with the resource's key. */
export function toKey(...ids: readonly (string | number)[]): string {
	return ids.join("/");
}

export function deploymentKey(deployment: DeploymentRecord): string {
	const { ApplicationId, EnvironmentId, DeploymentNumber } = deployment;
	return toKey(ApplicationId, EnvironmentId, DeploymentNumber);
}

/** Leaves out members without a value, as AWS does. */
export function omitUndefined<T extends object>(
	members: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(
		Object.entries(members).filter(([, value]) => value !== undefined),
	) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The pattern of VersionLabel, restricted to what a header can carry. */
export function isVersionLabel(text: string): boolean {
	return /^[\x20-\x7e\xa0-\xff]{1,64}$/.test(text) && /[^0-9]/.test(text);
}

const ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const ID_LENGTH = 7;

/** The id of a resource that comes from files. It stays the same over restarts. */
export function toFileId(...path: readonly string[]): string {
	return encodeId(createHash("sha256").update(JSON.stringify(path)).digest());
}

/** A random id that is not taken. */
export function createId(isTaken: (id: string) => boolean): string {
	for (;;) {
		const id = encodeId(randomBytes(32));
		if (!isTaken(id)) return id;
	}
}

function encodeId(bytes: Uint8Array): string {
	return [...bytes.subarray(0, ID_LENGTH)]
		.map((byte) => ID_ALPHABET[byte % ID_ALPHABET.length])
		.join("");
}

export const ALL_AT_ONCE: StrategyRecord = {
	...predefinedStrategy("AllAtOnce"),
	GrowthFactor: 100,
	DeploymentDurationInMinutes: 0,
	FinalBakeTimeInMinutes: 10,
};

/** https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy-predefined.html */
export const PREDEFINED_STRATEGIES: readonly StrategyRecord[] = [
	ALL_AT_ONCE,
	{
		...predefinedStrategy("Linear50PercentEvery30Seconds"),
		GrowthFactor: 50,
		DeploymentDurationInMinutes: 1,
		FinalBakeTimeInMinutes: 1,
	},
	{
		...predefinedStrategy("Canary10Percent20Minutes"),
		GrowthType: "EXPONENTIAL",
		GrowthFactor: 10,
		DeploymentDurationInMinutes: 20,
		FinalBakeTimeInMinutes: 10,
	},
	{
		...predefinedStrategy("Linear20PercentEvery6Minutes"),
		GrowthFactor: 20,
		DeploymentDurationInMinutes: 30,
		FinalBakeTimeInMinutes: 30,
	},
];

function predefinedStrategy(name: string) {
	return {
		Id: `AppConfig.${name}`,
		Name: `AppConfig.${name}`,
		GrowthType: "LINEAR",
		ReplicateTo: "NONE",
	} as const;
}

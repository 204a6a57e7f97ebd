// What the registry holds: AppConfig's resources under AppConfig's own names, as plain values.

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
	/** No longer to be seen, but deployments still deliver it and its number is not given again. */
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
	/** Epoch ms; set when it was stopped, and with `reverted` when that was after its completion. */
	readonly stoppedAt?: number;
	readonly reverted?: boolean;
	/** A linear deployment that reaches 100 % when its duration ends. */
	readonly evenSteps?: boolean;
	/** Content of the file that this deployment replaced: after a restart that file is not news. */
	readonly replaced?: string;
}

export interface TagsRecord {
	/** Table and key of what they belong to, which are this record's key as well. */
	readonly resource: string;
	/** Keys and values: as pairs, since a key may be any text. */
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

/** Keys are paths of ids, so that everything below a resource has its key as a prefix. */
export function toKey(...ids: readonly (string | number)[]): string {
	return ids.join("/");
}

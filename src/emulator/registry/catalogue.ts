// What the data plane asks of whoever holds configurations: find one by its names, and read what a session may see.
/** `ResourceType` of the data plane's ResourceNotFoundException. */
export type ResourceType =
	| "Application"
	| "ConfigurationProfile"
	| "Deployment"
	| "Environment"
	| "Configuration";

export interface DeliveredVersion {
	/** Unique in this process, never 0. */
	readonly id: number;
	/** Number of the hosted version. The Agent tells it; the data plane does not. */
	readonly number: number;
	readonly bytes: Uint8Array;
	readonly contentType: string;
	readonly label?: string;
	readonly sha256: string;
	/** Feature flags that were stored as AppConfig authors them. */
	readonly isFlags?: boolean;
	/** The same in Amazon Ion with all variants, for who asks for it: then the version itself has the default ones only. */
	readonly withVariants?: DeliveredVersion;
}

export interface ConfigurationNames {
	readonly application: string;
	readonly environment: string;
	readonly profile: string;
}

export interface Configuration extends ConfigurationNames {
	/** Unique in this process; travels in tokens. */
	readonly id: number;
	/** `application/environment/profile` by names, for people. */
	readonly subject: string;
	/** What policies call it: by ids, and by names. */
	readonly resources: readonly string[];
	/** `slot` is 0–99 and stays with a session: it decides when a gradual deployment reaches it. */
	read(slot: number): ReadResult | Promise<ReadResult>;
}

export type ReadResult = DeliveredVersion | MissingResource;

export interface MissingResource {
	readonly missing: ResourceType;
}

export interface Catalogue {
	/** By ids or by names. */
	find(names: ConfigurationNames): Configuration | MissingResource;
	byId(id: number): Configuration | undefined;
}

export function isMissing(
	value: Configuration | ReadResult,
): value is MissingResource {
	return "missing" in value;
}

export function toConfigurationPath(names: ConfigurationNames): string {
	return `${names.application}/${names.environment}/${names.profile}`;
}

/** The one resource that the data plane authorises: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html */
export function toIamResource(names: ConfigurationNames): string {
	return `application/${names.application}/environment/${names.environment}/configuration/${names.profile}`;
}

// Finds configurations by their names, and decides which version of a configuration a session receives.
import { createHash } from "node:crypto";
import { deliverFlags, FLAGS_ION_TYPE } from "../../flags/delivered.ts";
import type { Clock } from "../shared/clock.ts";
import { decodeFlags, FLAGS_HOST } from "../shared/flags-host.ts";
import type { Log } from "../shared/log.ts";
import {
	type DeploymentRecord,
	deploymentKey,
	type ProfileRecord,
	toKey,
	type VersionRecord,
} from "./records.ts";
import { toBakedAt, toProgress } from "./rollout.ts";
import type { Store } from "./store.ts";

/** `ResourceType` of the data plane's ResourceNotFoundException. */
export type ResourceType =
	| "Application"
	| "ConfigurationProfile"
	| "Deployment"
	| "Environment"
	| "Configuration";

export interface ConfigurationNames {
	readonly application: string;
	readonly environment: string;
	readonly profile: string;
}

export type ConfigurationIds = ConfigurationNames;

/** A configuration with its ids, and with its names. */
export interface ConfigurationIdentity {
	readonly ids: ConfigurationIds;
	readonly names: ConfigurationNames;
}

export interface MissingResource {
	readonly missing: ResourceType;
}

export interface DeliveredVersion {
	/** Unique in this process, never 0. */
	readonly id: number;
	/** Number of the hosted version. The Agent returns it; the data plane does not. */
	readonly number: number;
	readonly bytes: Uint8Array;
	readonly contentType: string;
	readonly label?: string;
	readonly sha256: string;
	/** A feature flag document that was converted for delivery. */
	readonly isFlags?: boolean;
	/** The flags in Amazon Ion with all variants. Present when this version itself has only the default variants. */
	readonly withVariants?: DeliveredVersion;
}

export interface Configuration extends ConfigurationNames {
	/** Unique in this process; a part of tokens. */
	readonly id: number;
	/** `application/environment/profile` by names, for the log. */
	readonly subject: string;
	/** The resource that policies allow: by ids, and by names. */
	readonly resources: readonly string[];
	/** `slot` is 0 to 99 and fixed for a session. It decides when a gradual deployment reaches the session. */
	read(slot: number): ReadResult | Promise<ReadResult>;
}

export type ReadResult = DeliveredVersion | MissingResource;

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

/** The only resource type of the data plane: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html */
export function toIamResource(names: ConfigurationNames): string {
	return `application/${names.application}/environment/${names.environment}/configuration/${names.profile}`;
}

let lastVersionId = 0;

export function createVersion(
	content: Pick<DeliveredVersion, "bytes" | "contentType">,
	number: number,
	label: string | undefined,
): DeliveredVersion {
	lastVersionId += 1;
	return {
		id: lastVersionId,
		number,
		bytes: content.bytes,
		contentType: content.contentType,
		sha256: createHash("sha256").update(content.bytes).digest("hex"),
		...(label === undefined ? {} : { label }),
	};
}

/** The delivered form of a hosted version. Throws InvalidFlagsError. */
export function deliverVersion(
	profile: ProfileRecord,
	version: VersionRecord,
	log: Log,
): DeliveredVersion {
	const { content: bytes, ContentType: contentType } = version;
	const { VersionNumber: number, VersionLabel: label } = version;
	if (profile.Type !== "AWS.AppConfig.FeatureFlags")
		return createVersion({ bytes, contentType }, number, label);
	const flags = deliverFlags(decodeFlags(bytes), FLAGS_HOST);
	for (const problem of flags.problems)
		log.error(`${profile.Name}, version ${number}: ${problem}`);
	const encode = (text: string, contentType: string) =>
		createVersion({ bytes: Buffer.from(text), contentType }, number, label);
	return {
		...encode(flags.json, "application/json"),
		isFlags: true,
		...(flags.ion === undefined
			? {}
			: { withVariants: encode(flags.ion, FLAGS_ION_TYPE) }),
	};
}

/** The versions that deployments deliver. A deployment delivers the same bytes even after its version or file was deleted. */
export interface DeliveredVersions {
	get(deployment: DeploymentRecord): DeliveredVersion | undefined;
	set(deployment: DeploymentRecord, version: DeliveredVersion): void;
	delete(deployment: DeploymentRecord): void;
}

export function createDeliveredVersions(
	store: Store,
	log: Log,
): DeliveredVersions {
	const delivered = new Map<string, DeliveredVersion>();
	return {
		set: (deployment, version) =>
			void delivered.set(deploymentKey(deployment), version),
		delete: (deployment) => void delivered.delete(deploymentKey(deployment)),
		get(deployment) {
			const key = deploymentKey(deployment);
			const known = delivered.get(key);
			if (known) return known;
			const { ApplicationId, ConfigurationProfileId, ConfigurationVersion } =
				deployment;
			const profileKey = toKey(ApplicationId, ConfigurationProfileId);
			const profile = store.get("profiles", profileKey);
			const version = store.get(
				"versions",
				toKey(profileKey, ConfigurationVersion),
			);
			if (!profile || !version) return undefined;
			const made = deliverVersion(profile, version, log);
			delivered.set(key, made);
			return made;
		},
	};
}

/** Where a configuration comes from besides the API. */
export interface ContentSource {
	/** Deploys new content, if there is any. Gives the missing resource when the source has no content. */
	refresh(): SourceState | Promise<SourceState>;
}

export type SourceState = MissingResource | undefined;

export interface ConfigurationOptions extends ConfigurationIdentity {
	readonly id: number;
	readonly store: Store;
	readonly clock: Clock;
	readonly source: ContentSource;
	readonly deliveredVersions: DeliveredVersions;
}

export function createConfiguration(
	options: ConfigurationOptions,
): Configuration {
	const { id, ids, names, store, clock, source, deliveredVersions } = options;
	const key = toConfigurationPath(ids);
	let deployments: readonly DeploymentRecord[] = [];
	/** The version that all slots receive until the deployments change. */
	let finalVersion: DeliveredVersion | undefined;

	/** The version of the newest deployment that has reached the slot and was not stopped. */
	function selectVersion(slot: number, state: SourceState): ReadResult {
		const current = store.deploymentsOf(key);
		if (finalVersion && current === deployments) return finalVersion;
		deployments = current;
		finalVersion = undefined;
		const now = clock();
		const found = deployments.find(
			(one) => slot < toProgress(one, now).percentage,
		);
		const version = found && deliveredVersions.get(found);
		if (!found || !version) return state ?? { missing: "Deployment" };
		const isNewest = found === deployments[0];
		if (isNewest && found.stoppedAt === undefined && now >= toBakedAt(found))
			finalVersion = version;
		return version;
	}

	return {
		...names,
		id,
		subject: toConfigurationPath(names),
		resources: [toIamResource(ids), toIamResource(names)],
		read(slot) {
			const state = source.refresh();
			return state instanceof Promise
				? state.then((settled) => selectVersion(slot, settled))
				: selectVersion(slot, state);
		},
	};
}

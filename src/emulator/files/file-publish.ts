// Stores the content of a file as a hosted version and deploys it, as if that were done over the API.
import {
	type ConfigurationIdentity,
	type ConfigurationIds,
	createVersion,
	type DeliveredVersions,
	deliverVersion,
	toConfigurationPath,
} from "../registry/catalogue.ts";
import {
	ALL_AT_ONCE,
	type DeploymentRecord,
	deploymentKey,
	omitUndefined,
	toKey,
	type VersionRecord,
} from "../registry/records.ts";
import { type LinearSteps, toProgress } from "../registry/rollout.ts";
import type { Change, Store } from "../registry/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Log } from "../shared/log.ts";
import {
	type ContentRules,
	checkContent,
} from "../validation/content-checks.ts";
import type { Validation } from "../validation/validation.ts";
import type { FileContent } from "./file-content.ts";
import {
	findProfileSettings,
	findStrategy,
	type ManifestFile,
} from "./manifest.ts";

export interface PublishOptions {
	readonly store: Store;
	readonly manifest: ManifestFile;
	readonly clock: Clock;
	readonly log: Log;
	readonly deliveredVersions: DeliveredVersions;
	readonly validation: Validation;
	readonly linearSteps: LinearSteps;
}

/** How many earlier contents of a file stay as hosted versions and deployments. A file may change often. */
const KEPT_VERSIONS = 20;

/**
 * Throws, or rejects with, an Error whose message says why the content cannot be deployed. Synchronous unless the content
 * must be validated.
 */
export function publishFile(
	options: PublishOptions,
	configuration: ConfigurationIdentity,
	content: FileContent,
): void | Promise<void> {
	const { validation } = options;
	const { authoring, validators } =
		findProfileSettings(options.manifest.current(), configuration.names) ?? {};
	if (!authoring && !validators?.length)
		return publish(options, configuration, content);
	const rules: ContentRules = {
		Type: authoring ? "AWS.AppConfig.FeatureFlags" : "AWS.Freeform",
		...omitUndefined({ Validators: validators }),
	};
	return checkContent(validation, rules, content.bytes).then(() =>
		publish(options, configuration, content),
	);
}

function publish(
	options: PublishOptions,
	{ ids, names }: ConfigurationIdentity,
	content: FileContent,
): void {
	const { store, manifest, deliveredVersions, log } = options;
	const { application, profile } = ids;
	if (isReplacedByApi(store, ids, content)) return;
	const settings = findProfileSettings(manifest.current(), names);
	const versions = store.list("versions", toKey(application, profile));
	const VersionNumber = (versions.at(-1)?.VersionNumber ?? 0) + 1;
	const version = toRecord(ids, content, VersionNumber);
	const profileRecord = store.get("profiles", toKey(application, profile));
	const delivered =
		settings?.authoring && profileRecord
			? deliverVersion(profileRecord, version, log)
			: createVersion(content, VersionNumber, content.label);
	const deployment = toDeployment(options, { ids, names }, version);
	deliveredVersions.set(deployment, delivered);
	store.commitTransient([
		...toExpiredVersions(store, versions),
		...removeDeployments(options, findSuperseded(options, ids)),
		{
			table: "versions",
			key: toKey(application, profile, VersionNumber),
			record: version,
		},
		{
			table: "deployments",
			key: deploymentKey(deployment),
			record: deployment,
		},
	]);
	const label = content.label === undefined ? "" : ` ${content.label}`;
	log.event(
		`${toConfigurationPath(names)} version ${VersionNumber}${label}, ${content.bytes.length} bytes, sha256 ${content.sha256.slice(0, 8)}`,
	);
}

function toRecord(
	ids: ConfigurationIds,
	content: FileContent,
	VersionNumber: number,
): VersionRecord {
	return {
		ApplicationId: ids.application,
		ConfigurationProfileId: ids.profile,
		VersionNumber,
		ContentType: content.contentType,
		content: content.bytes,
		...omitUndefined({ VersionLabel: content.label }),
	};
}

function toDeployment(
	{ store, manifest, clock, linearSteps }: PublishOptions,
	{ ids, names }: ConfigurationIdentity,
	version: VersionRecord,
): DeploymentRecord {
	const environment = toKey(ids.application, ids.environment);
	const number = store.lastDeploymentNumber(environment) + 1;
	const first = store.deploymentsOf(toConfigurationPath(ids)).length === 0;
	const strategy = first ? undefined : findStrategy(manifest.current(), names);
	const growth = strategy ?? { ...ALL_AT_ONCE, FinalBakeTimeInMinutes: 0 };
	return {
		ApplicationId: ids.application,
		EnvironmentId: ids.environment,
		ConfigurationProfileId: ids.profile,
		DeploymentNumber: number,
		DeploymentStrategyId: growth.Id,
		ConfigurationName: names.profile,
		ConfigurationLocationUri: "hosted",
		ConfigurationVersion: String(version.VersionNumber),
		DeploymentDurationInMinutes: growth.DeploymentDurationInMinutes,
		GrowthFactor: growth.GrowthFactor,
		GrowthType: growth.GrowthType,
		FinalBakeTimeInMinutes: growth.FinalBakeTimeInMinutes,
		startedAt: clock(),
		...omitUndefined({ VersionLabel: version.VersionLabel }),
		...(linearSteps === "even" ? { evenSteps: true } : {}),
	};
}

/** Whether the API had deployed over this same content, before a restart. */
function isReplacedByApi(
	store: Store,
	ids: ConfigurationIds,
	content: FileContent,
): boolean {
	const [newest] = store.deploymentsOf(toConfigurationPath(ids));
	return newest?.replaced === content.sha256;
}

/** Deployments that no session receives, because a later one is complete; the latest ones are kept. */
function findSuperseded(
	{ store, clock }: PublishOptions,
	ids: ConfigurationIds,
) {
	const all = store.deploymentsOf(toConfigurationPath(ids));
	const now = clock();
	const complete = all.findIndex(
		(one) => toProgress(one, now).state === "COMPLETE",
	);
	return complete < 0 ? [] : all.slice(Math.max(KEPT_VERSIONS, complete + 1));
}

/** Only deployments of files are removed, not those of the API. */
export function removeDeployments(
	{
		store,
		deliveredVersions,
	}: Pick<PublishOptions, "store" | "deliveredVersions">,
	deployments: readonly DeploymentRecord[],
): Change[] {
	return deployments.flatMap((one) => {
		const table = "deployments";
		const key = deploymentKey(one);
		if (!store.isTransient(table, key)) return [];
		deliveredVersions.delete(one);
		return [{ table, key, record: null }];
	});
}

function toExpiredVersions(
	store: Store,
	versions: readonly VersionRecord[],
): Change[] {
	return versions
		.map((version) => ({
			table: "versions" as const,
			key: toKey(
				version.ApplicationId,
				version.ConfigurationProfileId,
				version.VersionNumber,
			),
			record: null,
		}))
		.filter(({ table, key }) => store.isTransient(table, key))
		.slice(0, -KEPT_VERSIONS);
}

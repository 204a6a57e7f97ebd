// A file's content as the API would have made it: a hosted version, and its deployment.

import { omitUndefined } from "../control-plane/input.ts";
import {
	type ConfigurationNames,
	toConfigurationPath,
} from "../registry/catalogue.ts";
import {
	type ConfigurationIds,
	createVersion,
	type DeliveredVersions,
} from "../registry/delivery.ts";
import {
	type DeploymentRecord,
	toKey,
	type VersionRecord,
} from "../registry/records.ts";
import { type LinearSteps, toProgress } from "../registry/rollout.ts";
import type { Change, Store } from "../registry/store.ts";
import { ALL_AT_ONCE } from "../registry/strategies.ts";
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
	readonly deliveries: DeliveredVersions;
	readonly validation: Validation;
	readonly linearSteps: LinearSteps;
}

export interface Place {
	readonly ids: ConfigurationIds;
	readonly names: ConfigurationNames;
}

/** Earlier contents of one file that stay readable as hosted versions, and their deployments: a file may change all day long. */
const KEPT_VERSIONS = 20;

/**
 * Throws an Error whose message says why this content cannot be deployed. Only what must be validated takes more than one
 * turn of the event loop.
 */
export function publishFile(
	options: PublishOptions,
	place: Place,
	content: FileContent,
): void | Promise<void> {
	const { validation } = options;
	const { authoring, validators } =
		findProfileSettings(options.manifest.current(), place.names) ?? {};
	if (!authoring && !validators?.length)
		return publish(options, place, content);
	const rules: ContentRules = {
		Type: authoring ? "AWS.AppConfig.FeatureFlags" : "AWS.Freeform",
		...omitUndefined({ Validators: validators }),
	};
	return checkContent(validation, rules, content.bytes).then(() =>
		publish(options, place, content),
	);
}

function publish(
	options: PublishOptions,
	{ ids, names }: Place,
	content: FileContent,
): void {
	const { store, manifest, deliveries, log } = options;
	const { application, profile } = ids;
	if (isReplacedByApi(store, ids, content)) return;
	const setting = findProfileSettings(manifest.current(), names);
	const versions = store.list("versions", toKey(application, profile));
	const VersionNumber = (versions.at(-1)?.VersionNumber ?? 0) + 1;
	const version = toRecord(ids, content, VersionNumber);
	const owner = store.get("profiles", toKey(application, profile));
	const delivered =
		setting?.authoring && owner
			? deliveries.deliver(owner, version)
			: createVersion(content, VersionNumber, content.label);
	const deployment = toDeployment(options, { ids, names }, version);
	deliveries.set(deployment, delivered);
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
			key: toKey(application, ids.environment, deployment.DeploymentNumber),
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
	{ ids, names }: Place,
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

/** After a restart: the API had deployed over this very content. */
function isReplacedByApi(
	store: Store,
	ids: ConfigurationIds,
	content: FileContent,
): boolean {
	const [newest] = store.deploymentsOf(toConfigurationPath(ids));
	return newest?.replaced === content.sha256;
}

/** What nobody is served any more: behind a complete deployment, and behind as many as are kept. */
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

/** Of those that files alone have made. */
export function removeDeployments(
	{ store, deliveries }: Pick<PublishOptions, "store" | "deliveries">,
	deployments: readonly DeploymentRecord[],
): Change[] {
	return deployments.flatMap((one) => {
		const table = "deployments";
		const key = toKey(
			one.ApplicationId,
			one.EnvironmentId,
			one.DeploymentNumber,
		);
		if (!store.isTransient(table, key)) return [];
		deliveries.delete(one);
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

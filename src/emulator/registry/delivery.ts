// Which version a slot receives: the newest deployment that has reached it and was not taken back.
import { createHash } from "node:crypto";
import { deliverFlags, FLAGS_ION_TYPE } from "../../flags/delivered.ts";
import type { FileSource, FileState } from "../files/file-source.ts";
import type { Clock } from "../shared/clock.ts";
import { decodeFlags, FLAGS_HOST } from "../shared/flags-host.ts";
import type { Log } from "../shared/log.ts";
import {
	type Configuration,
	type ConfigurationNames,
	type DeliveredVersion,
	type ReadResult,
	toConfigurationPath,
	toIamResource,
} from "./catalogue.ts";
import {
	type DeploymentRecord,
	type ProfileRecord,
	toKey,
	type VersionRecord,
} from "./records.ts";
import { toBakedAt, toProgress } from "./rollout.ts";
import type { Store } from "./store.ts";

export type ConfigurationIds = ConfigurationNames;

export interface DeliveredVersions {
	/** What a hosted version looks like when it is delivered. Throws FlagsError. */
	deliver(profile: ProfileRecord, version: VersionRecord): DeliveredVersion;
	get(deployment: DeploymentRecord): DeliveredVersion | undefined;
	set(deployment: DeploymentRecord, version: DeliveredVersion): void;
	delete(deployment: DeploymentRecord): void;
}

let lastId = 0;

export function createVersion(
	content: Pick<DeliveredVersion, "bytes" | "contentType">,
	number: number,
	label: string | undefined,
): DeliveredVersion {
	lastId += 1;
	return {
		id: lastId,
		number,
		bytes: content.bytes,
		contentType: content.contentType,
		sha256: createHash("sha256").update(content.bytes).digest("hex"),
		...(label === undefined ? {} : { label }),
	};
}

/** A deployment copies its data: what was delivered once stays the same, whatever becomes of its source. */
export function createDeliveredVersions(
	store: Store,
	log: Log,
): DeliveredVersions {
	const delivered = new Map<string, DeliveredVersion>();

	function deliver(
		profile: ProfileRecord,
		version: VersionRecord,
	): DeliveredVersion {
		const { content: bytes, ContentType: contentType } = version;
		const { VersionNumber: number, VersionLabel: label } = version;
		if (profile.Type !== "AWS.AppConfig.FeatureFlags")
			return createVersion({ bytes, contentType }, number, label);
		const { json, ion, problems } = deliverFlags(
			decodeFlags(bytes),
			FLAGS_HOST,
		);
		for (const problem of problems)
			log.error(`${profile.Name}, version ${number}: ${problem}`);
		const encode = (text: string, contentType: string) =>
			createVersion({ bytes: Buffer.from(text), contentType }, number, label);
		const delivered = { ...encode(json, "application/json"), isFlags: true };
		return ion
			? { ...delivered, withVariants: encode(ion, FLAGS_ION_TYPE) }
			: delivered;
	}

	return {
		deliver,
		set: (deployment, version) =>
			void delivered.set(deploymentKey(deployment), version),
		delete: (deployment) => void delivered.delete(deploymentKey(deployment)),
		get(deployment) {
			const key = deploymentKey(deployment);
			const known = delivered.get(key);
			if (known) return known;
			const { ApplicationId: application, ConfigurationProfileId: profile } =
				deployment;
			const owner = store.get("profiles", toKey(application, profile));
			const version = store.get(
				"versions",
				toKey(application, profile, deployment.ConfigurationVersion),
			);
			if (!owner || !version) return undefined;
			const made = deliver(owner, version);
			delivered.set(key, made);
			return made;
		},
	};
}

export interface ConfigurationOptions {
	readonly store: Store;
	readonly clock: Clock;
	readonly source: FileSource;
	readonly deliveries: DeliveredVersions;
}

export function createConfiguration(
	{
		id,
		ids,
		names,
	}: { id: number; ids: ConfigurationIds; names: ConfigurationNames },
	options: ConfigurationOptions,
): Configuration {
	const { store, clock, source, deliveries } = options;
	const key = toConfigurationPath(ids);
	let deployments: readonly DeploymentRecord[] = [];
	/** The one version that every slot has from now on, as long as nothing changes. */
	let final: DeliveredVersion | undefined;

	function pick(slot: number, file: FileState): ReadResult {
		const current = store.deploymentsOf(key);
		if (final && current === deployments) return final;
		deployments = current;
		final = undefined;
		const now = clock();
		const found = deployments.find(
			(one) => slot < toProgress(one, now).percentage,
		);
		const version = found && deliveries.get(found);
		if (!found || !version) return file ?? { missing: "Deployment" };
		const newest = found === deployments[0];
		if (newest && found.stoppedAt === undefined && now >= toBakedAt(found))
			final = version;
		return version;
	}

	return {
		...names,
		id,
		subject: toConfigurationPath(names),
		resources: [toIamResource(ids), toIamResource(names)],
		read(slot) {
			const file = source.refresh();
			return file instanceof Promise
				? file.then((settled) => pick(slot, settled))
				: pick(slot, file);
		},
	};
}

function deploymentKey(deployment: DeploymentRecord): string {
	const { ApplicationId, EnvironmentId, DeploymentNumber } = deployment;
	return toKey(ApplicationId, EnvironmentId, DeploymentNumber);
}

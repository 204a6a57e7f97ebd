// Which version a slot receives: the newest deployment that has reached it and was not taken back.
import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { FileSource, FileState } from "../files/file-source.ts";
import { toRetrieval } from "../flags/retrieval.ts";
import type { Log } from "../log.ts";
import {
	type Content,
	type Names,
	type Target,
	toResource,
	toSubject,
	type Version,
} from "./catalogue.ts";
import {
	type DeploymentRecord,
	type ProfileRecord,
	toKey,
	type VersionRecord,
} from "./records.ts";
import { toBakedAt, toProgress } from "./rollout.ts";
import type { Store } from "./store.ts";

export type Ids = Names;

export interface Deliveries {
	/** What a hosted version looks like when it is delivered. Throws FlagsError. */
	deliver(profile: ProfileRecord, version: VersionRecord): Version;
	of(deployment: DeploymentRecord): Version | undefined;
	set(deployment: DeploymentRecord, version: Version): void;
	forget(deployment: DeploymentRecord): void;
}

let lastId = 0;

export function toVersion(
	content: Pick<Version, "bytes" | "contentType">,
	number: number,
	label: string | undefined,
): Version {
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
export function createDeliveries(store: Store, log: Log): Deliveries {
	const delivered = new Map<string, Version>();

	function deliver(profile: ProfileRecord, version: VersionRecord): Version {
		const { content: bytes, ContentType: contentType } = version;
		const { VersionNumber: number, VersionLabel: label } = version;
		if (profile.Type !== "AWS.AppConfig.FeatureFlags")
			return toVersion({ bytes, contentType }, number, label);
		const { json, ion, problems } = toRetrieval(bytes);
		for (const problem of problems)
			log.error(`${profile.Name}, version ${number}: ${problem}`);
		const delivered = { ...toVersion(json, number, label), isFlags: true };
		return ion
			? { ...delivered, withVariants: toVersion(ion, number, label) }
			: delivered;
	}

	return {
		deliver,
		set: (deployment, version) =>
			void delivered.set(deploymentKey(deployment), version),
		forget: (deployment) => void delivered.delete(deploymentKey(deployment)),
		of(deployment) {
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

export interface ServedOptions {
	readonly store: Store;
	readonly clock: Clock;
	readonly source: FileSource;
	readonly deliveries: Deliveries;
}

export function createTarget(
	{ id, ids, names }: { id: number; ids: Ids; names: Names },
	options: ServedOptions,
): Target {
	const { store, clock, source, deliveries } = options;
	const key = toSubject(ids);
	let deployments: readonly DeploymentRecord[] = [];
	/** The one version that every slot has from now on, as long as nothing changes. */
	let final: Version | undefined;

	function pick(slot: number, file: FileState): Content {
		const current = store.deploymentsOf(key);
		if (final && current === deployments) return final;
		deployments = current;
		final = undefined;
		const now = clock();
		const found = deployments.find(
			(one) => slot < toProgress(one, now).percentage,
		);
		const version = found && deliveries.of(found);
		if (!found || !version) return file ?? { missing: "Deployment" };
		const newest = found === deployments[0];
		if (newest && found.stoppedAt === undefined && now >= toBakedAt(found))
			final = version;
		return version;
	}

	return {
		...names,
		id,
		subject: toSubject(names),
		resources: [toResource(ids), toResource(names)],
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

// Turns files into what the API would have made of them: resources, hosted versions and deployments.
import { type Names, toSubject } from "../catalogue.ts";
import type { Clock } from "../clock.ts";
import { present } from "../control-plane/input.ts";
import { requireValid } from "../control-plane/validators.ts";
import type { Directory } from "../files/directory.ts";
import type { FileContent } from "../files/file-content.ts";
import {
	findApplicationSetting,
	findEnvironmentSetting,
	findProfileSetting,
	findStrategy,
	type ManifestFile,
} from "../files/manifest.ts";
import type { Log } from "../log.ts";
import { toFileId } from "./ids.ts";
import {
	type ApplicationRecord,
	type DeploymentRecord,
	type EnvironmentRecord,
	type ProfileRecord,
	toKey,
	type VersionRecord,
} from "./records.ts";
import { type Deliveries, type Ids, toVersion } from "./served.ts";
import type { Change, NamedTable, Store } from "./store.ts";
import { ALL_AT_ONCE } from "./strategies.ts";

export interface FileImport {
	importAll(): void;
	importOne(names: Names): Ids;
	importApplication(name: string): ApplicationRecord;
	importEnvironment(names: Names): EnvironmentRecord;
	setting(names: Names): { readonly label?: string; readonly mark: string };
	/** Throws an Error whose message says why this content cannot be deployed. */
	publish(ids: Ids, names: Names, content: FileContent): void;
	withdraw(ids: Ids): void;
}

interface Options {
	readonly store: Store;
	readonly directory: Directory;
	readonly manifest: ManifestFile;
	readonly clock: Clock;
	readonly log: Log;
	readonly deliveries: Deliveries;
}

/** Earlier contents of one file that stay readable as hosted versions. */
const KEPT_VERSIONS = 20;

export function createFileImport(options: Options): FileImport {
	const { store, directory, manifest } = options;

	function importApplication(name: string): ApplicationRecord {
		const known = store.named("applications", name);
		if (known) return known;
		const Description = findApplicationSetting(
			manifest.current(),
			name,
		)?.description;
		const record = {
			Id: toFileId(name),
			Name: name,
			...present({ Description }),
		};
		store.commitTransient([{ table: "applications", key: record.Id, record }]);
		return record;
	}

	function importEnvironment(names: Names): EnvironmentRecord {
		const { Id: ApplicationId } = importApplication(names.application);
		const known = store.named("environments", names.environment, ApplicationId);
		if (known) return known;
		const Id = toFileId(names.application, "environment", names.environment);
		const setting = findEnvironmentSetting(manifest.current(), names);
		const Description = setting?.description;
		const record = {
			ApplicationId,
			Id,
			Name: names.environment,
			...present({ Description }),
		};
		const key = toKey(ApplicationId, Id);
		store.commitTransient([{ table: "environments", key, record }]);
		return record;
	}

	function importProfile(names: Names): ProfileRecord {
		const { Id: ApplicationId } = importApplication(names.application);
		const known = store.named("profiles", names.profile, ApplicationId);
		if (known) return known;
		const Id = toFileId(names.application, "profile", names.profile);
		const setting = findProfileSetting(manifest.current(), names);
		const record: ProfileRecord = {
			ApplicationId,
			Id,
			Name: names.profile,
			LocationUri: "hosted",
			Type: setting?.type ?? "AWS.Freeform",
			...present({ Description: setting?.description }),
			...present({ Validators: setting?.validators }),
		};
		const key = toKey(ApplicationId, Id);
		store.commitTransient([{ table: "profiles", key, record }]);
		return record;
	}

	function importOne(names: Names): Ids {
		const environment = importEnvironment(names);
		const profile = importProfile(names);
		return {
			application: environment.ApplicationId,
			environment: environment.Id,
			profile: profile.Id,
		};
	}

	return {
		importAll() {
			const found = directory.list().map(importOne);
			forgetAllBut(store, found);
		},
		importOne,
		importApplication,
		importEnvironment,
		setting(names) {
			const setting = findProfileSetting(manifest.current(), names);
			const labels = new Map(Object.entries(setting?.labels ?? {}));
			const label = labels.get(names.environment);
			const mark = setting ? manifest.mark() : "";
			return { mark, ...(label === undefined ? {} : { label }) };
		},
		publish: (ids, names, content) => publish(options, ids, names, content),
		withdraw: (ids) => withdraw(store, ids),
	};
}

function publish(
	options: Options,
	ids: Ids,
	names: Names,
	content: FileContent,
): void {
	const { store, manifest, deliveries, log } = options;
	const { application, profile } = ids;
	if (wasReplaced(store, ids, content)) return;
	const setting = findProfileSetting(manifest.current(), names);
	for (const { Content } of setting?.validators ?? [])
		requireValid(Content, content.bytes);
	const versions = store.list("versions", toKey(application, profile));
	const VersionNumber = (versions.at(-1)?.VersionNumber ?? 0) + 1;
	const version: VersionRecord = {
		ApplicationId: application,
		ConfigurationProfileId: profile,
		VersionNumber,
		ContentType: content.contentType,
		content: content.bytes,
		...present({ VersionLabel: content.label }),
	};
	const owner = store.get("profiles", toKey(application, profile));
	const delivered =
		setting?.authoring && owner
			? deliveries.deliver(owner, version)
			: toVersion(content, VersionNumber, content.label);
	const deployment = toDeployment(options, ids, names, version);
	deliveries.set(deployment, delivered);
	store.commitTransient([
		...outlived(store, versions),
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
	log.event(
		`${names.application}/${names.environment}/${names.profile} version ${VersionNumber}${content.label ? ` ${content.label}` : ""}, ${content.bytes.length} bytes, sha256 ${content.sha256.slice(0, 8)}`,
	);
}

function toDeployment(
	{ store, manifest, clock }: Options,
	ids: Ids,
	names: Names,
	version: VersionRecord,
): DeploymentRecord {
	const environment = toKey(ids.application, ids.environment);
	const others = store.list("deployments", environment);
	const number = Math.max(0, ...others.map((one) => one.DeploymentNumber)) + 1;
	const first = store.deploymentsOf(toSubject(ids)).length === 0;
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
		...present({ VersionLabel: version.VersionLabel }),
	};
}

/** After a restart: the API had deployed over this very content. */
function wasReplaced(store: Store, ids: Ids, content: FileContent): boolean {
	return store
		.deploymentsOf(toSubject(ids))
		.some((one) => one.replaced === content.sha256);
}

/** Drops what only files had brought and no file brings any more. */
function forgetAllBut(store: Store, found: readonly Ids[]): void {
	const living = new Set(
		found.flatMap(({ application, environment, profile }) => [
			`applications ${application}`,
			`environments ${toKey(application, environment)}`,
			`profiles ${toKey(application, profile)}`,
		]),
	);
	const rows: Change[] = [
		...store.list("applications").map(({ Id }) => gone("applications", Id)),
		...store
			.list("environments")
			.map((one) => gone("environments", toKey(one.ApplicationId, one.Id))),
		...store
			.list("profiles")
			.map((one) => gone("profiles", toKey(one.ApplicationId, one.Id))),
	];
	store.commitTransient(
		rows.filter(
			({ table, key }) =>
				store.isTransient(table, key) && !living.has(`${table} ${key}`),
		),
	);
}

function gone(table: NamedTable, key: string): Change {
	return { table, key, record: null };
}

function outlived(store: Store, versions: readonly VersionRecord[]): Change[] {
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

function withdraw(store: Store, ids: Ids): void {
	const environment = toKey(ids.application, ids.environment);
	store.commitTransient(
		store
			.deploymentsOf(toSubject(ids))
			.map((one) => ({
				table: "deployments" as const,
				key: toKey(environment, one.DeploymentNumber),
				record: null,
			}))
			.filter(({ table, key }) => store.isTransient(table, key)),
	);
}

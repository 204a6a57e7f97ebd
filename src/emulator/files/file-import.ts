// Creates the applications, environments and profiles of files in the registry, as if they were created over the API.
import {
	type ConfigurationIdentity,
	type ConfigurationIds,
	type ConfigurationNames,
	toConfigurationPath,
} from "../registry/catalogue.ts";
import {
	type ApplicationRecord,
	type EnvironmentRecord,
	omitUndefined,
	type ProfileRecord,
	toFileId,
	toKey,
} from "../registry/records.ts";
import type { Change, NamedTable, Store } from "../registry/store.ts";
import type { Directory } from "./directory.ts";
import type { FileContent } from "./file-content.ts";
import {
	type PublishOptions,
	publishFile,
	removeDeployments,
} from "./file-publish.ts";
import type { FileSettings } from "./file-source.ts";
import {
	deployableKey,
	findApplicationSettings,
	findEnvironmentSettings,
	findProfileSettings,
} from "./manifest.ts";

export interface FileImport {
	/** Creates the resources of all files, and removes those whose files are gone. */
	importResources(): void;
	importConfiguration(names: ConfigurationNames): ConfigurationIds;
	importApplication(name: string): ApplicationRecord;
	importEnvironment(names: ConfigurationNames): EnvironmentRecord;
	settings(names: ConfigurationNames): FileSettings;
	/** Throws, or rejects with, an Error whose message says why the content cannot be deployed. */
	publish(
		configuration: ConfigurationIdentity,
		content: FileContent,
	): void | Promise<void>;
	/** Removes the deployments of a file that is gone. */
	withdraw(ids: ConfigurationIds): void;
}

interface Options extends PublishOptions {
	readonly directory: Directory;
}

export function createFileImport(options: Options): FileImport {
	const { store, directory, manifest } = options;
	let revision = manifest.revision();
	/** While the resources of a changed manifest are imported, those that come from files are created anew. */
	let hasManifestChanged = false;

	function isCurrent(table: NamedTable, key: string): boolean {
		return !hasManifestChanged || !store.isTransient(table, key);
	}

	function importApplication(name: string): ApplicationRecord {
		const known = store.findByName("applications", name);
		if (known && isCurrent("applications", known.Id)) return known;
		const Description = findApplicationSettings(
			manifest.current(),
			name,
		)?.description;
		const record = {
			Id: toFileId(name),
			Name: name,
			...omitUndefined({ Description }),
		};
		store.commitTransient([{ table: "applications", key: record.Id, record }]);
		return record;
	}

	function importEnvironment(names: ConfigurationNames): EnvironmentRecord {
		const { Id: ApplicationId } = importApplication(names.application);
		const known = store.findByName(
			"environments",
			names.environment,
			ApplicationId,
		);
		if (known && isCurrent("environments", toKey(ApplicationId, known.Id)))
			return known;
		const Id = toFileId(names.application, "environment", names.environment);
		const settings = findEnvironmentSettings(manifest.current(), names);
		const Description = settings?.description;
		const record = {
			ApplicationId,
			Id,
			Name: names.environment,
			...omitUndefined({ Description }),
		};
		const key = toKey(ApplicationId, Id);
		store.commitTransient([{ table: "environments", key, record }]);
		return record;
	}

	function importProfile(names: ConfigurationNames): ProfileRecord {
		const { Id: ApplicationId } = importApplication(names.application);
		const known = store.findByName("profiles", names.profile, ApplicationId);
		if (known && isCurrent("profiles", toKey(ApplicationId, known.Id)))
			return known;
		const Id = toFileId(names.application, "profile", names.profile);
		const settings = findProfileSettings(manifest.current(), names);
		const record: ProfileRecord = {
			ApplicationId,
			Id,
			Name: names.profile,
			LocationUri: "hosted",
			Type: settings?.type ?? "AWS.Freeform",
			...omitUndefined({ Description: settings?.description }),
			...omitUndefined({ Validators: settings?.validators }),
		};
		const key = toKey(ApplicationId, Id);
		store.commitTransient([{ table: "profiles", key, record }]);
		return record;
	}

	function importConfiguration(names: ConfigurationNames): ConfigurationIds {
		const environment = importEnvironment(names);
		const profile = importProfile(names);
		return {
			application: environment.ApplicationId,
			environment: environment.Id,
			profile: profile.Id,
		};
	}

	return {
		importResources() {
			hasManifestChanged = manifest.revision() !== revision;
			revision = manifest.revision();
			const found = directory.list().map(importConfiguration);
			hasManifestChanged = false;
			removeVanished(store, found);
		},
		importConfiguration,
		importApplication,
		importEnvironment,
		settings(names) {
			const settings = findProfileSettings(manifest.current(), names);
			const labels = new Map(Object.entries(settings?.labels ?? {}));
			const label = labels.get(names.environment);
			const revision = settings ? `${label} ${deployableKey(settings)}` : "";
			return { revision, ...omitUndefined({ label }) };
		},
		publish: (configuration, content) =>
			publishFile(options, configuration, content),
		withdraw: (ids) =>
			store.commitTransient(
				removeDeployments(
					options,
					store.deploymentsOf(toConfigurationPath(ids)),
				),
			),
	};
}

/** Removes resources that came from files which are gone. */
function removeVanished(
	store: Store,
	found: readonly ConfigurationIds[],
): void {
	const present = new Set(
		found.flatMap(({ application, environment, profile }) => [
			`applications ${application}`,
			`environments ${toKey(application, environment)}`,
			`profiles ${toKey(application, profile)}`,
		]),
	);
	const rows: Change[] = [
		...store
			.list("applications")
			.map(({ Id }) => toRemoval("applications", Id)),
		...store
			.list("environments")
			.map((one) =>
				toRemoval("environments", toKey(one.ApplicationId, one.Id)),
			),
		...store
			.list("profiles")
			.map((one) => toRemoval("profiles", toKey(one.ApplicationId, one.Id))),
	];
	store.commitTransient(
		rows.filter(
			({ table, key }) =>
				store.isTransient(table, key) && !present.has(`${table} ${key}`),
		),
	);
}

function toRemoval(table: NamedTable, key: string): Change {
	return { table, key, record: null };
}

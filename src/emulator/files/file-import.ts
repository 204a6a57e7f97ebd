// Makes the resources of files known: applications, environments and profiles, as the API would have made them.

import { omitUndefined } from "../control-plane/input.ts";
import {
	type ConfigurationNames,
	toConfigurationPath,
} from "../registry/catalogue.ts";
import type { ConfigurationIds } from "../registry/delivery.ts";
import { toFileId } from "../registry/ids.ts";
import {
	type ApplicationRecord,
	type EnvironmentRecord,
	type ProfileRecord,
	toKey,
} from "../registry/records.ts";
import type { Change, NamedTable, Store } from "../registry/store.ts";
import type { Directory } from "./directory.ts";
import type { FileContent } from "./file-content.ts";
import {
	type Place,
	type PublishOptions,
	publishFile,
	removeDeployments,
} from "./file-publish.ts";
import {
	deployableKey,
	findApplicationSettings,
	findEnvironmentSettings,
	findProfileSettings,
} from "./manifest.ts";

export interface FileImport {
	importResources(): void;
	importConfiguration(names: ConfigurationNames): ConfigurationIds;
	importApplication(name: string): ApplicationRecord;
	importEnvironment(names: ConfigurationNames): EnvironmentRecord;
	setting(names: ConfigurationNames): {
		readonly label?: string;
		readonly mark: string;
	};
	/** Throws an Error whose message says why this content cannot be deployed. */
	publish(place: Place, content: FileContent): void | Promise<void>;
	withdraw(ids: ConfigurationIds): void;
}

interface Options extends PublishOptions {
	readonly directory: Directory;
}

export function createFileImport(options: Options): FileImport {
	const { store, directory, manifest } = options;
	let mark = manifest.revision();
	/** The manifest was changed: what it says of resources that files have brought is taken anew. */
	let isNews = false;

	function isGood(table: NamedTable, key: string): boolean {
		return !isNews || !store.isTransient(table, key);
	}

	function importApplication(name: string): ApplicationRecord {
		const known = store.findByName("applications", name);
		if (known && isGood("applications", known.Id)) return known;
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
		if (known && isGood("environments", toKey(ApplicationId, known.Id)))
			return known;
		const Id = toFileId(names.application, "environment", names.environment);
		const setting = findEnvironmentSettings(manifest.current(), names);
		const Description = setting?.description;
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
		if (known && isGood("profiles", toKey(ApplicationId, known.Id)))
			return known;
		const Id = toFileId(names.application, "profile", names.profile);
		const setting = findProfileSettings(manifest.current(), names);
		const record: ProfileRecord = {
			ApplicationId,
			Id,
			Name: names.profile,
			LocationUri: "hosted",
			Type: setting?.type ?? "AWS.Freeform",
			...omitUndefined({ Description: setting?.description }),
			...omitUndefined({ Validators: setting?.validators }),
		};
		const key = toKey(ApplicationId, Id);
		store.commitTransient([{ table: "profiles", key, record }]);
		return record;
	}

	function importOne(names: ConfigurationNames): ConfigurationIds {
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
			isNews = manifest.revision() !== mark;
			mark = manifest.revision();
			const found = directory.list().map(importOne);
			isNews = false;
			removeVanished(store, found);
		},
		importConfiguration: importOne,
		importApplication,
		importEnvironment,
		setting(names) {
			const setting = findProfileSettings(manifest.current(), names);
			const labels = new Map(Object.entries(setting?.labels ?? {}));
			const label = labels.get(names.environment);
			const mark = setting ? `${label} ${deployableKey(setting)}` : "";
			return { mark, ...(label === undefined ? {} : { label }) };
		},
		publish: (place, content) => publishFile(options, place, content),
		withdraw: (ids) =>
			store.commitTransient(
				removeDeployments(
					options,
					store.deploymentsOf(toConfigurationPath(ids)),
				),
			),
	};
}

/** Drops what only files had brought and no file brings any more. */
function removeVanished(
	store: Store,
	found: readonly ConfigurationIds[],
): void {
	const living = new Set(
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
				store.isTransient(table, key) && !living.has(`${table} ${key}`),
		),
	);
}

function toRemoval(table: NamedTable, key: string): Change {
	return { table, key, record: null };
}

// The catalogue of configurations in files and of those made over the API. A configuration may be both: its newest
// deployment is delivered, whichever it comes from.
import {
	type Catalogue,
	type Configuration,
	type ConfigurationIdentity,
	type ConfigurationNames,
	createConfiguration,
	createDeliveredVersions,
	type MissingResource,
	toConfigurationPath,
} from "../registry/catalogue.ts";
import type { Tables } from "../registry/records.ts";
import type { LinearSteps } from "../registry/rollout.ts";
import type { NamedTable, Store } from "../registry/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Log } from "../shared/log.ts";
import type { Validation } from "../validation/validation.ts";
import type { Directory } from "./directory.ts";
import { createFileImport, type FileImport } from "./file-import.ts";
import { createFileSource } from "./file-source.ts";
import type { ManifestFile } from "./manifest.ts";

export interface FileCatalogueOptions {
	readonly store: Store;
	readonly directory: Directory;
	readonly manifest: ManifestFile;
	readonly clock: Clock;
	readonly settleMs: number;
	readonly generation: () => number;
	readonly log: Log;
	readonly validation: Validation;
	readonly linearSteps: LinearSteps;
}

export interface FileCatalogue extends Catalogue {
	/** Imports the resources of all files into the store, and deploys changed contents if `contents` is set. */
	refreshFiles(contents: boolean): Promise<void>;
}

export function createFileCatalogue(
	options: FileCatalogueOptions,
): FileCatalogue {
	const { store, directory, log } = options;
	const deliveredVersions = createDeliveredVersions(store, log);
	const files = createFileImport({ ...options, deliveredVersions });
	const byPath = new Map<string, Configuration>();
	const byId: Configuration[] = [];

	function find(
		identifiers: ConfigurationNames,
	): Configuration | MissingResource {
		const found = resolve(store, directory, files, identifiers);
		if (!("missing" in found)) return getOrCreate(found);
		// The ids of a file's resources are known only after the file was imported.
		if (!Object.values(identifiers).some(isId)) return found;
		files.importResources();
		const again = resolve(store, directory, files, identifiers);
		return "missing" in again ? again : getOrCreate(again);
	}

	function getOrCreate(identity: ConfigurationIdentity): Configuration {
		const { ids, names } = identity;
		const path = toConfigurationPath(ids);
		const known = byPath.get(path);
		if (known) return known;
		const source = createFileSource({
			...options,
			subject: toConfigurationPath(names),
			root: directory.root,
			locate: () => directory.locate(names),
			settings: () => files.settings(names),
			onContent: (content) => files.publish(identity, content),
			onRemoved: () => files.withdraw(ids),
		});
		const configuration = createConfiguration({
			...options,
			...identity,
			id: byId.length,
			source,
			deliveredVersions,
		});
		byPath.set(path, configuration);
		byId.push(configuration);
		return configuration;
	}

	return {
		find,
		byId: (id) => byId[id],
		async refreshFiles(contents) {
			files.importResources();
			if (!contents) return;
			// One after the other: ten thousand at once would open as many files.
			for (const names of directory.list()) {
				const configuration = find(names);
				if (!("missing" in configuration)) await configuration.read(0);
			}
		},
	};
}

function resolve(
	store: Store,
	directory: Directory,
	files: FileImport,
	identifiers: ConfigurationNames,
): ConfigurationIdentity | MissingResource {
	const names = toNames(store, identifiers);
	const located = directory.locate(names);
	if (typeof located === "string")
		return { ids: files.importConfiguration(names), names };
	// Resources that came from files are gone with the files; those of the API stay.
	const { missing } = located;
	const application =
		findCommitted(store, "applications", identifiers.application) ??
		(missing === "Application"
			? undefined
			: files.importApplication(names.application));
	if (!application) return { missing: "Application" };
	const environment =
		findCommitted(
			store,
			"environments",
			identifiers.environment,
			application.Id,
		) ??
		(missing === "ConfigurationProfile"
			? files.importEnvironment(names)
			: undefined);
	if (!environment) return { missing: "Environment" };
	const profile = findCommitted(
		store,
		"profiles",
		identifiers.profile,
		application.Id,
	);
	if (!profile) return { missing: "ConfigurationProfile" };
	return {
		ids: {
			application: application.Id,
			environment: environment.Id,
			profile: profile.Id,
		},
		names: {
			application: application.Name,
			environment: environment.Name,
			profile: profile.Name,
		},
	};
}

/** By id, else by name; AWS does not document which of the two wins. Ignores resources that only come from files. */
function findCommitted<T extends NamedTable>(
	store: Store,
	table: T,
	identifier: string,
	application?: string,
): Tables[T] | undefined {
	const record =
		store.get(table, key(identifier, application)) ??
		store.findByName(table, identifier, application);
	return record && !store.isTransient(table, key(record.Id, application))
		? record
		: undefined;
}

function toNames(
	store: Store,
	identifiers: ConfigurationNames,
): ConfigurationNames {
	const application = store.get("applications", identifiers.application);
	const id = application?.Id ?? idOf(store, identifiers.application);
	const nameIn = (table: "environments" | "profiles", text: string) =>
		id === undefined ? text : (store.get(table, key(text, id))?.Name ?? text);
	return {
		application: application?.Name ?? identifiers.application,
		environment: nameIn("environments", identifiers.environment),
		profile: nameIn("profiles", identifiers.profile),
	};
}

function idOf(store: Store, name: string): string | undefined {
	return store.findByName("applications", name)?.Id;
}

function key(id: string, application: string | undefined): string {
	return application === undefined ? id : `${application}/${id}`;
}

function isId(text: string): boolean {
	return /^[a-z0-9]{7}$/.test(text);
}

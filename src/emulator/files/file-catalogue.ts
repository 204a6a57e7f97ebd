// Files and API together: finds what a session asks for, and decides which version each slot receives.

import {
	type Catalogue,
	type Configuration,
	type ConfigurationNames,
	type MissingResource,
	toConfigurationPath,
} from "../registry/catalogue.ts";
import {
	type ConfigurationIds,
	createConfiguration,
	createDeliveredVersions,
} from "../registry/delivery.ts";
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

export interface RegistryOptions {
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

export interface Registry extends Catalogue {
	readonly store: Store;
	/** Makes what is in files now known to the control plane: their names, and their contents when asked for. */
	refreshFiles(contents: boolean): Promise<void>;
}

export function createRegistry(options: RegistryOptions): Registry {
	const { store, directory, log } = options;
	const deliveries = createDeliveredVersions(store, log);
	const files = createFileImport({ ...options, deliveries });
	const targets = new Map<string, Configuration>();
	const byId: Configuration[] = [];

	function find(asked: ConfigurationNames): Configuration | MissingResource {
		const found = resolve(store, directory, files, asked);
		if (!("missing" in found)) return remember(found);
		// An id of a file's resource is unknown until its file has been looked at.
		if (!Object.values(asked).some(isId)) return found;
		files.importResources();
		const again = resolve(store, directory, files, asked);
		return "missing" in again ? again : remember(again);
	}

	function remember({ ids, names }: Found): Configuration {
		const key = toConfigurationPath(ids);
		const known = targets.get(key);
		if (known) return known;
		const source = createFileSource({
			...options,
			subject: toConfigurationPath(names),
			root: directory.root,
			locate: () => directory.locate(names),
			setting: () => files.setting(names),
			onContent: (content) => files.publish({ ids, names }, content),
			onRemoved: () => files.withdraw(ids),
		});
		const target = createConfiguration(
			{ id: byId.length, ids, names },
			{ ...options, source, deliveries },
		);
		targets.set(key, target);
		byId.push(target);
		return target;
	}

	return {
		store,
		find,
		byId: (id) => byId[id],
		async refreshFiles(contents) {
			files.importResources();
			if (!contents) return;
			// Contents are looked at one after the other: ten thousand at once would open as many files.
			for (const names of directory.list()) {
				const target = find(names);
				if (!("missing" in target)) await target.read(0);
			}
		},
	};
}

interface Found {
	readonly ids: ConfigurationIds;
	readonly names: ConfigurationNames;
}

function resolve(
	store: Store,
	directory: Directory,
	files: FileImport,
	asked: ConfigurationNames,
): Found | MissingResource {
	const names = toNames(store, asked);
	const located = directory.locate(names);
	if (typeof located === "string")
		return { ids: files.importConfiguration(names), names };
	// What was only ever in files is gone with them; what the API made stays.
	const { missing } = located;
	const application =
		findCommitted(store, "applications", asked.application) ??
		(missing === "Application"
			? undefined
			: files.importApplication(names.application));
	if (!application) return { missing: "Application" };
	const environment =
		findCommitted(store, "environments", asked.environment, application.Id) ??
		(missing === "ConfigurationProfile"
			? files.importEnvironment(names)
			: undefined);
	if (!environment) return { missing: "Environment" };
	const profile = findCommitted(
		store,
		"profiles",
		asked.profile,
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

/** By id, else by name; not what files alone have brought. Which of the two wins on AWS is not documented. */
function findCommitted<T extends NamedTable>(
	store: Store,
	table: T,
	asked: string,
	application?: string,
): Tables[T] | undefined {
	const record =
		store.get(table, key(asked, application)) ??
		store.findByName(table, asked, application);
	return record && !store.isTransient(table, key(record.Id, application))
		? record
		: undefined;
}

function toNames(store: Store, asked: ConfigurationNames): ConfigurationNames {
	const application = store.get("applications", asked.application);
	const id = application?.Id ?? idOf(store, asked.application);
	const nameIn = (table: "environments" | "profiles", text: string) =>
		id === undefined ? text : (store.get(table, key(text, id))?.Name ?? text);
	return {
		application: application?.Name ?? asked.application,
		environment: nameIn("environments", asked.environment),
		profile: nameIn("profiles", asked.profile),
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

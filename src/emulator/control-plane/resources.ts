// Finds the resources that a path names by id, or refuses with ResourceNotFoundException.
import {
	type ApplicationRecord,
	type DeploymentRecord,
	type EnvironmentRecord,
	PREDEFINED_STRATEGIES,
	type ProfileRecord,
	type StrategyRecord,
	toKey,
	type VersionRecord,
} from "../registry/records.ts";
import type { NamedTable, Store } from "../registry/store.ts";
import { badRequest, notFound } from "./operation.ts";

export function requireApplication(store: Store, id = ""): ApplicationRecord {
	return store.get("applications", id) ?? missing("Application", id);
}

export function requireEnvironment(
	store: Store,
	application: string,
	id = "",
): EnvironmentRecord {
	requireApplication(store, application);
	const record = store.get("environments", toKey(application, id));
	return record ?? missing("Environment", id);
}

export function requireProfile(
	store: Store,
	application: string,
	id = "",
): ProfileRecord {
	requireApplication(store, application);
	const record = store.get("profiles", toKey(application, id));
	return record ?? missing("ConfigurationProfile", id);
}

export function requireVersion(
	store: Store,
	profile: ProfileRecord,
	number = "",
): VersionRecord {
	const key = toKey(profile.ApplicationId, profile.Id, number);
	const record = store.get("versions", key);
	return record && !record.deleted
		? record
		: missing("HostedConfigurationVersion", number);
}

/** Those that were not deleted, oldest first. */
export function listVersions(
	store: Store,
	{ ApplicationId, Id }: ProfileRecord,
): VersionRecord[] {
	const all = store.list("versions", toKey(ApplicationId, Id));
	return all.filter(({ deleted }) => !deleted);
}

export function requireDeployment(
	store: Store,
	environment: EnvironmentRecord,
	number = "",
): DeploymentRecord {
	const key = toKey(environment.ApplicationId, environment.Id, number);
	return store.get("deployments", key) ?? missing("Deployment", number);
}

export function requireStrategy(store: Store, id = ""): StrategyRecord {
	const own = store.get("strategies", id);
	return (
		own ??
		PREDEFINED_STRATEGIES.find((one) => one.Id === id) ??
		missing("DeploymentStrategy", id)
	);
}

/** Names find resources on the data plane, so here no two may share one. On AWS this is not documented. */
export function requireFreeName(
	store: Store,
	table: NamedTable,
	name: string,
	application?: string,
): void {
	if (store.findByName(table, name, application))
		throw badRequest(`The name ${name} is already in use`);
}

function missing(type: string, id: string): never {
	throw notFound(`${type} ${id.slice(0, 128)}`);
}

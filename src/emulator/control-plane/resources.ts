// Finds the resources that a request names by id. All `require` functions throw ResourceNotFoundException.
import {
	type ApplicationRecord,
	createId,
	type DeploymentRecord,
	type EnvironmentRecord,
	PREDEFINED_STRATEGIES,
	type ProfileRecord,
	type StrategyRecord,
	toKey,
	type VersionRecord,
} from "../registry/records.ts";
import type { NamedTable, Store } from "../registry/store.ts";
import {
	badRequest,
	notFound,
	type PathParameters,
	quotaExceeded,
} from "./operation.ts";

export function requireApplication(
	store: Store,
	id: string,
): ApplicationRecord {
	return store.get("applications", id) ?? missing("Application", id);
}

export function requireEnvironment(
	store: Store,
	application: string,
	id: string,
): EnvironmentRecord {
	requireApplication(store, application);
	const record = store.get("environments", toKey(application, id));
	return record ?? missing("Environment", id);
}

export function requireProfile(
	store: Store,
	application: string,
	id: string,
): ProfileRecord {
	requireApplication(store, application);
	const record = store.get("profiles", toKey(application, id));
	return record ?? missing("ConfigurationProfile", id);
}

export function requireVersion(
	store: Store,
	profile: ProfileRecord,
	number: string,
): VersionRecord {
	const key = toKey(profile.ApplicationId, profile.Id, number);
	const record = store.get("versions", key);
	return record && !record.deleted
		? record
		: missing("HostedConfigurationVersion", number);
}

/** Oldest first, without those that were deleted. */
export function listVersions(
	store: Store,
	{ ApplicationId, Id }: ProfileRecord,
): VersionRecord[] {
	const all = store.list("versions", toKey(ApplicationId, Id));
	return all.filter(({ deleted }) => !deleted);
}

export function requireDeployment(
	store: Store,
	{ ApplicationId, EnvironmentId, DeploymentNumber }: PathParameters,
): DeploymentRecord {
	requireEnvironment(store, ApplicationId, EnvironmentId);
	const key = toKey(ApplicationId, EnvironmentId, DeploymentNumber);
	return (
		store.get("deployments", key) ?? missing("Deployment", DeploymentNumber)
	);
}

export function requireStrategy(store: Store, id: string): StrategyRecord {
	const own = store.get("strategies", id);
	return (
		own ??
		PREDEFINED_STRATEGIES.find((one) => one.Id === id) ??
		missing("DeploymentStrategy", id)
	);
}

/** The data plane finds resources by name, so names must be unique here. AWS does not document whether they must be. */
export function requireFreeName(
	store: Store,
	table: NamedTable,
	name: string,
	application?: string,
): void {
	if (store.findByName(table, name, application))
		throw badRequest(`The name ${name} is already in use`);
}

/** An id for a new resource. Throws ServiceQuotaExceededException. Resources that come from files do not count. */
export function createResourceId(
	store: Store,
	table: NamedTable | "strategies",
	{ quota, application }: { quota: number; application?: string },
): string {
	const keyOf = (id: string) =>
		application === undefined ? id : toKey(application, id);
	const committed = store
		.list(table, application)
		.filter(({ Id }) => !store.isTransient(table, keyOf(Id)));
	if (committed.length >= quota)
		throw quotaExceeded(`There are ${quota} ${table} already`);
	return createId((id) => store.get(table, keyOf(id)) !== undefined);
}

/** The ARN of a profile's or deployment's key, if it is identified by its ARN. Only KMS could resolve ids and aliases. */
export function keyArnOf({
	KmsKeyIdentifier,
}: {
	readonly KmsKeyIdentifier?: string;
}): string | undefined {
	// The ARN is sent in a header, which cannot carry other characters.
	return KmsKeyIdentifier &&
		/^arn:[!-9;-~]*:kms:[!-~]*:key\/[!-~]+$/.test(KmsKeyIdentifier)
		? KmsKeyIdentifier
		: undefined;
}

function missing(type: string, id: string): never {
	throw notFound(`${type} ${id.slice(0, 128)}`);
}

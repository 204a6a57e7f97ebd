import { jsonReply, queryParameter } from "../http/messages.ts";
import {
	omitUndefined,
	type ProfileRecord,
	toKey,
	type Validator,
} from "../registry/records.ts";
import {
	checkContent,
	findSchemaProblem,
} from "../validation/content-checks.ts";
import {
	badRequest,
	noContent,
	type Operation,
	type OperationContext,
	refuseInvalid,
} from "./operation.ts";
import {
	type Fields,
	optionalEnum,
	optionalName,
	optionalText,
	paginate,
	parseBody,
	requireText,
} from "./request.ts";
import {
	createResourceId,
	listVersions,
	requireApplication,
	requireFreeName,
	requireProfile,
	requireVersion,
} from "./resources.ts";
import { parseTags, toRemovalChanges, toTagChanges } from "./tags.ts";

const MAX_PROFILES = 100;
const TYPES = ["AWS.Freeform", "AWS.AppConfig.FeatureFlags"] as const;

export const createConfigurationProfile: Operation = async (
	{ store, validation },
	request,
	{ ApplicationId },
) => {
	requireApplication(store, ApplicationId);
	const body = parseBody(request);
	const optional = parseOptional(body);
	const tags = parseTags(body);
	await requireSchemas(validation, optional.Validators);
	// It may have been deleted during the await.
	requireApplication(store, ApplicationId);
	const Name = requireText(body, "Name", 128);
	const LocationUri = requireText(body, "LocationUri", 2048);
	if (LocationUri !== "hosted")
		throw badRequest("This emulator supports only the LocationUri hosted");
	requireFreeName(store, "profiles", Name, ApplicationId);
	const record: ProfileRecord = {
		ApplicationId,
		Id: createResourceId(store, "profiles", {
			quota: MAX_PROFILES,
			application: ApplicationId,
		}),
		Name,
		LocationUri,
		Type: optionalEnum(body, "Type", TYPES) ?? "AWS.Freeform",
		...optional,
	};
	const key = toKey(ApplicationId, record.Id);
	store.commit([
		{ table: "profiles", key, record },
		...toTagChanges("profiles", key, tags),
	]);
	return jsonReply(201, record, "created");
};

export const getConfigurationProfile: Operation = (
	{ store },
	_,
	{ ApplicationId, ConfigurationProfileId },
) =>
	jsonReply(200, requireProfile(store, ApplicationId, ConfigurationProfileId));

export const listConfigurationProfiles: Operation = (
	{ store },
	{ url },
	{ ApplicationId },
) => {
	requireApplication(store, ApplicationId);
	const type = queryParameter(url, "type");
	const summaries = store
		.list("profiles", ApplicationId)
		.filter(({ Type }) => type === undefined || Type === type)
		.map(({ Validators, ApplicationId, Id, Name, LocationUri, Type }) => ({
			ApplicationId,
			Id,
			Name,
			LocationUri,
			Type,
			ValidatorTypes: Validators?.map((one) => one.Type),
		}));
	return jsonReply(
		200,
		paginate(url, summaries, {
			direction: "ascending",
			sortKey: (one) =>
				store.position("profiles", toKey(one.ApplicationId, one.Id)),
		}),
	);
};

export const updateConfigurationProfile: Operation = async (
	{ store, validation },
	request,
	{ ApplicationId, ConfigurationProfileId },
) => {
	requireProfile(store, ApplicationId, ConfigurationProfileId);
	const body = parseBody(request);
	const optional = parseOptional(body);
	await requireSchemas(validation, optional.Validators);
	// It may have been changed during the await.
	const before = requireProfile(store, ApplicationId, ConfigurationProfileId);
	const Name = optionalName(body, 128) ?? before.Name;
	if (Name !== before.Name)
		requireFreeName(store, "profiles", Name, ApplicationId);
	const { KmsKeyIdentifier, ...rest } = { ...before, Name, ...optional };
	// An empty identifier removes the key.
	const record = KmsKeyIdentifier ? { ...rest, KmsKeyIdentifier } : rest;
	const key = toKey(ApplicationId, ConfigurationProfileId);
	store.commit([{ table: "profiles", key, record }]);
	return jsonReply(200, record);
};

export const deleteConfigurationProfile: Operation = (
	{ store },
	_,
	{ ApplicationId, ConfigurationProfileId },
) => {
	const profile = requireProfile(store, ApplicationId, ConfigurationProfileId);
	const key = toKey(ApplicationId, ConfigurationProfileId);
	if (listVersions(store, profile).length > 0)
		throw badRequest(
			`Cannot delete configuration profile ${profile.Id} because there are still hosted configuration versions existing under it.`,
		);
	store.commit([
		...store.list("versions", key).map(({ VersionNumber }) => ({
			table: "versions" as const,
			key: toKey(key, VersionNumber),
			record: null,
		})),
		...toRemovalChanges(store, "profiles", key),
	]);
	return noContent();
};

export const validateConfiguration: Operation = async (
	{ store, validation },
	{ url },
	{ ApplicationId, ConfigurationProfileId },
) => {
	const profile = requireProfile(store, ApplicationId, ConfigurationProfileId);
	const number = queryParameter(url, "configuration_version");
	if (!number) throw badRequest("configuration_version is required");
	const { content } = requireVersion(store, profile, number);
	await refuseInvalid(checkContent(validation, profile, content));
	return noContent();
};

async function requireSchemas(
	validation: OperationContext["validation"],
	validators: readonly Validator[] | undefined,
): Promise<void> {
	const problem = await findSchemaProblem(validation, validators);
	if (problem !== undefined)
		throw badRequest(`The validator is not a JSON Schema: ${problem}`);
}

function parseOptional(body: Fields) {
	return omitUndefined({
		Description: optionalText(body, "Description", 1024),
		RetrievalRoleArn: optionalText(body, "RetrievalRoleArn", 2048),
		KmsKeyIdentifier: optionalText(body, "KmsKeyIdentifier", 2048),
		Validators: parseValidators(body),
	});
}

function parseValidators({ Validators }: Fields): Validator[] | undefined {
	if (Validators === undefined || Validators === null) return undefined;
	if (!Array.isArray(Validators) || Validators.length > 2)
		throw badRequest("Validators must be a list of at most 2");
	return Validators.map((one: Fields | null) => {
		const Type = optionalEnum(one ?? {}, "Type", ["JSON_SCHEMA", "LAMBDA"]);
		if (Type !== "JSON_SCHEMA")
			throw badRequest(
				"This emulator supports only validators of type JSON_SCHEMA",
			);
		const Content = optionalText(one ?? {}, "Content", 32_768);
		if (Content === undefined) throw badRequest("Content is required");
		return { Type, Content };
	});
}

import {
	decodeHeader,
	type HttpRequest,
	jsonReply,
	queryParameter,
	type Reply,
} from "../http/messages.ts";
import {
	isVersionLabel,
	omitUndefined,
	toKey,
	type VersionRecord,
} from "../registry/records.ts";
import { checkFlags } from "../validation/content-checks.ts";
import {
	badRequest,
	conflict,
	noContent,
	type Operation,
	refuseInvalid,
	tooLarge,
} from "./operation.ts";
import { paginate } from "./request.ts";
import {
	keyArnOf,
	listVersions,
	requireProfile,
	requireVersion,
} from "./resources.ts";

/** The default quota: https://docs.aws.amazon.com/general/latest/gr/appconfig.html */
const MAX_CONTENT_BYTES = 2_048 * 1024;

export const createHostedConfigurationVersion: Operation = async (
	{ store, validation },
	request,
	{ ApplicationId, ConfigurationProfileId },
) => {
	const findProfile = () =>
		requireProfile(store, ApplicationId, ConfigurationProfileId);
	const rules = findProfile();
	const { body } = request;
	if (request.isTooLarge || body.length > MAX_CONTENT_BYTES)
		throw tooLarge(body.length, MAX_CONTENT_BYTES);
	if (body.length === 0) throw badRequest("Content is required");
	const ContentType = header(request, "content-type");
	if (!ContentType || ContentType.length > 255)
		throw badRequest("Content-Type must have 1 to 255 characters");
	const Description = header(request, "description");
	if ([...decodeHeader(Description ?? "")].length > 1024)
		throw badRequest("Description must have at most 1024 characters");
	await refuseInvalid(checkFlags(validation, rules, body));
	// It may have been changed during the await.
	const profile = findProfile();
	const profileKey = toKey(ApplicationId, ConfigurationProfileId);
	const versions = store.list("versions", profileKey);
	const last = versions.at(-1)?.VersionNumber ?? 0;
	requireLatestVersionNumber(header(request, "latest-version-number"), last);
	const label = header(request, "versionlabel");
	const VersionLabel = label === undefined ? undefined : decodeHeader(label);
	requireFreeLabel(VersionLabel, versions);
	const record: VersionRecord = {
		ApplicationId,
		ConfigurationProfileId,
		VersionNumber: last + 1,
		ContentType,
		...omitUndefined({
			Description,
			VersionLabel,
			KmsKeyArn: keyArnOf(profile),
		}),
		// The journal writes an Uint8Array as base64, but a Buffer has a toJSON() of its own.
		content: new Uint8Array(body),
	};
	const key = toKey(profileKey, record.VersionNumber);
	store.commit([{ table: "versions", key, record }]);
	return toReply(record, 201);
};

export const getHostedConfigurationVersion: Operation = (
	{ store },
	_,
	{ ApplicationId, ConfigurationProfileId, VersionNumber },
) => {
	const profile = requireProfile(store, ApplicationId, ConfigurationProfileId);
	return toReply(requireVersion(store, profile, VersionNumber), 200);
};

export const listHostedConfigurationVersions: Operation = (
	{ store },
	{ url },
	{ ApplicationId, ConfigurationProfileId },
) => {
	const profile = requireProfile(store, ApplicationId, ConfigurationProfileId);
	const label = queryParameter(url, "version_label");
	const items = listVersions(store, profile)
		.filter((one) => label === undefined || hasLabel(one, label))
		.map(({ content: _, Description, ...summary }) => ({
			...summary,
			...omitUndefined({
				Description:
					Description === undefined ? undefined : decodeHeader(Description),
			}),
		}))
		.reverse();
	return jsonReply(
		200,
		paginate(url, items, {
			direction: "descending",
			sortKey: (one) => one.VersionNumber,
		}),
	);
};

export const deleteHostedConfigurationVersion: Operation = (
	{ store },
	_,
	{ ApplicationId, ConfigurationProfileId, VersionNumber },
) => {
	const profile = requireProfile(store, ApplicationId, ConfigurationProfileId);
	const before = requireVersion(store, profile, VersionNumber);
	const isDeployed = store
		.list("deployments")
		.some(
			(one) =>
				one.ConfigurationProfileId === ConfigurationProfileId &&
				one.ApplicationId === ApplicationId &&
				one.ConfigurationVersion === String(before.VersionNumber),
		);
	const record: VersionRecord = {
		...before,
		deleted: true,
		// The record stays so that its number is not given again, and the content as long as a deployment delivers it.
		content: isDeployed ? before.content : new Uint8Array(0),
	};
	const key = toKey(
		ApplicationId,
		ConfigurationProfileId,
		before.VersionNumber,
	);
	store.commit([{ table: "versions", key, record }]);
	return noContent();
};

function header({ headers }: HttpRequest, name: string): string | undefined {
	const value = headers[name];
	return typeof value === "string" ? value : undefined;
}

function requireLatestVersionNumber(
	expected: string | undefined,
	last: number,
): void {
	if (expected === undefined) return;
	if (!/^\d+$/.test(expected))
		throw badRequest("Latest-Version-Number must be a whole number");
	if (Number(expected) !== last)
		throw conflict(`The latest version number is ${last}, not ${expected}`);
}

function requireFreeLabel(
	label: string | undefined,
	versions: readonly VersionRecord[],
): void {
	if (label === undefined) return;
	if (!isVersionLabel(label))
		throw badRequest(
			"VersionLabel must have 1 to 64 characters, at least one of them not a digit",
		);
	if (versions.some((one) => !one.deleted && one.VersionLabel === label))
		throw conflict(`The version label ${label} is already in use`);
}

function hasLabel({ VersionLabel }: VersionRecord, wanted: string): boolean {
	if (wanted.endsWith("*"))
		return VersionLabel?.startsWith(wanted.slice(0, -1)) ?? false;
	return VersionLabel === wanted;
}

function toReply(record: VersionRecord, status: number): Reply {
	const headers = [
		"Application-Id",
		record.ApplicationId,
		"Configuration-Profile-Id",
		record.ConfigurationProfileId,
		"Version-Number",
		String(record.VersionNumber),
		"Content-Type",
		record.ContentType,
	];
	// In the encoding in which it was received.
	if (record.Description !== undefined)
		headers.push("Description", record.Description);
	if (record.KmsKeyArn !== undefined)
		headers.push("KmsKeyArn", record.KmsKeyArn);
	// AWS's API has no hyphen here; on the data plane it has one.
	if (record.VersionLabel !== undefined)
		headers.push("VersionLabel", record.VersionLabel);
	return { status, headers, body: record.content, outcome: "ok" };
}

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
import { listVersions, requireProfile, requireVersion } from "./resources.ts";

// Create, get, list and delete hosted configuration versions.

/** The default quota: https://docs.aws.amazon.com/general/latest/gr/appconfig.html */
const MAX_CONTENT_BYTES = 2_048 * 1024;

export const createHostedConfigurationVersion: Operation = async (
	{ store, validation },
	request,
	ids,
) => {
	const [application = "", id] = ids;
	const asked = requireProfile(store, application, id);
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
	await refuseInvalid(checkFlags(validation, asked, body));
	// Others were served meanwhile.
	const profile = requireProfile(store, application, id);
	const versions = store.list("versions", toKey(application, profile.Id));
	const last = versions.at(-1)?.VersionNumber ?? 0;
	requireLatestVersionNumber(header(request, "latest-version-number"), last);
	const label = header(request, "versionlabel");
	const VersionLabel = label === undefined ? undefined : decodeHeader(label);
	requireFreeLabel(VersionLabel, versions);
	const record: VersionRecord = {
		ApplicationId: application,
		ConfigurationProfileId: profile.Id,
		VersionNumber: last + 1,
		ContentType,
		...omitUndefined({
			Description,
			VersionLabel,
			KmsKeyArn: keyArnOf(profile),
		}),
		// A copy without Buffer's own ways, which the journal would have to know.
		content: new Uint8Array(body),
	};
	const key = toKey(application, profile.Id, record.VersionNumber);
	store.commit([{ table: "versions", key, record }]);
	return toReply(record, 201);
};

export const getHostedConfigurationVersion: Operation = ({ store }, _, ids) => {
	const [application = "", id, number] = ids;
	const profile = requireProfile(store, application, id);
	return toReply(requireVersion(store, profile, number), 200);
};

export const listHostedConfigurationVersions: Operation = (
	{ store },
	{ url },
	ids,
) => {
	const [application = "", id] = ids;
	const profile = requireProfile(store, application, id);
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
	ids,
) => {
	const [application = "", id, number] = ids;
	const profile = requireProfile(store, application, id);
	const before = requireVersion(store, profile, number);
	const isDeployed = store
		.list("deployments")
		.some(
			(one) =>
				one.ConfigurationProfileId === profile.Id &&
				one.ApplicationId === application &&
				one.ConfigurationVersion === String(before.VersionNumber),
		);
	const record: VersionRecord = {
		...before,
		deleted: true,
		// Its number is not given again; its content is kept only for deployments, which deliver it further on.
		content: isDeployed ? before.content : new Uint8Array(0),
	};
	const key = toKey(application, profile.Id, before.VersionNumber);
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
	// Byte for byte as it came, in whatever encoding.
	if (record.Description !== undefined)
		headers.push("Description", record.Description);
	if (record.KmsKeyArn !== undefined)
		headers.push("KmsKeyArn", record.KmsKeyArn);
	// Without a hyphen here, unlike on the data plane: so says the model.
	if (record.VersionLabel !== undefined)
		headers.push("VersionLabel", record.VersionLabel);
	return { status, headers, body: record.content, outcome: "ok" };
}

/** The ARN of a key that is named by it; ids and aliases could only be resolved by KMS. */
export function keyArnOf({
	KmsKeyIdentifier,
}: {
	readonly KmsKeyIdentifier?: string;
}): string | undefined {
	// It travels in a header, which carries no other characters.
	return KmsKeyIdentifier &&
		/^arn:[!-9;-~]*:kms:[!-~]*:key\/[!-~]+$/.test(KmsKeyIdentifier)
		? KmsKeyIdentifier
		: undefined;
}

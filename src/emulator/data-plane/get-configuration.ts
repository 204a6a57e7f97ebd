// Deprecated by AWS. It shares its path with the Agent's endpoint.
// https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_GetConfiguration.html
import { createHash } from "node:crypto";
import { badRequest, errorReply } from "../http/errors.ts";
import {
	type HttpRequest,
	type OperationCall,
	queryParameter,
	type Reply,
	toPath,
} from "../http/messages.ts";
import {
	type Catalogue,
	type ConfigurationNames,
	isMissing,
	type MissingResource,
	type ReadResult,
	toConfigurationPath,
	toIamResource,
} from "../registry/catalogue.ts";

const PATH =
	/^\/applications\/([^/]+)\/environments\/([^/]+)\/configurations\/([^/]+)$/;
const MAX_CLIENT_ID_LENGTH = 64;

/** Returns undefined for requests without client id and without signature: those are for the Agent's endpoint. */
export function createGetConfiguration({
	catalogue,
}: {
	readonly catalogue: Catalogue;
}): (request: HttpRequest) => OperationCall | undefined {
	return (request) => {
		if (request.method !== "GET") return undefined;
		const names = parseConfigurationPath(toPath(request.url));
		if (!names || !isGetConfiguration(request)) return undefined;
		return {
			operation: "GetConfiguration",
			subject: toConfigurationPath(names),
			resources: () => {
				const configuration = catalogue.find(names);
				return isMissing(configuration)
					? [toIamResource(names)]
					: configuration.resources;
			},
			run: () => run(catalogue, request, names),
		};
	};
}

/** Parses `/applications/A/environments/E/configurations/C`. */
export function parseConfigurationPath(
	path: string,
): ConfigurationNames | undefined {
	const [, application, environment, profile] =
		PATH.exec(path)?.map((part) => decode(part)) ?? [];
	return application !== undefined &&
		environment !== undefined &&
		profile !== undefined
		? { application, environment, profile }
		: undefined;
}

function isGetConfiguration({ url, headers }: HttpRequest): boolean {
	return (
		queryParameter(url, "client_id") !== undefined ||
		/^AWS4-/.test(headers.authorization ?? "") ||
		queryParameter(url, "X-Amz-Signature") !== undefined
	);
}

function run(
	catalogue: Catalogue,
	{ url }: HttpRequest,
	names: ConfigurationNames,
) {
	const client = queryParameter(url, "client_id") ?? "";
	if (client === "" || [...client].length > MAX_CLIENT_ID_LENGTH)
		return badRequest(
			`client_id must have 1 to ${MAX_CLIENT_ID_LENGTH} characters`,
		);
	const configuration = catalogue.find(names);
	if (isMissing(configuration)) return notFound(configuration, names);
	const known = queryParameter(url, "client_configuration_version");
	const content = configuration.read(toRolloutSlot(client));
	return content instanceof Promise
		? content.then((settled) => toReply(settled, names, known))
		: toReply(content, names, known);
}

function toReply(
	content: ReadResult,
	names: ConfigurationNames,
	known: string | undefined,
): Reply {
	if (isMissing(content)) return notFound(content, names);
	if (content.isFlags)
		return badRequest(
			"Feature flag configurations must be accessed via AWS AppConfig Data's GetLatestConfiguration API.",
		);
	const number = String(content.number);
	const headers = ["Configuration-Version", number];
	if (known === number)
		return { status: 204, headers, body: "", outcome: "unchanged" };
	return {
		status: 200,
		headers: [...headers, "Content-Type", content.contentType],
		body: content.bytes,
		outcome: `version ${number}`,
	};
}

function notFound(
	{ missing }: MissingResource,
	names: ConfigurationNames,
): Reply {
	return errorReply(404, "ResourceNotFoundException", {
		Message: `${missing} not found for ${toConfigurationPath(names)}`,
		ResourceName: missing,
	});
}

/** The slot (0–99) of a client in gradual deployments, the same in every process. */
export function toRolloutSlot(clientId: string): number {
	return createHash("sha256").update(clientId).digest().readUInt32BE(0) % 100;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch (error) {
		if (error instanceof URIError) return text;
		throw error;
	}
}

// https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_StartConfigurationSession.html

import { badRequest, wrongContentType } from "../http/errors.ts";
import {
	type HttpRequest,
	isJson,
	jsonReply,
	type OperationCall,
	parseJson,
	type Reply,
	type ReplyOrPromise,
	toRecord,
} from "../http/messages.ts";
import {
	type Catalogue,
	type Configuration,
	type ConfigurationNames,
	isMissing,
	type MissingResource,
	type ReadResult,
	toConfigurationPath,
	toIamResource,
} from "../registry/catalogue.ts";
import type { Clock } from "../shared/clock.ts";
import { type EventLog, hashToken } from "../shared/event-log.ts";
import { invalidParameter, resourceNotFound } from "./errors.ts";
import type { Tokens } from "./tokens.ts";

export interface StartConfigurationSessionOptions {
	readonly catalogue: Catalogue;
	readonly clock: Clock;
	readonly tokens: Tokens;
	readonly eventLog: EventLog;
	readonly pollIntervalSeconds: number;
	/** The operation that refuses a profile without a deployment, which AWS does not document. */
	readonly nothingDeployed: "start" | "get";
}

interface Input extends ConfigurationNames {
	readonly intervalSeconds: number | undefined;
}

const MIN_INTERVAL_SECONDS = 15;
const MAX_INTERVAL_SECONDS = 86_400;
const MAX_IDENTIFIER_LENGTH = 128;

export function createStartConfigurationSession(
	options: StartConfigurationSessionOptions,
): (request: HttpRequest) => OperationCall {
	const { catalogue, nothingDeployed } = options;
	let sessions = 0;

	function start(input: Input): ReplyOrPromise {
		const configuration = catalogue.find(input);
		if (isMissing(configuration)) return notFound(configuration, input);
		const open = (content?: ReadResult): Reply =>
			content && isMissing(content)
				? notFound(content, input)
				: openSession(options, input, { configuration, session: ++sessions });
		if (nothingDeployed === "get") return open();
		const content = configuration.read(0);
		return content instanceof Promise ? content.then(open) : open(content);
	}

	return (request) => {
		const operation = "StartConfigurationSession";
		const input = parseInput(request);
		if ("status" in input) return { operation, run: () => input };
		return {
			operation,
			subject: toConfigurationPath(input),
			// For a missing resource too, so that an unauthorized caller learns nothing about what exists.
			resources() {
				const configuration = catalogue.find(input);
				return isMissing(configuration)
					? [toIamResource(input)]
					: configuration.resources;
			},
			run: () => start(input),
		};
	};
}

function notFound({ missing }: MissingResource, input: Input): Reply {
	return resourceNotFound(
		missing,
		`${missing} not found for the given identifier`,
		toReference(missing, input),
	);
}

function openSession(
	options: StartConfigurationSessionOptions,
	input: Input,
	{ configuration, session }: { configuration: Configuration; session: number },
): Reply {
	const { clock, tokens, eventLog } = options;
	const { subject } = configuration;
	const intervalSeconds = input.intervalSeconds ?? options.pollIntervalSeconds;
	const token = tokens.issue({
		session,
		isInitial: true,
		issuedAt: clock(),
		intervalSeconds,
		configurationId: configuration.id,
		versionId: 0,
	});
	if (eventLog.enabled) {
		const members = {
			session,
			token: hashToken(token),
			subject,
			intervalSeconds,
		};
		eventLog.record({ event: "session-started", ...members });
		eventLog.record({ event: "token-issued", ...members });
	}
	return jsonReply(201, { InitialConfigurationToken: token }, "session");
}

function parseInput(request: HttpRequest): Input | Reply {
	if (request.isTooLarge) return badRequest("The request body is too large");
	if (!isJson(request)) return badRequest(wrongContentType(request));
	const body = toRecord(parseJson(request.body));
	if (!body) return badRequest("The request body is not a JSON object");
	const names: string[] = [];
	for (const member of MEMBERS) {
		const value = body[member];
		const problem = identifierProblem(value);
		if (problem !== undefined || typeof value !== "string")
			return invalidParameter(`${member} ${problem}`, member, "Corrupted");
		names.push(value);
	}
	const [application = "", environment = "", profile = ""] = names;
	const intervalSeconds = body[INTERVAL] ?? undefined;
	if (intervalSeconds !== undefined && !isInterval(intervalSeconds))
		return invalidParameter(
			`${INTERVAL} must be an integer from ${MIN_INTERVAL_SECONDS} to ${MAX_INTERVAL_SECONDS}`,
			INTERVAL,
			"Corrupted",
		);
	return { application, environment, profile, intervalSeconds };
}

const MEMBERS = [
	"ApplicationIdentifier",
	"EnvironmentIdentifier",
	"ConfigurationProfileIdentifier",
];
const INTERVAL = "RequiredMinimumPollIntervalInSeconds";

function identifierProblem(value: unknown): string | undefined {
	if (value === undefined || value === null) return "is required";
	if (typeof value !== "string") return "must be a string";
	const length = [...value].length;
	return length >= 1 && length <= MAX_IDENTIFIER_LENGTH
		? undefined
		: `must have 1 to ${MAX_IDENTIFIER_LENGTH} characters`;
}

function isInterval(value: unknown): value is number {
	return (
		Number.isInteger(value) &&
		Number(value) >= MIN_INTERVAL_SECONDS &&
		Number(value) <= MAX_INTERVAL_SECONDS
	);
}

function toReference(
	missing: string,
	names: ConfigurationNames,
): Record<string, string> {
	if (missing === "Application")
		return { ApplicationIdentifier: names.application };
	if (missing === "Environment")
		return { EnvironmentIdentifier: names.environment };
	return { ConfigurationProfileIdentifier: names.profile };
}

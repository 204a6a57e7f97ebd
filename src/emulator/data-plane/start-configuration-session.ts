// StartConfigurationSession: three names in, an initial token out.
// https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_StartConfigurationSession.html

import { badRequest, wrongContentType } from "../http/errors.ts";
import type { OperationCall } from "../http/messages.ts";
import {
	type HttpRequest,
	isJson,
	jsonReply,
	type Reply,
	type ReplyOrPromise,
} from "../http/messages.ts";
import {
	type Configuration,
	type ConfigurationNames,
	isMissing,
	type MissingResource,
	toConfigurationPath,
	toIamResource,
} from "../registry/catalogue.ts";
import { hashToken } from "../shared/event-log.ts";
import type { DataPlaneOptions } from "./data-plane.ts";
import { invalidParameter, resourceNotFound } from "./errors.ts";

interface Input extends ConfigurationNames {
	readonly intervalSeconds: number | undefined;
}

const MIN_INTERVAL_SECONDS = 15;
const MAX_INTERVAL_SECONDS = 86_400;
const MAX_IDENTIFIER_LENGTH = 128;

export function createSessionStarter(
	options: DataPlaneOptions,
): (request: HttpRequest) => OperationCall {
	return (request) => {
		const operation = "StartConfigurationSession";
		const input = parseInput(request);
		if ("status" in input) return { operation, run: () => input };
		const subject = toConfigurationPath(input);
		return {
			operation,
			subject,
			resources: () => toResources(options, input),
			run: () => start(options, input),
		};
	};
}

/** Who may not see a thing is not told whether it is there. */
function toResources({ catalogue }: DataPlaneOptions, input: Input) {
	const target = catalogue.find(input);
	return isMissing(target) ? [toIamResource(input)] : target.resources;
}

function start(options: DataPlaneOptions, input: Input): ReplyOrPromise {
	const target = options.catalogue.find(input);
	if (isMissing(target)) return notFound(target, input);
	if (options.nothingDeployed === "get") return open(options, input, target);
	const content = target.read(0);
	if (!(content instanceof Promise))
		return isMissing(content)
			? notFound(content, input)
			: open(options, input, target);
	return content.then((settled) =>
		isMissing(settled)
			? notFound(settled, input)
			: open(options, input, target),
	);
}

function notFound({ missing }: MissingResource, input: Input): Reply {
	return resourceNotFound(
		missing,
		`${missing} not found for the given identifier`,
		toReference(missing, input),
	);
}

function open(
	options: DataPlaneOptions,
	input: Input,
	target: Configuration,
): Reply {
	const { clock, issuer, sessions, eventLog } = options;
	const { subject } = target;
	const session = sessions.open();
	const intervalSeconds = input.intervalSeconds ?? options.pollIntervalSeconds;
	const token = issuer.issue({
		session,
		sequence: 0,
		issuedAt: clock(),
		intervalSeconds,
		target: target.id,
		version: 0,
	});
	if (eventLog.enabled) {
		const seen = { session, token: hashToken(token), subject, intervalSeconds };
		eventLog.record({ event: "session-started", ...seen });
		eventLog.record({ event: "token-issued", ...seen });
	}
	return jsonReply(201, { InitialConfigurationToken: token }, "session");
}

function parseInput(request: HttpRequest): Input | Reply {
	if (request.isTooLarge) return badRequest("The request body is too large");
	if (!isJson(request)) return badRequest(wrongContentType(request));
	const body = parseObject(request.body);
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

function parseObject(body: Uint8Array): Record<string, unknown> | undefined {
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : undefined;
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError)
			return undefined;
		throw error;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
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

// https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_GetLatestConfiguration.html
import type { OperationCall, Reply } from "../http/messages.ts";
import {
	type Catalogue,
	type Configuration,
	type DeliveredVersion,
	isMissing,
	type MissingResource,
	type ReadResult,
} from "../registry/catalogue.ts";
import type { Clock } from "../shared/clock.ts";
import { type EventLog, hashToken } from "../shared/event-log.ts";
import { invalidParameter, resourceNotFound } from "./errors.ts";
import { TOKEN_LIFE_MS, type Token, type Tokens } from "./tokens.ts";

export interface GetLatestConfigurationOptions {
	readonly catalogue: Catalogue;
	readonly clock: Clock;
	readonly tokens: Tokens;
	readonly eventLog: EventLog;
	/** The headers of an unchanged poll, which AWS does not document. */
	readonly unchangedHeaders: "octet-stream" | "same" | "none";
	/** The clients that receive flags with variants in Amazon Ion: those that accept it, all, or none. */
	readonly variants: "accept" | "ion" | "json";
}

export interface PollRequest {
	/** As it stands in the query, percent-encoded. */
	readonly encodedToken: string | undefined;
	readonly accept: string | undefined;
}

interface Poll {
	readonly token: Token;
	/** Empty without an event log. */
	readonly tokenHash: string;
	readonly configuration: Configuration;
}

const OPERATION = "GetLatestConfiguration";
const PARAMETER = "ConfigurationToken";
const EMPTY_BODY = new Uint8Array(0);

export function createGetLatestConfiguration(
	options: GetLatestConfigurationOptions,
): (request: PollRequest) => OperationCall {
	const { catalogue, tokens, eventLog } = options;
	const hashIfEnabled = (encodedToken = "") =>
		eventLog.enabled
			? hashToken(new URLSearchParams(`t=${encodedToken}`).get("t") ?? "")
			: "";
	return ({ encodedToken, accept }) => {
		const token = encodedToken ? tokens.find(encodedToken) : undefined;
		const configuration = token && catalogue.byId(token.configurationId);
		if (!token || !configuration) {
			eventLog.record({
				event: "token-refused",
				token: hashIfEnabled(encodedToken),
				reason: "Corrupted",
			});
			const message = encodedToken
				? "Token not valid"
				: `${PARAMETER} is required`;
			return {
				operation: OPERATION,
				run: () => invalidToken(message),
			};
		}
		const tokenHash = hashIfEnabled(encodedToken);
		const poll = { token, tokenHash, configuration };
		return {
			operation: OPERATION,
			subject: configuration.subject,
			resources: () => configuration.resources,
			run() {
				const content = configuration.read(toRolloutSlot(token.session));
				return content instanceof Promise
					? content.then((settled) => answer(options, poll, settled, accept))
					: answer(options, poll, content, accept);
			},
		};
	};
}

/** 37 and 100 are coprime: any hundred successive sessions occupy all hundred slots. */
function toRolloutSlot(session: number): number {
	return (session * 37) % 100;
}

function answer(
	options: GetLatestConfigurationOptions,
	poll: Poll,
	content: ReadResult,
	accept: string | undefined,
): Reply {
	const { token } = poll;
	const now = options.clock();
	const refusal = checkTime(token, now);
	if (refusal) return refuse(options, poll, refusal);
	if (isMissing(content)) return refuse(options, poll, notFound(content, poll));
	if (!options.tokens.use(token))
		return refuse(options, poll, invalidToken("Token not valid"));
	const version = selectForm(options, content, accept);
	const nextToken = options.tokens.issue({
		session: token.session,
		isInitial: false,
		issuedAt: now,
		intervalSeconds: token.intervalSeconds,
		configurationId: token.configurationId,
		versionId: version.id,
	});
	recordSuccess(options, poll, version, nextToken);
	const isChanged = version.id !== token.versionId;
	const isDescribed = isChanged || options.unchangedHeaders === "same";
	const headers = [
		"Next-Poll-Configuration-Token",
		nextToken,
		"Next-Poll-Interval-In-Seconds",
		String(token.intervalSeconds),
	];
	if (isDescribed) headers.push("Content-Type", version.contentType);
	else if (options.unchangedHeaders === "octet-stream")
		headers.push("Content-Type", "application/octet-stream");
	if (isDescribed && version.label !== undefined)
		headers.push("Version-Label", version.label);
	return {
		status: 200,
		headers,
		body: isChanged ? version.bytes : EMPTY_BODY,
		outcome: isChanged
			? ["version", version.number, version.label].filter(Boolean).join(" ")
			: "unchanged",
	};
}

function checkTime(token: Token, now: number): Reply | undefined {
	if (now - token.issuedAt >= TOKEN_LIFE_MS)
		return invalidParameter("Token has expired", PARAMETER, "Expired");
	const dueAt = token.issuedAt + token.intervalSeconds * 1000;
	// When the clock was set back to before the token was issued, the time waited is unknown.
	const isEarly = now >= token.issuedAt && now < dueAt;
	return isEarly && !token.isInitial
		? invalidParameter(
				"Request too early",
				PARAMETER,
				"PollIntervalNotSatisfied",
			)
		: undefined;
}

function invalidToken(message: string): Reply {
	return invalidParameter(message, PARAMETER, "Corrupted");
}

function notFound(
	{ missing }: MissingResource,
	{ configuration }: Poll,
): Reply {
	return resourceNotFound(missing, `${missing} not found for this session`, {
		ConfigurationProfileIdentifier: configuration.profile,
	});
}

/** A refused token is not spent. */
function refuse(
	{ eventLog }: GetLatestConfigurationOptions,
	poll: Poll,
	reply: Reply,
): Reply {
	eventLog.record({
		event: reply.outcome === "too early" ? "too-early" : "token-refused",
		session: poll.token.session,
		token: poll.tokenHash,
		subject: poll.configuration.subject,
		reason: reply.outcome,
	});
	return reply;
}

/** Both forms of a version have an id, so a session that changes its Accept header receives the version again. */
function selectForm(
	{ variants }: GetLatestConfigurationOptions,
	version: DeliveredVersion,
	accept: string | undefined,
): DeliveredVersion {
	if (!version.withVariants) return version;
	const isIon = variants === "accept" ? acceptsIon(accept) : variants === "ion";
	return isIon ? version.withVariants : version;
}

function recordSuccess(
	{ eventLog }: GetLatestConfigurationOptions,
	{ token, tokenHash, configuration }: Poll,
	version: DeliveredVersion,
	nextToken: string,
): void {
	if (!eventLog.enabled) return;
	const { session } = token;
	const { subject } = configuration;
	const { id, sha256, label, bytes } = version;
	eventLog.record({
		event: "token-accepted",
		token: tokenHash,
		session,
		subject,
	});
	eventLog.record(
		id === token.versionId
			? { event: "unchanged", session, subject }
			: {
					event: "version-served",
					session,
					subject,
					sha256,
					bytes: bytes.length,
					...(label === undefined ? {} : { label }),
				},
	);
	eventLog.record({
		event: "token-issued",
		token: hashToken(nextToken),
		session,
		subject,
	});
}

interface MediaRange {
	readonly type: string;
	readonly parameters: ReadonlyMap<string, string>;
	readonly quality: number;
}

/**
 * Whether an Accept header prefers flags in Amazon Ion. The Agent sends
 * `application/ion;type=AWS.AppConfig.FeatureFlags;q=1.0,*` + `/*;q=0.1`. Wildcards do not select Ion.
 */
function acceptsIon(accept: string | undefined): boolean {
	if (!accept || !/ion/i.test(accept)) return false;
	const ranges = accept.split(",").map(parseRange);
	const ion = ranges
		.filter(({ type, parameters }) => {
			const kind = parameters.get("type") ?? "AWS.AppConfig.FeatureFlags";
			return (
				type === "application/ion" && kind === "AWS.AppConfig.FeatureFlags"
			);
		})
		.map(({ quality }) => quality);
	const json = ranges.filter(({ type }) => type === "application/json");
	const best = Math.max(0, ...ion);
	return best > 0 && json.every(({ quality }) => quality <= best);
}

function parseRange(text: string): MediaRange {
	const [type = "", ...parts] = text.split(";").map((part) => part.trim());
	const parameters = new Map(
		parts.map((part) => {
			const [name = "", value = ""] = part.split("=");
			return [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, "")];
		}),
	);
	const quality = Number(parameters.get("q") ?? 1);
	return {
		type: type.toLowerCase(),
		parameters,
		quality: Number.isNaN(quality) ? 1 : quality,
	};
}

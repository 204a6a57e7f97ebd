// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-OpenAPI.html

import {
	type EvaluatedFlags,
	type IonFlags,
	readIonFlags,
} from "../../flags/delivered.ts";
import { IonError } from "../../flags/ion.ts";
import type { EvaluationContext } from "../../flags/rules.ts";
import {
	parseConfigurationPath,
	toRolloutSlot,
} from "../data-plane/get-configuration.ts";
import {
	decodeHeader,
	type HttpRequest,
	type OperationCall,
	type Reply,
	type ReplyOrPromise,
	toPath,
} from "../http/messages.ts";
import {
	type Catalogue,
	type ConfigurationNames,
	type DeliveredVersion,
	isMissing,
	type ReadResult,
	toConfigurationPath,
} from "../registry/catalogue.ts";
import { decodeIon, FLAGS_HOST } from "../shared/flags-host.ts";
import type { Log } from "../shared/log.ts";

export interface AgentOptions {
	readonly catalogue: Catalogue;
	/** Required as `Authorization: Bearer`. */
	readonly accessToken: string | undefined;
	readonly log: Log;
}

/** The release that the emulator follows. */
const AGENT_VERSION = "2.0.216811";

/** Returns undefined for paths that are not the Agent's. */
export function createAgent(
	options: AgentOptions,
): (request: HttpRequest) => OperationCall | undefined {
	return (request) => {
		if (request.method !== "GET") return undefined;
		const path = toPath(request.url);
		if (path === "/ping")
			return { operation: "AgentPing", run: () => text(200, AGENT_VERSION) };
		const names = parseConfigurationPath(path);
		if (!names) return undefined;
		return {
			operation: "AgentConfiguration",
			subject: toConfigurationPath(names),
			run: () => answer(options, request, names),
		};
	};
}

function answer(
	options: AgentOptions,
	request: HttpRequest,
	names: ConfigurationNames,
): ReplyOrPromise {
	const { catalogue, accessToken } = options;
	const { authorization } = request.headers;
	if (accessToken !== undefined && authorization !== `Bearer ${accessToken}`)
		return text(401, "Unauthorized");
	const configuration = catalogue.find(names);
	if (isMissing(configuration)) return notFound();
	const [entity] = [request.headers["entity-id"] ?? []].flat();
	// A request without an entity counts as the Agent's own session, which has the first slot.
	const slot = entity ? toRolloutSlot(entity) : 0;
	const content = configuration.read(slot);
	return content instanceof Promise
		? content.then((settled) => toReply(options, request, settled))
		: toReply(options, request, content);
}

function toReply(
	{ log }: AgentOptions,
	request: HttpRequest,
	content: ReadResult,
): Reply {
	if (isMissing(content)) return notFound();
	const context = parseContext(request.headers.context);
	if (!context) return text(400, "BadRequest: Context must be key=value");
	const version = content.withVariants ?? content;
	const wanted = new URLSearchParams(request.url.split("?")[1]).getAll("flag");
	const delivered = readFlags(version, log);
	if (!delivered && wanted.length === 0)
		return toOutput(version, version.bytes);
	const flags = delivered
		? delivered.evaluate(context)
		: parseFlags(new TextDecoder().decode(version.bytes));
	if (!flags) return text(400, "BadRequest: not a feature flag configuration");
	const selected = select(flags, wanted);
	if (selected === undefined)
		return text(400, "BadRequest: there is no flag with this name");
	return toOutput(
		{ ...version, contentType: "application/json" },
		JSON.stringify(selected),
	);
}

/** The parsed flags of each version. */
const read = new WeakMap<DeliveredVersion, IonFlags | null>();

/** Null for content that is not flags in Amazon Ion. */
function readFlags(version: DeliveredVersion, log: Log): IonFlags | null {
	if (!version.contentType.startsWith("application/ion")) return null;
	const known = read.get(version);
	if (known !== undefined) return known;
	const flags = tryToRead(version, log);
	read.set(version, flags);
	return flags;
}

function tryToRead(version: DeliveredVersion, log: Log): IonFlags | null {
	try {
		const flags = readIonFlags(decodeIon(version.bytes), FLAGS_HOST);
		for (const problem of flags.problems)
			log.error(`Version ${version.number}: ${problem}`);
		return flags;
	} catch (error) {
		if (!(error instanceof IonError)) throw error;
		log.error(
			`Version ${version.number} is not Ion and is served as it is: it ${error.message}`,
		);
		return null;
	}
}

function parseFlags(source: string): EvaluatedFlags | undefined {
	try {
		const value: unknown = JSON.parse(source);
		return typeof value === "object" && value !== null && !Array.isArray(value)
			? { ...value }
			: undefined;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** One flag as its value, several as an object, all if none is named; undefined if a named flag does not exist. */
function select(flags: EvaluatedFlags, wanted: readonly string[]): unknown {
	if (!wanted.every((key) => Object.hasOwn(flags, key))) return undefined;
	if (wanted.length === 0) return flags;
	if (wanted.length === 1) return flags[wanted[0] ?? ""];
	return Object.fromEntries(wanted.map((key) => [key, flags[key]]));
}

function toOutput(version: DeliveredVersion, body: Uint8Array | string): Reply {
	const headers = [
		"Configuration-Version",
		String(version.number),
		"Content-Type",
		version.contentType,
	];
	if (version.label !== undefined) headers.push("Version-Label", version.label);
	const outcome = ["agent: version", version.number, version.label]
		.filter((part) => part !== undefined)
		.join(" ");
	return { status: 200, headers, body, outcome };
}

function notFound(): Reply {
	return text(404, "ResourceNotFound");
}

function text(status: number, body: string): Reply {
	return {
		status,
		headers: ["Content-Type", "application/text"],
		body,
		outcome: status === 200 ? "agent" : body.replace(/:.*/s, ""),
	};
}

/** The `Context` header: `key=value`, repeated, or several separated by commas. Undefined when it cannot be read. */
function parseContext(
	header: string | readonly string[] | undefined,
): EvaluationContext | undefined {
	const pairs = [header ?? []]
		.flat()
		.flatMap((text) => decodeHeader(text).split(","))
		.map((text) => text.trim())
		.filter((text) => text !== "");
	const context = new Map<string, string>();
	for (const pair of pairs) {
		const [, key, value] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
		if (key === undefined || value === undefined) return undefined;
		context.set(key, value);
	}
	return context;
}

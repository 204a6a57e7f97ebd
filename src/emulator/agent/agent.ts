// The AppConfig Agent's own endpoints: a configuration by its names, flags decided for a context, and /ping.
// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-OpenAPI.html
import {
	type Catalogue,
	type Content,
	isMissing,
	type Names,
	toSubject,
	type Version,
} from "../catalogue.ts";
import type { Call } from "../data-plane.ts";
import { evaluateFlags, type Flags } from "../flags/evaluate.ts";
import { IonError } from "../flags/ion.ts";
import { RuleError } from "../flags/rules.ts";
import { type Answer, type Reply, type Request, toPath } from "../wire.ts";
import { parseContext } from "./context.ts";
import { toEntitySlot } from "./entity.ts";

export interface AgentOptions {
	readonly catalogue: Catalogue;
	/** When set, callers need it as `Authorization: Bearer`. */
	readonly accessToken: string | undefined;
}

const PATH =
	/^\/applications\/([^/]+)\/environments\/([^/]+)\/configurations\/([^/]+)$/;
/** The release whose documentation this follows. */
const AGENT_VERSION = "2.0.216811";

/** Answers undefined for paths that are not the Agent's. */
export function createAgent(
	options: AgentOptions,
): (request: Request) => Call | undefined {
	return (request) => {
		if (request.method !== "GET") return undefined;
		const path = toPath(request.url);
		if (path === "/ping")
			return { operation: "AgentPing", run: () => text(200, AGENT_VERSION) };
		const names = parseNames(path);
		if (!names) return undefined;
		return {
			operation: "AgentConfiguration",
			subject: toSubject(names),
			run: () => answer(options, request, names),
		};
	};
}

function parseNames(path: string): Names | undefined {
	const [, application, environment, profile] =
		PATH.exec(path)?.map((part) => decode(part)) ?? [];
	return application !== undefined &&
		environment !== undefined &&
		profile !== undefined
		? { application, environment, profile }
		: undefined;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch (error) {
		if (error instanceof URIError) return text;
		throw error;
	}
}

function answer(
	{ catalogue, accessToken }: AgentOptions,
	request: Request,
	names: Names,
): Answer {
	const given = request.headers.authorization;
	if (accessToken !== undefined && given !== `Bearer ${accessToken}`)
		return text(401, "Unauthorized");
	const target = catalogue.find(names);
	if (isMissing(target)) return notFound();
	const content = target.read(toEntitySlot(request.headers["entity-id"]));
	return content instanceof Promise
		? content.then((settled) => toReply(request, settled))
		: toReply(request, content);
}

function toReply(request: Request, content: Content): Reply {
	if (isMissing(content)) return notFound();
	const context = parseContext(request.headers.context);
	if (!context) return text(400, "BadRequest: Context must be key=value");
	try {
		const ion = content.contentType.startsWith("application/ion");
		const wanted = new URLSearchParams(request.url.split("?")[1]).getAll(
			"flag",
		);
		if (!ion && wanted.length === 0) return toOutput(content, content.bytes);
		const source = new TextDecoder().decode(content.bytes);
		const flags = ion ? evaluateFlags(source, context) : parseFlags(source);
		if (!flags)
			return text(400, "BadRequest: not a feature flag configuration");
		const selected = select(flags, wanted);
		if (selected === undefined)
			return text(400, "BadRequest: no flag of that name");
		return toOutput(
			{ ...content, contentType: "application/json" },
			JSON.stringify(selected),
		);
	} catch (error) {
		if (error instanceof IonError || error instanceof RuleError)
			return text(500, `InternalServerError: ${error.message}`);
		throw error;
	}
}

function parseFlags(source: string): Flags | undefined {
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

/** One flag is given bare, several as a map, all when none is asked for; undefined when one is unknown. */
function select(flags: Flags, wanted: readonly string[]): unknown {
	if (!wanted.every((key) => Object.hasOwn(flags, key))) return undefined;
	if (wanted.length === 0) return flags;
	if (wanted.length === 1) return flags[wanted[0] ?? ""];
	return Object.fromEntries(wanted.map((key) => [key, flags[key]]));
}

function toOutput(version: Version, body: Uint8Array | string): Reply {
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

// The AppConfig Data service: StartConfigurationSession and GetLatestConfiguration.

import { badRequest } from "../http/errors.ts";
import {
	type HttpRequest,
	type OperationCall,
	toPath,
} from "../http/messages.ts";
import type { Catalogue } from "../registry/catalogue.ts";
import type { Clock } from "../shared/clock.ts";
import type { EventLog } from "../shared/event-log.ts";
import { createConfigurationReader } from "./get-latest-configuration.ts";
import type { Sessions } from "./sessions.ts";
import { createSessionStarter } from "./start-configuration-session.ts";
import type { Tokens } from "./token.ts";

export interface DataPlaneOptions {
	readonly catalogue: Catalogue;
	readonly clock: Clock;
	readonly issuer: Tokens;
	readonly sessions: Sessions;
	readonly eventLog: EventLog;
	readonly pollIntervalSeconds: number;
	/** Whether a token is good for one call, or (unverified) for every call within its life. */
	readonly tokens: "strict" | "replay";
	/** Which operation finds out that nothing is deployed; AWS does not document it. */
	readonly nothingDeployed: "start" | "get";
	/** What an unchanged poll says about the content it does not bring; AWS does not document it. */
	readonly unchangedHeaders: "octet-stream" | "same" | "none";
	/** Who gets flags with their variants, in Amazon Ion: callers that accept it, all of them, or nobody. */
	readonly variants: "accept" | "ion" | "json";
}

const TOKEN_QUERY = "/configuration?configuration_token=";

/** Answers undefined for paths that are not the data plane's. */
export function createDataPlane(
	options: DataPlaneOptions,
): (request: HttpRequest) => OperationCall | undefined {
	const start = createSessionStarter(options);
	const get = createConfigurationReader(options);
	return (request) => {
		const { method, url, headers } = request;
		if (method === "GET" && url.startsWith(TOKEN_QUERY))
			return get(encodedToken(url), headers.accept);
		const path = toPath(url);
		if (path === "/configurationsessions")
			return method === "POST" ? start(request) : wrongMethod(method, path);
		if (path !== "/configuration") return undefined;
		return method === "GET"
			? get(findToken(url), headers.accept)
			: wrongMethod(method, path);
	};
}

function encodedToken(url: string): string {
	const end = url.indexOf("&", TOKEN_QUERY.length);
	return url.slice(TOKEN_QUERY.length, end === -1 ? undefined : end);
}

function findToken(url: string): string | undefined {
	const query = url.slice(url.indexOf("?") + 1);
	const name = "configuration_token=";
	return query
		.split("&")
		.find((part) => part.startsWith(name))
		?.slice(name.length);
}

function wrongMethod(method: string, path: string): OperationCall {
	return {
		operation: "Unknown",
		run: () => badRequest(`${method} is not a method of ${path}`),
	};
}

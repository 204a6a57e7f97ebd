// AWS AppConfig Agent as a source: plain GETs to a process on this machine, which keeps the session with AWS itself.
import type { Access } from "../../core/connection/credential-provider.ts";
import { hostPattern, parseEndpoint } from "../../core/connection/endpoint.ts";
import type { PollResult } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { Fault, FaultKind } from "../../core/session/fault.ts";
import {
	clampInterval,
	MIN_INTERVAL_SECONDS,
} from "../../core/session/schedule.ts";
import type { Token } from "../../core/session/session.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import { fetchWhole } from "../http/fetch-whole.ts";
import { createRedactor, type Redactor } from "../http/redaction.ts";
import { mapSdkError } from "./error-mapping.ts";
import type { AgentSource } from "./source.ts";

export interface AgentPorts {
	readonly now: () => number;
	/** Whether the browser lets the extension call the hosts of a match pattern. */
	readonly mayCall: (pattern: string) => Promise<boolean>;
}

/** The Agent polls AWS every 45 s unless told otherwise (POLL_INTERVAL): more often would show nothing new. */
const INTERVAL_SECONDS = 45;

/** The Agent has no sessions: what stands where others have a token means nothing, is no secret, and may be used again. */
const AGENT_TOKEN = "agent" as Token;

/** Statuses and texts: https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use.html */
const KINDS: { readonly [status: number]: FaultKind } = {
	400: "bad-request",
	401: "access-denied",
	403: "access-denied",
	404: "not-found",
	429: "throttled",
};

type AgentAccess = Extract<Access, { kind: "agent" }>;

export function createAgentSource(ports: AgentPorts): AgentSource {
	return {
		open: async () => ok(AGENT_TOKEN),
		poll: (profile, access) => poll(ports, profile, access),
	};
}

async function poll(
	ports: AgentPorts,
	profile: Profile,
	access: AgentAccess,
): Promise<Result<PollResult, Fault>> {
	const redactor = createRedactor([access.bearer]);
	const about = {
		operation: "GetLatestConfiguration",
		host: new URL(access.url).host,
		at: ports.now(),
	} as const;
	try {
		const { response, body } = await fetchWhole(urlOf(profile, access.url), {
			headers: headersOf(profile, access.bearer),
		});
		if (response.ok) return ok(toPolled(profile, response, { body, redactor }));
		return err({
			...about,
			status: response.status,
			kind: KINDS[response.status] ?? kindOfStatus(response.status),
			detail: redactor.text(new TextDecoder().decode(body)),
		});
	} catch (error) {
		return err(
			await withPermission(
				ports,
				access.url,
				mapSdkError(error, { ...about, redactor }),
			),
		);
	}
}

// The Agent has no other statuses: another server, or a proxy, has answered.
function kindOfStatus(status: number): FaultKind {
	return status >= 500 ? "service-error" : "not-appconfig";
}

function toPolled(
	profile: Profile,
	{ headers }: Response,
	given: { readonly body: Uint8Array; readonly redactor: Redactor },
): PollResult {
	const { body, redactor } = given;
	return {
		token: AGENT_TOKEN,
		...clampInterval(
			profile.minimumPollIntervalSeconds ?? INTERVAL_SECONDS,
			MIN_INTERVAL_SECONDS,
		),
		// Always the whole configuration; the history tells by the hash whether it is new.
		body: body.length > 0 ? body : undefined,
		contentType: redactor.value(
			headers.get("content-type")?.slice(0, 255) || undefined,
		),
		label: redactor.value(labelOf(headers)),
		configurationVersion: redactor.value(
			headers.get("configuration-version")?.slice(0, 64) || undefined,
		),
	};
}

/** With its Configuration-Version, which is all that many versions have for a name. */
function labelOf(headers: Headers): string | undefined {
	const number = headers.get("configuration-version");
	const label = headers.get("version-label") ?? "";
	const both = number ? `${label} (${number})`.trim() : label;
	return both.slice(0, 64) || undefined;
}

function urlOf(profile: Profile, url: string): string {
	const [a, e, c] = [
		profile.application,
		profile.environment,
		profile.configurationProfile,
	].map(encodeURIComponent);
	const flags = (profile.flags ?? [])
		.map((flag) => `flag=${encodeURIComponent(flag)}`)
		.join("&");
	const path = `${url}/applications/${a}/environments/${e}/configurations/${c}`;
	return flags ? `${path}?${flags}` : path;
}

function headersOf(profile: Profile, bearer: string | undefined): Headers {
	const headers = new Headers();
	// One header a pair; on the wire they become one, with commas in between.
	for (const pair of profile.context ?? []) headers.append("Context", pair);
	if (bearer)
		headers.set("Authorization", `Bearer ${bearer.replace(/^Bearer\s+/i, "")}`);
	return headers;
}

// fetch() does not tell a host that may not be called from one that is not there; the browser does.
async function withPermission(
	ports: AgentPorts,
	url: string,
	refused: Fault,
): Promise<Fault> {
	const endpoint = parseEndpoint(url);
	if (refused.kind !== "network" || !endpoint.ok) return refused;
	const pattern = hostPattern("", endpoint.value);
	if (await ports.mayCall(pattern)) return refused;
	return {
		...refused,
		kind: "permission-missing",
		detail: pattern,
		isUnsent: true,
	};
}

import type { Access } from "../../core/connection/credential-provider.ts";
import type { PollResult } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/profile.ts";
import type { Fault, FaultKind } from "../../core/session/fault.ts";
import {
	clampInterval,
	MIN_INTERVAL_SECONDS,
} from "../../core/session/schedule.ts";
import type { Token } from "../../core/session/session.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import {
	type HttpPorts,
	type HttpReply,
	sendRequest,
} from "../http/outgoing-request.ts";
import { createRedactor, type Redactor } from "../http/redaction.ts";
import { mapRequestFault } from "./error-mapping.ts";

export interface AgentPorts extends HttpPorts {
	/** Epoch ms. */
	readonly now: () => number;
}

type AgentAccess = Extract<Access, { kind: "agent" }>;

/** The AWS AppConfig Agent, a process on this machine that keeps the session with AWS itself. */
export interface AgentSource {
	open(profile: Profile, access: AgentAccess): Promise<Result<Token, Fault>>;
	poll(
		profile: Profile,
		access: AgentAccess,
	): Promise<Result<PollResult, Fault>>;
}

/** The Agent polls AWS every 45 s unless told otherwise (POLL_INTERVAL): more often would show nothing new. */
const INTERVAL_SECONDS = 45;

/** The Agent has no sessions, so this stands in for a token. It is no secret and may be sent again. */
const AGENT_TOKEN = "agent" as Token;

/** Statuses and texts: https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use.html */
const KINDS: { readonly [status: number]: FaultKind } = {
	400: "bad-request",
	401: "access-denied",
	403: "access-denied",
	404: "not-found",
	429: "throttled",
};

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
	const operation = "GetLatestConfiguration";
	const at = ports.now();
	const sent = await sendRequest(ports, urlOf(profile, access.url), {
		headers: headersOf(profile, access.bearer),
	});
	if (!sent.ok) return err(mapRequestFault(sent.error, { operation, at }));
	const reply = sent.value;
	const { status, host } = reply;
	if (status >= 200 && status < 300)
		return ok(toPolled(profile, reply, redactor));
	return err({
		kind: KINDS[status] ?? kindOfStatus(status),
		operation,
		at,
		host,
		status,
		detail: redactor.text(reply.text()),
	});
}

/** The Agent has no other statuses: the reply is from another server, or from a proxy. */
function kindOfStatus(status: number): FaultKind {
	return status >= 500 ? "service-error" : "not-appconfig";
}

function toPolled(
	profile: Profile,
	{ headers, body }: HttpReply,
	redactor: Redactor,
): PollResult {
	return {
		token: AGENT_TOKEN,
		...clampInterval(
			profile.minimumPollIntervalSeconds ?? INTERVAL_SECONDS,
			MIN_INTERVAL_SECONDS,
		),
		// The Agent always sends the whole configuration; the history compares its hash.
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

/** The version label with the version number, which many versions have no label beside. */
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
	// One header for each pair; fetch joins them with commas.
	for (const pair of profile.context ?? []) headers.append("Context", pair);
	if (bearer)
		headers.set("Authorization", `Bearer ${bearer.replace(/^Bearer\s+/i, "")}`);
	return headers;
}

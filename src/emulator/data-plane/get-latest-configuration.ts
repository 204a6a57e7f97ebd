// GetLatestConfiguration: a token in, the configuration (or nothing, when it is unchanged) and the next token out.
// https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_GetLatestConfiguration.html

import { acceptsIon } from "../http/accept.ts";
import type { OperationCall, Reply } from "../http/messages.ts";
import {
	type Configuration,
	type DeliveredVersion,
	isMissing,
	type ReadResult,
} from "../registry/catalogue.ts";
import { hashToken } from "../shared/event-log.ts";
import type { DataPlaneOptions } from "./data-plane.ts";
import { invalidParameter, resourceNotFound } from "./errors.ts";
import { TOKEN_LIFE_MS } from "./sessions.ts";
import type { TokenState } from "./token.ts";

const OPERATION = "GetLatestConfiguration";
const TOKEN = "ConfigurationToken";
const NOTHING = new Uint8Array(0);

/** Takes the token as it stands in the query, percent-encoded. */
export function createConfigurationReader(
	options: DataPlaneOptions,
): (encoded: string | undefined, accept: string | undefined) => OperationCall {
	const { catalogue, issuer, eventLog } = options;

	return (encoded, accept) => {
		const token = encoded ? issuer.openEncoded(encoded) : undefined;
		const target = token && catalogue.byId(token.target);
		if (!encoded || !token || !target) {
			if (eventLog.enabled)
				eventLog.record({ event: "token-refused", reason: "Corrupted" });
			return { operation: OPERATION, run: () => corrupted(encoded) };
		}
		const id = eventLog.enabled ? hashToken(decodeURIComponent(encoded)) : "";
		const { subject } = target;
		return {
			operation: OPERATION,
			subject,
			resources: () => target.resources,
			run() {
				const poll = { token, target, id, subject };
				const content = target.read(toSlot(token.session));
				if (content instanceof Promise)
					return content.then((settled) =>
						answer(options, poll, toForm(options, settled, accept)),
					);
				return answer(options, poll, toForm(options, content, accept));
			},
		};
	};
}

interface Poll {
	readonly token: TokenState;
	readonly target: Configuration;
	/** For the ledger. */
	readonly id: string;
	readonly subject: string;
}

function answer(
	options: DataPlaneOptions,
	poll: Poll,
	content: ReadResult,
): Reply {
	const { clock, sessions, eventLog, issuer } = options;
	const { token, id, subject } = poll;
	const now = clock();
	const refusal = judge(token, now, expectedSequence(options, token));
	if (refusal || isMissing(content)) {
		if (eventLog.enabled) recordRefusal(options, poll, refusal);
		return refusal ?? nothingThere(content, poll.target);
	}
	sessions.accept(token.session, now);
	const next = issuer.issue({
		session: token.session,
		sequence: token.sequence + 1,
		issuedAt: now,
		intervalSeconds: token.intervalSeconds,
		target: token.target,
		version: content.id,
	});
	const changed = content.id !== token.version;
	if (eventLog.enabled) {
		const seen = { session: token.session, subject };
		eventLog.record({ event: "token-accepted", token: id, ...seen });
		eventLog.record(
			changed
				? { event: "version-served", ...seen, ...describe(content) }
				: { event: "unchanged", ...seen },
		);
		eventLog.record({ event: "token-issued", token: hashToken(next), ...seen });
	}
	return toReply(options, content, {
		changed,
		token: next,
		intervalSeconds: token.intervalSeconds,
	});
}

/** Each form has an id of its own: who changes what it accepts gets the configuration anew. */
function toForm(
	{ variants }: DataPlaneOptions,
	content: ReadResult,
	accept: string | undefined,
): ReadResult {
	if (isMissing(content) || !content.withVariants) return content;
	const wanted =
		variants === "accept" ? acceptsIon(accept) : variants === "ion";
	return wanted ? content.withVariants : content;
}

/** Documented is "one call"; that AWS lets a token be used again within its life has been seen, too (unverified). */
function expectedSequence(
	{ sessions, tokens }: DataPlaneOptions,
	token: TokenState,
): number | undefined {
	const expected = sessions.expected(token.session);
	return tokens === "replay" && expected !== undefined
		? token.sequence
		: expected;
}

/** What is wrong with a token of ours; nothing is spent by being refused. */
function judge(
	token: TokenState,
	now: number,
	expected: number | undefined,
): Reply | undefined {
	if (now - token.issuedAt >= TOKEN_LIFE_MS || expected === undefined)
		return invalidParameter("Token has expired", TOKEN, "Expired");
	if (token.sequence !== expected)
		return invalidParameter("Token not valid", TOKEN, "Corrupted");
	const dueAt = token.issuedAt + token.intervalSeconds * 1000;
	// A clock that was set back to before the token's issue tells nothing about how long its caller has waited.
	const isEarly = now >= token.issuedAt && now < dueAt;
	if (token.sequence > 0 && isEarly)
		return invalidParameter(
			"Request too early",
			TOKEN,
			"PollIntervalNotSatisfied",
		);
	return undefined;
}

function toReply(
	{ unchangedHeaders }: DataPlaneOptions,
	version: DeliveredVersion,
	poll: { changed: boolean; token: string; intervalSeconds: number },
): Reply {
	const { changed } = poll;
	const headers = [
		"Next-Poll-Configuration-Token",
		poll.token,
		"Next-Poll-Interval-In-Seconds",
		String(poll.intervalSeconds),
	];
	const described = changed || unchangedHeaders === "same";
	if (described) headers.push("Content-Type", version.contentType);
	else if (unchangedHeaders === "octet-stream")
		headers.push("Content-Type", "application/octet-stream");
	if (described && version.label !== undefined)
		headers.push("Version-Label", version.label);
	return {
		status: 200,
		headers,
		body: changed ? version.bytes : NOTHING,
		outcome: changed ? toOutcome(version) : "unchanged",
	};
}

function toOutcome({ number, label }: DeliveredVersion): string {
	return label === undefined
		? `version ${number}`
		: `version ${number} ${label}`;
}

function corrupted(encoded: string | undefined): Reply {
	return encoded
		? invalidParameter("Token not valid", TOKEN, "Corrupted")
		: invalidParameter(`${TOKEN} is required`, TOKEN, "Corrupted");
}

function nothingThere(content: ReadResult, target: Configuration): Reply {
	const missing = isMissing(content) ? content.missing : "Configuration";
	return resourceNotFound(missing, `${missing} not found for this session`, {
		ConfigurationProfileIdentifier: target.profile,
	});
}

function recordRefusal(
	options: DataPlaneOptions,
	{ token, id, subject }: Poll,
	refusal: Reply | undefined,
): void {
	const reason = refusal?.outcome ?? "not found";
	options.eventLog.record({
		event: reason === "too early" ? "too-early" : "token-refused",
		session: token.session,
		token: id,
		subject,
		reason,
	});
}

function describe(version: DeliveredVersion) {
	const { sha256, label, bytes } = version;
	return {
		sha256,
		bytes: bytes.length,
		...(label === undefined ? {} : { label }),
	};
}

/** 37 and 100 share no factor: of any hundred successive sessions, each has a slot of its own. */
function toSlot(session: number): number {
	return (session * 37) % 100;
}

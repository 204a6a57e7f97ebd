import type { PollResult } from "../../core/ports.ts";
import type { Fault, FaultKind, Operation } from "../../core/session/fault.ts";
import { clampInterval } from "../../core/session/schedule.ts";
import type { Token } from "../../core/session/session.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import type { Redactor } from "../http/redaction.ts";

export interface ReplyContext {
	/** Epoch ms, for the fault. */
	readonly at: number;
	readonly host: string;
	/** The lower bound for the poll interval, whatever the service asks for. */
	readonly minIntervalSeconds: number;
	/** Applied to what is stored of a reply besides its body. */
	readonly redactor: Redactor;
}

/** Limits of AWS's API model. Longer values are cut, and longer tokens refused. */
const CONTENT_TYPE_MAX = 255;
const LABEL_MAX = 64;
const TOKEN_MAX = 8_192;

export function toToken(
	reply: Result<{ InitialConfigurationToken?: string | undefined }, Fault>,
	context: ReplyContext,
): Result<Token, Fault> {
	if (!reply.ok) return reply;
	const { InitialConfigurationToken: token } = reply.value;
	const operation = "StartConfigurationSession";
	if (typeof token !== "string" || !token)
		return refuse("not-appconfig", operation, context);
	return isToken(token) ? ok(token) : refuseToken(token, operation, context);
}

export function toPolled(
	reply: Result<
		{
			NextPollConfigurationToken?: string | undefined;
			NextPollIntervalInSeconds?: number | undefined;
			ContentType?: string | undefined;
			VersionLabel?: string | undefined;
			Configuration?: Uint8Array | null | undefined;
		},
		Fault
	>,
	context: ReplyContext,
): Result<PollResult, Fault> {
	if (!reply.ok) return reply;
	const out = reply.value;
	const { redactor, minIntervalSeconds } = context;
	const { NextPollConfigurationToken: token } = out;
	const operation = "GetLatestConfiguration";
	// A reply without a token may be a proxy's page, which must not replace a configuration.
	if (!token) return refuse("no-next-token", operation, context);
	if (!isToken(token)) return refuseToken(token, operation, context);
	const interval = clampInterval(
		out.NextPollIntervalInSeconds,
		minIntervalSeconds,
	);
	// An empty body means unchanged; the SDK returns null for it, contrary to its types. Nothing reads the metadata then, and
	// redacting it takes more time than the rest of such a poll.
	if (!out.Configuration?.length)
		return ok({
			token,
			...interval,
			body: undefined,
			contentType: undefined,
			label: undefined,
		});
	return ok({
		token,
		...interval,
		body: out.Configuration,
		contentType: redactor.value(
			out.ContentType?.slice(0, CONTENT_TYPE_MAX) || undefined,
		),
		label: redactor.value(out.VersionLabel?.slice(0, LABEL_MAX) || undefined),
	});
}

function refuse(
	kind: FaultKind,
	operation: Operation,
	{ at, host }: ReplyContext,
	detail = "",
): Result<never, Fault> {
	return err({ kind, operation, at, host, detail });
}

function refuseToken(
	token: string,
	operation: Operation,
	context: ReplyContext,
): Result<never, Fault> {
	const { length } = token;
	const why =
		length > TOKEN_MAX
			? `The token has ${length} characters.`
			: "The token has spaces or line breaks in it.";
	return refuse("token-unusable", operation, context, why);
}

/** The pattern of AWS's API model. */
function isToken(value: string): value is Token {
	return value.length <= TOKEN_MAX && /^\S+$/.test(value);
}

// What the service has answered, checked before it is believed: a token, or a poll's reply.

import type { PollResult } from "../../core/ports.ts";
import type { Fault, FaultKind, Operation } from "../../core/session/fault.ts";
import { clampInterval } from "../../core/session/schedule.ts";
import type { Token } from "../../core/session/session.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import type { Redactor } from "../http/redaction.ts";

export interface ReplyContext {
	/** Epoch ms, for the fault. */
	readonly at: number;
	/** The host that was called. */
	readonly host: string;
	/** Seconds: polls are never closer, whatever the service asks for. */
	readonly minIntervalSeconds: number;
	/** What is stored of a reply besides its body repeats no secret. */
	readonly redactor: Redactor;
}

/** The model's limits; a service that goes past them is cut off, not believed. */
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
	// Without it the reply is some proxy's page: it must never take the place of a configuration.
	if (!token) return refuse("no-next-token", operation, context);
	if (!isToken(token)) return refuseToken(token, operation, context);
	return ok({
		token,
		...clampInterval(out.NextPollIntervalInSeconds, minIntervalSeconds),
		// The SDK gives null for an empty body, which its types do not say; empty means unchanged.
		body: out.Configuration?.length ? out.Configuration : undefined,
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

/** The model's pattern for a token. */
function isToken(value: string): value is Token {
	return value.length <= TOKEN_MAX && /^\S+$/.test(value);
}

// What the service has answered, checked before it is believed: a token, or a poll's reply.
import type { Fault } from "../core/fault.ts";
import type { Polled } from "../core/ports.ts";
import { err, ok, type Result } from "../core/result.ts";
import { DEFAULT_INTERVAL_SECONDS } from "../core/schedule.ts";
import type { Token } from "../core/session.ts";

/** The model's limits; a service that goes past them is cut off, not believed. */
const CONTENT_TYPE_MAX = 255;
const LABEL_MAX = 64;
const INTERVAL_MAX_SECONDS = 86_400;

/** `at`: epoch ms, for the fault. */
export function toToken(
	reply: Result<{ InitialConfigurationToken?: string | undefined }, Fault>,
	at: number,
): Result<Token, Fault> {
	if (!reply.ok) return reply;
	const { InitialConfigurationToken: token } = reply.value;
	if (isToken(token)) return ok(token);
	return err({
		kind: "not-appconfig",
		operation: "StartConfigurationSession",
		at,
		detail: "",
	});
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
	at: number,
): Result<Polled, Fault> {
	if (!reply.ok) return reply;
	const out = reply.value;
	// Without it the reply is some proxy's page: it must never take the place of a configuration.
	if (!isToken(out.NextPollConfigurationToken))
		return err({
			kind: "no-next-token",
			operation: "GetLatestConfiguration",
			at,
			detail: "",
		});
	return ok({
		token: out.NextPollConfigurationToken,
		intervalSeconds: interval(out.NextPollIntervalInSeconds),
		// The SDK gives null for an empty body, which its types do not say; empty means unchanged.
		body: out.Configuration?.length ? out.Configuration : undefined,
		contentType: out.ContentType?.slice(0, CONTENT_TYPE_MAX) || undefined,
		label: out.VersionLabel?.slice(0, LABEL_MAX) || undefined,
	});
}

/** The model calls the header optional: without a usable one, the default of the service. */
function interval(seconds: number | undefined): number {
	if (seconds === undefined || !(seconds >= 1)) return DEFAULT_INTERVAL_SECONDS;
	return Math.min(seconds, INTERVAL_MAX_SECONDS);
}

/** The model's pattern for a token. */
function isToken(value: unknown): value is Token {
	return typeof value === "string" && /^\S{1,8192}$/.test(value);
}

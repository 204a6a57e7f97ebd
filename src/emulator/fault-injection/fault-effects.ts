import { gzipSync } from "node:zlib";
import { CLOCK_TOLERANCE_MS, parseAmzDate } from "../auth/signature.ts";
import { invalidParameter } from "../data-plane/errors.ts";
import { errorReply, internalError, throttled } from "../http/errors.ts";
import type { HttpRequest, Reply, ReplyOrPromise } from "../http/messages.ts";
import type { Clock } from "../shared/clock.ts";
import type { FaultName, FaultRule } from "./faults.ts";

interface FaultContext {
	readonly request: HttpRequest;
	readonly clock: Clock;
	readonly run: () => ReplyOrPromise;
}

type FaultEffect = (rule: FaultRule, context: FaultContext) => ReplyOrPromise;

export async function applyFault(
	rule: FaultRule,
	context: FaultContext,
): Promise<Reply> {
	return FAULT_EFFECTS[rule.fault](rule, context);
}

const TOKEN = "Next-Poll-Configuration-Token";
const TWENTY_MINUTES_MS = 20 * 60 * 1000;

const FAULT_EFFECTS: Record<FaultName, FaultEffect> = {
	throttle: () => throttled(),
	error: () => internalError(),
	html: () => ({
		status: 502,
		headers: ["Content-Type", "text/html"],
		body: "<html><body><h1>502 Bad Gateway</h1></body></html>",
		outcome: "html",
	}),
	delay: async ({ milliseconds: delayMs = 1000 }, { run }) => ({
		...(await run()),
		transferFault: { delayMs },
	}),
	slow: async ({ bytesPerSecond = 1000 }, { run }) => ({
		...(await run()),
		transferFault: { bytesPerSecond },
	}),
	cut: async ({ bytes: cutAfterBytes = 1 }, { run }) => ({
		...(await run()),
		transferFault: { cutAfterBytes },
	}),
	"gzip-bomb": async ({ bytes = 100_000_000 }, { run }) => {
		const reply = await run();
		return {
			...reply,
			headers: [...reply.headers, "Content-Encoding", "gzip"],
			body: gzipSync(Buffer.alloc(bytes, " ")),
		};
	},
	redirect: (
		{ location = "http://elsewhere.invalid/" },
		{ request: { url } },
	) => ({
		status: 307,
		headers: ["Location", new URL(url, location).href],
		body: "",
		outcome: "redirect",
	}),
	"no-next-token": async (_, { run }) =>
		withHeader(await run(), TOKEN, () => undefined),
	"bad-next-token": async (_, { run }) =>
		withHeader(await run(), TOKEN, (token) => `AYADe${token.slice(9)}`),
	"corrupted-token": () =>
		invalidParameter("Token not valid", "ConfigurationToken", "Corrupted"),
	"expired-token": () =>
		invalidParameter("Token has expired", "ConfigurationToken", "Expired"),
	"wrong-content-type": async (_, { run }) =>
		withHeader(await run(), "Content-Type", () => "text/html"),
	"clock-off": async ({ milliseconds = TWENTY_MINUTES_MS }, context) =>
		replyWithWrongClock(milliseconds, context),
	"duplicate-headers": async (_, { run }) => {
		const reply = await run();
		return { ...reply, headers: [...reply.headers, ...reply.headers] };
	},
	"huge-headers": async ({ bytes = 32_000 }, { run }) => {
		const reply = await run();
		const huge = ["x-huge", "x".repeat(bytes)];
		return { ...reply, headers: [...reply.headers, ...huge] };
	},
};

function withHeader(
	reply: Reply,
	name: string,
	change: (value: string) => string | undefined,
): Reply {
	const headers: string[] = [];
	for (let at = 0; at < reply.headers.length; at += 2) {
		const [key = "", value = ""] = reply.headers.slice(at, at + 2);
		const changed = key === name ? change(value) : value;
		if (changed !== undefined) headers.push(key, changed);
	}
	return { ...reply, headers };
}

/** Sends a wrong Date, and refuses signatures that are outside the tolerance by the wrong clock. */
async function replyWithWrongClock(
	milliseconds: number,
	{ request, clock, run }: FaultContext,
): Promise<Reply> {
	const at = clock() + milliseconds;
	const signed = parseAmzDate(String(request.headers["x-amz-date"])) ?? at;
	const reply =
		Math.abs(signed - at) > CLOCK_TOLERANCE_MS
			? errorReply(403, "InvalidSignatureException", {
					message: "Signature expired: the clocks differ by over 5 min.",
				})
			: await run();
	return { ...reply, date: new Date(at).toUTCString() };
}

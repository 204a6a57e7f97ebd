// What each fault does: a refusal instead of the call, or a reply that is spoilt after it.
import { gzipSync } from "node:zlib";
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

type FaultEffect = (rule: FaultRule, struck: FaultContext) => ReplyOrPromise;

export async function applyFault(
	rule: FaultRule,
	struck: FaultContext,
): Promise<Reply> {
	return FAULT_EFFECTS[rule.fault](rule, struck);
}

const TOKEN = "Next-Poll-Configuration-Token";
const TWENTY_MINUTES_MS = 20 * 60 * 1000;
const SIGNATURE_TOLERANCE_MS = 5 * 60 * 1000;

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
	"clock-off": async ({ milliseconds = TWENTY_MINUTES_MS }, struck) =>
		replyWithWrongClock(milliseconds, struck),
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

/** The service's own clock is wrong: its Date says so, and it refuses signatures that its clock finds untimely. */
async function replyWithWrongClock(
	milliseconds: number,
	{ request, clock, run }: FaultContext,
): Promise<Reply> {
	const at = clock() + milliseconds;
	const [, date, time] =
		/^(\d{8})T(\d{6})Z$/.exec(String(request.headers["x-amz-date"])) ?? [];
	const signed = date && time ? parseTime(date, time) : at;
	const reply =
		Math.abs(signed - at) > SIGNATURE_TOLERANCE_MS
			? errorReply(403, "InvalidSignatureException", {
					message: "Signature expired: the clocks differ by over 5 min.",
				})
			: await run();
	return { ...reply, date: new Date(at).toUTCString() };
}

function parseTime(date: string, time: string): number {
	return Date.parse(
		`${date.replace(/(\d{4})(\d\d)(\d\d)/, "$1-$2-$3")}T${time.replace(/(\d\d)(\d\d)(\d\d)/, "$1:$2:$3")}Z`,
	);
}

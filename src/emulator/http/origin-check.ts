import { escapeInvisible } from "../shared/escape-invisible.ts";
import type { Log } from "../shared/log.ts";
import { errorReply } from "./errors.ts";
import { type HttpRequest, isJson, type Reply } from "./messages.ts";

/**
 * Keeps web pages out. A browser lets any page send requests to loopback, and a "simple" one (a form, `text/plain`,
 * no content type) is carried out before the browser asks whether the page may read the reply. `Origin` and
 * `Sec-Fetch-Site` tell such requests apart; pages cannot set them, and SDKs, the CLI and curl do not send them.
 * https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
 */
export interface OriginCheck {
	/** The reply to a request that is not carried out: a refusal, or the answer to a preflight. */
	intercept(request: HttpRequest): Reply | undefined;
	/** Adds what a browser needs to give the reply to a page that `--cors` names, and to nobody else. */
	addHeaders(request: HttpRequest, reply: Reply): Reply;
}

/** `allowed`: origins such as `http://localhost:3000`; "*" stands for every page. */
export function createOriginCheck(
	allowed: readonly string[],
	log: Log,
): OriginCheck {
	const origins = new Set(allowed);
	const anyOrigin = origins.has("*");
	const announced = new Set<string>();

	function isAllowed(origin: string | undefined): boolean {
		return anyOrigin || (origin !== undefined && origins.has(origin));
	}

	function refusal(who: string, origin: string | undefined): Reply {
		const shown = escapeInvisible(who.slice(0, 200));
		const wayOut =
			origin !== undefined && ORIGIN.test(origin)
				? `To allow it, start the emulator with --cors ${escapeInvisible(origin.slice(0, 200))}`
				: "Pages of origins that --cors names can call it with fetch()";
		if (!announced.has(shown) && announced.size < MAX_LOGGED_ORIGINS) {
			announced.add(shown);
			log.event(`Refused a request from ${shown}. ${wayOut}.`);
		}
		const reply = errorReply(
			403,
			"AccessDeniedException",
			{ Message: `The emulator refuses requests from ${shown}. ${wayOut}.` },
			"foreign origin",
		);
		reply.subject = shown;
		return reply;
	}

	return {
		intercept(request) {
			const { origin, "sec-fetch-site": site } = request.headers;
			if (request.method === "OPTIONS" && isAllowed(origin)) return preflight();
			if (origin === undefined && site === undefined) return undefined;
			if (isAllowed(origin)) return undefined;
			if (origin !== undefined && EXTENSION.test(origin))
				return isRead(request) || isPreflighted(request)
					? undefined
					: refusal(
							`${origin} without a header that needs a preflight`,
							origin,
						);
			if (origin !== undefined && origin !== ownOrigin(request))
				return refusal(
					ORIGIN.test(origin)
						? `pages of ${origin}`
						: `pages whose origin is ${JSON.stringify(origin)}`,
					origin,
				);
			if (site !== undefined && !TRUSTED_FETCH_SITES.has(String(site)))
				return refusal(`pages of other origins (${site})`, undefined);
			return undefined;
		},
		addHeaders(request, reply) {
			const { origin } = request.headers;
			// Most requests, of clients outside browsers.
			if (origins.size === 0 && !isBrowser(request)) return reply;
			const headers: string[] = [];
			if (anyOrigin) headers.push("Access-Control-Allow-Origin", "*");
			else if (origins.size > 0) headers.push("Vary", "Origin");
			if (!anyOrigin && origin !== undefined && origins.has(origin))
				headers.push("Access-Control-Allow-Origin", origin);
			if (headers.length > 0 && isAllowed(origin))
				headers.push(...EXPOSE_HEADERS);
			if (isBrowser(request)) headers.push(...SANDBOX_HEADERS);
			return headers.length === 0
				? reply
				: { ...reply, headers: [...reply.headers, ...headers] };
		},
	};
}

/** Origins that the log names once each; a page may invent any number of host names. */
const MAX_LOGGED_ORIGINS = 100;

const EXTENSION = /^(?:chrome|moz|safari-web)-extension:\/\/[\w.-]+$/i;

/** What --cors takes. */
const ORIGIN = /^[a-z-]+:\/\/[^\s,/]+$/i;

/** "none": the user typed the address, or an extension that may call this host asks. */
const TRUSTED_FETCH_SITES: ReadonlySet<string> = new Set([
	"same-origin",
	"none",
]);

function ownOrigin({ headers: { host } }: HttpRequest): string | undefined {
	return host === undefined ? undefined : `http://${host.toLowerCase()}`;
}

function isRead({ method }: HttpRequest): boolean {
	return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/**
 * An extension without permission for this host can send a write only after a preflight, which is refused, unless the
 * write is a simple one. Every request of an AWS SDK has one of these headers.
 */
function isPreflighted(request: HttpRequest): boolean {
	return (
		isJson(request) ||
		Object.keys(request.headers).some((name) => /^(x-amz|amz-sdk)-/.test(name))
	);
}

function isBrowser({ headers }: HttpRequest): boolean {
	return (
		headers["sec-fetch-site"] !== undefined ||
		headers.origin !== undefined ||
		(headers.accept?.includes("text/html") ?? false)
	);
}

/** A configuration of type text/html, opened in a tab, must not become a page of the emulator's own origin. */
const SANDBOX_HEADERS = [
	"Content-Security-Policy",
	"default-src 'none'; sandbox",
	"X-Content-Type-Options",
	"nosniff",
];

const EXPOSE_HEADERS = [
	"Access-Control-Expose-Headers",
	"Next-Poll-Configuration-Token, Next-Poll-Interval-In-Seconds, Version-Label, Configuration-Version, Version-Number, VersionLabel, Description, x-amzn-RequestId, x-amzn-ErrorType, Date",
];

// Request headers measured from the AWS SDK for JavaScript, then the modelled ones and those of the Agent.
function preflight(): Reply {
	return {
		status: 204,
		headers: [
			"Access-Control-Allow-Methods",
			"GET, HEAD, POST, PATCH, DELETE",
			"Access-Control-Allow-Headers",
			"authorization, content-type, x-amz-date, x-amz-content-sha256, x-amz-security-token, x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request, context, entity-id, description, versionlabel, latest-version-number, allow-revert",
			"Access-Control-Max-Age",
			"600",
		],
		body: "",
		outcome: "preflight",
	};
}

import { escapeInvisible } from "../shared/escape-invisible.ts";
import type { Log } from "../shared/log.ts";
import { errorReply } from "./errors.ts";
import { type HttpRequest, isJson, type Reply } from "./messages.ts";

/**
 * Refuses requests from web pages. A browser lets every page send requests to loopback, and checks only afterwards whether
 * the page may read the reply to a "simple" request (a form, `text/plain`, no content type). `Origin` and
 * `Sec-Fetch-Site` identify such requests: pages cannot set them, and SDKs, the AWS CLI and curl do not send them.
 * https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
 */
export interface OriginCheck {
	/** A refusal, or the reply to a preflight; undefined for a request that may be processed. */
	intercept(request: HttpRequest): Reply | undefined;
	/** Adds CORS headers for the origins that `--cors` names, and headers that sandbox the reply in a browser. */
	addHeaders(request: HttpRequest, reply: Reply): Reply;
}

/** `allowed`: origins such as `http://localhost:3000`; "*" allows every page. */
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

	function refusal(sender: string, origin: string | undefined): Reply {
		const shown = escapeInvisible(sender.slice(0, 200));
		const advice =
			origin !== undefined && ORIGIN.test(origin)
				? `To allow it, start the emulator with --cors ${escapeInvisible(origin.slice(0, 200))}`
				: "Pages of origins that --cors names can call it with fetch()";
		if (!announced.has(shown) && announced.size < MAX_LOGGED_ORIGINS) {
			announced.add(shown);
			log.event(`Refused a request from ${shown}. ${advice}.`);
		}
		const reply = errorReply(
			403,
			"AccessDeniedException",
			{ Message: `The emulator refuses requests from ${shown}. ${advice}.` },
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

/** A page can use any number of host names. */
const MAX_LOGGED_ORIGINS = 100;

const EXTENSION = /^(?:chrome|moz|safari-web)-extension:\/\/[\w.-]+$/i;

/** An origin that --cors accepts. */
const ORIGIN = /^[a-z-]+:\/\/[^\s,/]+$/i;

/** "none": the user entered the address, or an extension with permission for this host sent the request. */
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
 * With one of these headers, an extension without permission for this host needs a preflight, which is refused. Every
 * request of an AWS SDK has one.
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

/** Without these, a configuration of type text/html that is opened in a tab would be a page of the emulator's origin. */
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

// The request headers that the AWS SDK for JavaScript sends, those of the API model, and those of the Agent.
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

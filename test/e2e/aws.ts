// A mock of AWS on loopback: Identity Center's OIDC and portal, STS, and AppConfig in front of the emulator.
import type {
	IncomingMessage,
	RequestListener,
	ServerResponse,
} from "node:http";
import { createSso, type Sso } from "./aws-sso.ts";
import { assumeRole } from "./aws-sts.ts";

export const REGION = "eu-west-1";
/** Nobody's business: what is sent there has leaked. */
export const STRAY_HOST = "stray.example.com";

export const HOSTS = ["oidc", "portal.sso", "sts", "appconfigdata", "appconfig"]
	.map((service) => `${service}.${REGION}.amazonaws.com`)
	.concat(STRAY_HOST);
/** AWS allows a signature's time to be this far off. */
const SKEW_MS = 300_000;

export interface Call {
	readonly method: string;
	readonly url: URL;
	readonly headers: IncomingMessage["headers"];
	readonly body: string;
}

export interface Aws {
	readonly sso: Sso;
	readonly answer: RequestListener;
	readonly calls: readonly Call[];
	/** Whether METHOD path was called. */
	wasCalled(route: string): boolean;
	/** How far AWS's clock is ahead of this computer's, in ms. */
	clockMs: number;
	/** Access key ids that are refused as expired. */
	readonly expired: Set<string>;
	/** The code that STS refuses with, if it does. */
	stsRefusal: string | undefined;
	/** Services, by the first label of their host, that send everyone to STRAY_HOST. */
	readonly redirected: Set<string>;
	/** How many calls of the control plane are still to be throttled. */
	throttled: number;
	/** The access key id that a configuration was asked for with last. */
	readonly signer: string | undefined;
}

export function createAws(emulatorUrl: string): Aws {
	const calls: Call[] = [];
	let signer: string | undefined;
	const aws: Aws = {
		sso: createSso(),
		answer: (request, response) => void answer(request, response),
		calls,
		wasCalled: (route: string) =>
			calls.some(({ method, url }) => `${method} ${url.pathname}` === route),
		clockMs: 0,
		expired: new Set(),
		stsRefusal: undefined,
		redirected: new Set(),
		throttled: 0,
		get signer() {
			return signer;
		},
	};

	async function answer(
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<void> {
		const { method = "", headers } = request;
		const url = new URL(request.url ?? "", `https://${headers.host}`);
		const body = await textOf(request);
		const call = { method, url, headers, body };
		calls.push(call);
		const now = Date.now() + aws.clockMs;
		response.setHeader("Date", new Date(now).toUTCString());
		const [service = ""] = url.hostname.split(".");
		if (aws.redirected.has(service))
			return end(response, 302, "", { Location: `https://${STRAY_HOST}/` });
		const refusal = refusalOf(call, now);
		if (refusal) return refuse(response, refusal);
		if (service === "oidc" || service === "portal")
			return sendJson(response, aws.sso.reply(call));
		if (service === "sts") return endSts(response, call, now);
		if (service === "appconfig" && aws.throttled > 0) {
			aws.throttled -= 1;
			return refuse(response, ["TooManyRequestsException", 429]);
		}
		if (service.startsWith("appconfig")) return forward(call, response);
		end(response, 200, "{}");
	}

	function refusalOf(
		{ headers }: Call,
		now: number,
	): readonly [name: string, status: number] | undefined {
		const { authorization = "" } = headers;
		const key = /Credential=([^/]+)/.exec(authorization)?.[1];
		if (!key) return undefined;
		if (Math.abs(signedAt(headers) - now) > SKEW_MS)
			return ["InvalidSignatureException", 403];
		return aws.expired.has(key) ? ["ExpiredTokenException", 403] : undefined;
	}

	function endSts(response: ServerResponse, call: Call, now: number): void {
		const [status, xml] = assumeRole(call.body, aws.stsRefusal, now);
		end(response, status, xml, { "Content-Type": "text/xml" });
	}

	async function forward(call: Call, response: ServerResponse): Promise<void> {
		const { method, url, headers, body } = call;
		const { authorization = "" } = headers;
		if (url.hostname.startsWith("appconfigdata."))
			signer = /Credential=([^/]+)/.exec(authorization)?.[1];
		const answered = await fetch(emulatorUrl + url.pathname + url.search, {
			method,
			headers: { "content-type": "application/json", authorization },
			...(body ? { body } : {}),
		});
		for (const [name, value] of answered.headers)
			if (!/^(connection|keep-alive|transfer-encoding|date)$/.test(name))
				response.setHeader(name, value);
		response.writeHead(answered.status);
		response.end(Buffer.from(await answered.arrayBuffer()));
	}

	return aws;
}

function signedAt(headers: IncomingMessage["headers"]): number {
	const [, ...parts] =
		/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(
			String(headers["x-amz-date"]),
		) ?? [];
	const [year = 0, month = 1, ...rest] = parts.map(Number);
	return Date.UTC(year, month - 1, ...rest);
}

function refuse(
	response: ServerResponse,
	[name, status]: readonly [name: string, status: number],
): void {
	response.setHeader("x-amzn-ErrorType", name);
	// STS speaks XML, the others JSON: each reads the name where it looks for it.
	const text = JSON.stringify({ __type: name, message: `${name}: refused` });
	end(response, status, text);
}

function sendJson(
	response: ServerResponse,
	[status, value]: readonly [status: number, value: unknown],
): void {
	if (status === 302) end(response, status, "", { Location: String(value) });
	else end(response, status, JSON.stringify(value));
}

function end(
	response: ServerResponse,
	status: number,
	text: string,
	headers: Readonly<Record<string, string>> = {},
): void {
	response.writeHead(status, {
		"Content-Type": "application/json",
		...headers,
	});
	response.end(text);
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

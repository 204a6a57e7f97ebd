// The control plane of a running emulator, as the commands call it.
import { DEFAULT_PORT } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export interface Call {
	readonly method?: string;
	readonly path: string;
	readonly headers?: Record<string, string>;
	readonly body?: Uint8Array | string;
}

export interface Resource {
	readonly Id: string;
	readonly Name: string;
	readonly ConfigurationName?: string;
	readonly ConfigurationVersion?: string;
	readonly DeploymentNumber?: number;
	readonly VersionLabel?: string;
	readonly State?: string;
	readonly PercentageComplete?: number;
}

/** Throws UsageError with what the service said. */
export type Api = (call: Call) => Promise<Response>;

export function createApi(endpoint: string): Api {
	const base = toBase(endpoint);
	return async ({ path, ...call }) => {
		const response = await send(new URL(path, base), call);
		if (response.ok) return response;
		const text = await response.text();
		throw new UsageError(`${response.status} ${messageOf(text)}`);
	};
}

function toBase(endpoint: string): URL {
	const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
	if (url?.protocol === "http:" || url?.protocol === "https:") return url;
	throw new UsageError(
		`--endpoint takes a URL such as http://127.0.0.1:${DEFAULT_PORT}, not ${endpoint}`,
	);
}

async function send(url: URL, call: Omit<Call, "path">): Promise<Response> {
	try {
		return await fetch(url, call);
	} catch (cause) {
		throw new UsageError(
			`No emulator answers at ${url.origin}; start one with "appconfig-emulator serve"`,
			{ cause },
		);
	}
}

function messageOf(text: string): string {
	const { Message, message } = parse(text);
	return String(Message ?? message ?? text.slice(0, 200));
}

/** Nothing is in what is no JSON object: who answers may be anybody. */
function parse(text: string): Record<string, unknown> {
	try {
		return { ...JSON.parse(text) };
	} catch (error) {
		if (error instanceof SyntaxError) return {};
		throw error;
	}
}

/** Every page of a list. */
export async function listAll(api: Api, path: string): Promise<Resource[]> {
	const items: Resource[] = [];
	let token: string | undefined;
	do {
		const query =
			token === undefined ? "" : `?next_token=${encodeURIComponent(token)}`;
		const response = await api({ path: path + query });
		const { Items, NextToken } = parse(await response.text());
		if (!Array.isArray(Items))
			throw new UsageError(`What answers at ${response.url} is no AppConfig`);
		items.push(...(Items as Resource[]));
		token = NextToken as string | undefined;
	} while (token !== undefined);
	return items;
}

// The control plane of a running emulator, as the commands call it.
import { escapeInvisible } from "../shared/escape-invisible.ts";
import { commandName } from "./command-name.ts";
import { DEFAULT_PORT } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export interface ApiRequest {
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

export class ApiError extends UsageError {
	readonly status: number;
	constructor(status: number, message: string) {
		super(`${status} ${message}`);
		this.status = status;
	}
}

export interface ControlPlaneClient {
	/** Throws ApiError with what the service said, and UsageError when nothing answers. */
	(call: ApiRequest): Promise<Response>;
	readonly endpoint: string;
}

export function createControlPlaneClient(endpoint: string): ControlPlaneClient {
	const base = toBase(endpoint);
	const api = async ({ path, ...call }: ApiRequest): Promise<Response> => {
		const response = await send(new URL(path, base), call);
		if (response.ok) return response;
		const text = await response.text();
		throw new ApiError(response.status, messageOf(text));
	};
	return Object.assign(api, { endpoint: base.origin });
}

function toBase(endpoint: string): URL {
	const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
	if (url?.protocol === "http:" || url?.protocol === "https:") return url;
	throw new UsageError(
		`--endpoint takes a URL such as http://127.0.0.1:${DEFAULT_PORT}, not ${endpoint}`,
	);
}

async function send(
	url: URL,
	call: Omit<ApiRequest, "path">,
): Promise<Response> {
	try {
		return await fetch(url, call);
	} catch (cause) {
		throw new UsageError(
			`No emulator answers at ${url.origin}; start one with: ${commandName()} serve`,
			{ cause },
		);
	}
}

function messageOf(text: string): string {
	const { Message, message } = parse(text);
	return escapeInvisible(String(Message ?? message ?? text).slice(0, 1000));
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
export async function listAllPages(
	api: ControlPlaneClient,
	path: string,
): Promise<Resource[]> {
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

import { escapeInvisible } from "../shared/escape-invisible.ts";
import { commandName } from "./command-name.ts";
import { DEFAULT_PORT, UsageError } from "./options.ts";

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

/** Methods throw ApiError for an error reply, and UsageError when the emulator does not reply. */
export interface ControlPlaneClient {
	readonly endpoint: string;
	request(request: ApiRequest): Promise<Response>;
	create(path: string, members: object): Promise<Resource>;
	/** All pages of a list. */
	list(path: string): Promise<Resource[]>;
}

export function createControlPlaneClient(endpoint: string): ControlPlaneClient {
	const base = toBase(endpoint);

	async function request({ path, ...init }: ApiRequest): Promise<Response> {
		const response = await send(new URL(path, base), init);
		if (response.ok) return response;
		throw new ApiError(
			response.status,
			toApiErrorMessage(await response.text()),
		);
	}

	return {
		endpoint: base.origin,
		request,
		async create(path, members) {
			const response = await request({
				method: "POST",
				path,
				headers: { "content-type": "application/json" },
				body: JSON.stringify(members),
			});
			return (await response.json()) as Resource;
		},
		async list(path) {
			const items: Resource[] = [];
			let query = "";
			for (;;) {
				const response = await request({ path: path + query });
				const { Items, NextToken } = parse(await response.text());
				if (!Array.isArray(Items))
					throw new UsageError(
						`The server at ${response.url} is not AppConfig. Check --endpoint.`,
					);
				items.push(...(Items as Resource[]));
				if (typeof NextToken !== "string") return items;
				query = `?next_token=${encodeURIComponent(NextToken)}`;
			}
		},
	};
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
	init: Omit<ApiRequest, "path">,
): Promise<Response> {
	try {
		return await fetch(url, init);
	} catch (cause) {
		throw new UsageError(
			`No emulator is running at ${url.origin}. Start one with: ${commandName()} serve`,
			{ cause },
		);
	}
}

function toApiErrorMessage(text: string): string {
	const { Message, message } = parse(text);
	return escapeInvisible(String(Message ?? message ?? text).slice(0, 1000));
}

/** The server may be another program: text that is not JSON becomes an empty object. */
function parse(text: string): Record<string, unknown> {
	try {
		return { ...JSON.parse(text) };
	} catch (error) {
		if (error instanceof SyntaxError) return {};
		throw error;
	}
}

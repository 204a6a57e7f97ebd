// The control plane of a running emulator, as the commands call it.
import { UsageError } from "./options.ts";

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
	return async ({ path, ...call }) => {
		const response = await send(new URL(path, endpoint), call);
		if (response.ok) return response;
		const text = await response.text();
		throw new UsageError(`${response.status} ${messageOf(text)}`);
	};
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
	try {
		const { Message, message }: Record<string, unknown> = JSON.parse(text);
		return String(Message ?? message);
	} catch (error) {
		if (error instanceof SyntaxError) return text;
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
		const page = (await response.json()) as {
			Items: Resource[];
			NextToken?: string;
		};
		items.push(...page.Items);
		token = page.NextToken;
	} while (token !== undefined);
	return items;
}

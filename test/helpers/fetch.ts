// A mock of fetch: replies by method, host and path, and a record of the requests.
import { onTestFinished, vi } from "vitest";

export interface SentRequest {
	readonly route: string;
	readonly url: URL;
	readonly headers: Headers;
	/** JSON, where there is one. */
	readonly body: Readonly<Record<string, unknown>>;
}

type Replies = (
	request: SentRequest,
) => readonly [status: number, body: unknown] | undefined;

/** For `undefined` the request fails as if the host were unreachable. */
export function stubFetch(replyTo: Replies): readonly SentRequest[] {
	const all: SentRequest[] = [];
	vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
		const url = new URL(address);
		const request = {
			route: `${init.method ?? "GET"} ${url.hostname.split(".")[0]} ${url.pathname}`,
			url,
			headers: new Headers(init.headers),
			body: typeof init.body === "string" ? JSON.parse(init.body) : {},
		};
		all.push(request);
		const reply = replyTo(request);
		if (!reply) throw new TypeError("Failed to fetch");
		const [status, body] = reply;
		return new Response(JSON.stringify(body), { status });
	});
	onTestFinished(() => {
		vi.unstubAllGlobals();
	});
	return all;
}

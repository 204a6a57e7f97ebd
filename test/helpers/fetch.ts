// A mock of fetch: replies by method, host and path, and a record of the requests.
import { onTestFinished, vi } from "vitest";

export interface Asked {
	readonly route: string;
	readonly url: URL;
	readonly headers: Headers;
	/** JSON, where there is one. */
	readonly body: Readonly<Record<string, unknown>>;
}

type Answers = (
	asked: Asked,
) => readonly [status: number, body: unknown] | undefined;

/** `undefined` as an answer: nobody is there. */
export function playFetch(answers: Answers): readonly Asked[] {
	const all: Asked[] = [];
	vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
		const url = new URL(address);
		const asked = {
			route: `${init.method ?? "GET"} ${url.hostname.split(".")[0]} ${url.pathname}`,
			url,
			headers: new Headers(init.headers),
			body: typeof init.body === "string" ? JSON.parse(init.body) : {},
		};
		all.push(asked);
		const answer = answers(asked);
		if (!answer) throw new TypeError("Failed to fetch");
		const [status, body] = answer;
		return new Response(JSON.stringify(body), { status });
	});
	onTestFinished(() => {
		vi.unstubAllGlobals();
	});
	return all;
}

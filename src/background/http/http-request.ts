// One request for credentials: locked down, bounded in time and size, its answer text or a refusal.
import type { CredentialsFault } from "../../core/connection/temporary-credentials.ts";
import type { Operation } from "../../core/session/fault.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import { lockedFetch, RedirectedError } from "./locked-fetch.ts";

export interface HttpPorts {
	readonly now: () => number;
	/** Whether the browser lets the extension call the hosts of a match pattern. */
	readonly mayCall: (pattern: string) => Promise<boolean>;
	/** Told the time (epoch ms) of an https server. */
	readonly onServerDate?: (date: number) => void;
}

export interface RequestOptions extends RequestInit {
	/** What is asked for, as a refusal calls it. */
	readonly operation: Operation;
	readonly maxBytes?: number | undefined;
}

export interface HttpReply {
	readonly operation: Operation;
	readonly host: string;
	readonly status: number;
	/** Whether the reply names an error as AWS does, in a header or in its body. */
	readonly namesError: boolean;
	readonly text: string;
	readonly bytes: Uint8Array;
	readonly contentType: string;
	/** The server's clock, epoch ms, where it tells it. */
	readonly date: number | undefined;
}

const TIMEOUT_MS = 10_000;
/** Credentials are a few kilobytes; what is larger is something else. */
const MAX_BYTES = 262_144;

/** Never throws; the refusal repeats nothing of the request. */
export async function sendRequest(
	ports: HttpPorts,
	url: string,
	{ operation, maxBytes = MAX_BYTES, ...init }: RequestOptions,
): Promise<Result<HttpReply, CredentialsFault>> {
	const { host, origin } = new URL(url);
	const about = { operation, host };
	try {
		const response = await lockedFetch(url, {
			...init,
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		const { status, headers } = response;
		const bytes = await readBody(response, maxBytes);
		if (!bytes)
			return refuse("not-appconfig", {
				...about,
				status,
				detail: `The reply has more than ${maxBytes} bytes.`,
			});
		const date = Date.parse(headers.get("date") ?? "");
		if (date && url.startsWith("https:")) ports.onServerDate?.(date);
		const text = new TextDecoder().decode(bytes);
		return ok({
			...about,
			status,
			bytes,
			text,
			namesError:
				headers.has("x-amzn-errortype") ||
				(status >= 400 && parseObject(text) !== undefined),
			contentType: headers.get("content-type")?.slice(0, 255) ?? "",
			date: Number.isFinite(date) ? date : undefined,
		});
	} catch (error) {
		if (error instanceof RedirectedError)
			return refuse("not-appconfig", { ...about, detail: error.message });
		// fetch() does not say why; the browser knows whether the host may be called at all.
		const pattern = `${origin.replace(/:\d+$/, "")}/*`;
		return (await ports.mayCall(pattern))
			? refuse("credentials-unavailable", about)
			: refuse("permission-missing", { ...about, detail: pattern });
	}
}

/** `more` may be an answer: of it only what was called and its status are told. */
export function refuse(
	kind: CredentialsFault["kind"],
	more:
		| string
		| (Partial<CredentialsFault> & { readonly detail?: string }) = "",
): Result<never, CredentialsFault> {
	if (typeof more === "string") return err({ kind, detail: more });
	const { detail = "", operation, host, status } = more;
	return err({
		kind,
		detail,
		...(operation === undefined ? {} : { operation }),
		...(host === undefined ? {} : { host }),
		...(status === undefined ? {} : { status }),
	});
}

/** An object, or `undefined` for whatever else it is. */
export function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null
			? (value as Record<string, unknown>)
			: undefined;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

async function readBody(
	response: Response,
	maxBytes: number,
): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	let size = 0;
	const reader = response.body?.getReader();
	for (;;) {
		const { done = true, value } = (await reader?.read()) ?? {};
		if (done || !value)
			return new Uint8Array(await new Blob(chunks).arrayBuffer());
		size += value.byteLength;
		chunks.push(value);
		if (size <= maxBytes) continue;
		await reader?.cancel();
		return undefined;
	}
}

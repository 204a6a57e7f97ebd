// One request for credentials: locked down, bounded in time and size, its answer text or a refusal.
import type { Refusal } from "../../core/connection/lease.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { LOCKED_DOWN } from "../handler.ts";

export interface AskPorts {
	readonly now: () => number;
	/** Whether the browser lets the extension call the hosts of a match pattern. */
	readonly mayCall: (pattern: string) => Promise<boolean>;
	/** Told the time (epoch ms) of an https server. */
	readonly onDate?: (date: number) => void;
}

export interface Answer {
	readonly status: number;
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
export async function ask(
	ports: AskPorts,
	url: string,
	init: RequestInit & { readonly maxBytes?: number | undefined },
): Promise<Result<Answer, Refusal>> {
	try {
		const response = await fetch(url, {
			...init,
			...LOCKED_DOWN,
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		const { status, headers } = response;
		const bytes = await readBody(response, init.maxBytes ?? MAX_BYTES);
		if (!bytes) return refuse("credentials-invalid", "too long");
		const date = Date.parse(headers.get("date") ?? "");
		if (date && url.startsWith("https:")) ports.onDate?.(date);
		return ok({
			status,
			bytes,
			text: new TextDecoder().decode(bytes),
			contentType: headers.get("content-type")?.slice(0, 255) ?? "",
			date: Number.isFinite(date) ? date : undefined,
		});
	} catch {
		// fetch() does not say why; the browser knows whether the host may be called at all.
		const pattern = new URL(url).origin.replace(/:\d+$/, "");
		return (await ports.mayCall(`${pattern}/*`))
			? refuse("credentials-unavailable", new URL(url).host)
			: refuse("permission-missing", `${pattern}/*`);
	}
}

export function refuse(
	kind: Refusal["kind"],
	detail = "",
): Result<never, Refusal> {
	return err({ kind, detail: detail.slice(0, 300) });
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

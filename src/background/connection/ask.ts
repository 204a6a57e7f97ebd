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
	init: RequestInit,
): Promise<Result<Answer, Refusal>> {
	try {
		const response = await fetch(url, {
			...init,
			...LOCKED_DOWN,
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		const text = await readText(response);
		if (text === undefined) return refuse("credentials-invalid", "too long");
		const date = Date.parse(response.headers.get("date") ?? "");
		if (date && url.startsWith("https:")) ports.onDate?.(date);
		return ok({
			status: response.status,
			text,
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

async function readText(response: Response): Promise<string | undefined> {
	if (!response.body) return "";
	const reader = response.body.getReader();
	const decoder = new TextDecoder();
	let text = "";
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return text + decoder.decode();
		size += value.byteLength;
		text += decoder.decode(value, { stream: true });
		if (size <= MAX_BYTES) continue;
		await reader.cancel();
		return undefined;
	}
}

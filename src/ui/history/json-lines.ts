// A history as JSON Lines (docs/history-export.md): one version a line with its bytes, for other tools to read, read back with care.
import type { Version } from "../../core/history.ts";
import type { Profile } from "../../core/profile.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { toBase64 } from "../copy/bytes-as-text.ts";

export interface WithBody {
	readonly version: Version;
	readonly body: Uint8Array;
}

/** Bytes that are strict UTF-8 stand as text, any other in Base64. Times are ISO 8601. */
export function toLine(profile: Profile, { version, body }: WithBody): string {
	const { application, environment, configurationProfile } = profile;
	const text = textOf(body);
	return `${JSON.stringify({
		application,
		environment,
		configurationProfile,
		...version,
		receivedAt: new Date(version.receivedAt).toISOString(),
		confirmedAt: new Date(version.confirmedAt).toISOString(),
		...(text === undefined ? { base64: toBase64(body) } : { body: text }),
	})}\n`;
}

/** Whose history it is does not matter, whether the bytes are those of the hash is not looked at; the error is a sentence. */
export function parseLines(text: string): Result<readonly WithBody[], string> {
	const found: WithBody[] = [];
	for (const [index, line] of text.split("\n").entries()) {
		if (line.trim() === "") continue;
		const parsed = parseLine(line);
		if (!parsed)
			return err(
				`Line ${index + 1} is no version of a history. Nothing was imported.`,
			);
		found.push(parsed);
	}
	return found.length > 0
		? ok(found)
		: err("There is no version in this file.");
}

function textOf(body: Uint8Array): string | undefined {
	try {
		const options = { fatal: true, ignoreBOM: true };
		return new TextDecoder("utf-8", options).decode(body);
	} catch {
		return undefined;
	}
}

function parseLine(line: string): WithBody | undefined {
	const value = parseObject(line);
	const body = value && bodyOf(value);
	if (!value || !body) return undefined;
	const { number, hash, contentType, pinned } = value;
	const receivedAt = timeOf(value.receivedAt);
	const confirmedAt = timeOf(value.confirmedAt ?? value.receivedAt);
	if (
		!Number.isSafeInteger(number) ||
		typeof hash !== "string" ||
		typeof contentType !== "string" ||
		receivedAt === undefined ||
		confirmedAt === undefined
	)
		return undefined;
	const version: Version = {
		number: Number(number),
		hash,
		contentType,
		size: body.length,
		receivedAt,
		confirmedAt,
		pinned: pinned === true,
		...textsOf(value),
	};
	return { version, body };
}

const TEXTS = ["label", "configurationVersion", "note"] as const;

function textsOf(value: Readonly<Record<string, unknown>>) {
	const there = TEXTS.filter(
		(name) => typeof value[name] === "string" && value[name] !== "",
	);
	return Object.fromEntries(there.map((name) => [name, value[name]]));
}

function bodyOf({
	body,
	base64,
}: Readonly<Record<string, unknown>>): Uint8Array | undefined {
	if (typeof body === "string") return new TextEncoder().encode(body);
	if (typeof base64 !== "string") return undefined;
	try {
		return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
	} catch {
		return undefined;
	}
}

function timeOf(value: unknown): number | undefined {
	const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
	return Number.isNaN(at) ? undefined : at;
}

function parseObject(
	line: string,
): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === "object" && value !== null && !Array.isArray(value)
			? (value as Readonly<Record<string, unknown>>)
			: undefined;
	} catch {
		return undefined;
	}
}

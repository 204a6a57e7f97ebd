import { MAX_NOTE_LENGTH, type Version } from "../../core/history/history.ts";
import type { Profile } from "../../core/profile/profile.ts";
import { err, ok, type Result } from "../../core/shared/result.ts";
import { fromBase64, toBase64 } from "../../storage/byte-encoding.ts";

export interface VersionWithBody {
	readonly version: Version;
	readonly body: Uint8Array;
}

/** A version as a line of the export (docs/history-export.md). UTF-8 bodies are text, others Base64. Times are ISO 8601. */
export function toLine(
	profile: Profile,
	{ version, body }: VersionWithBody,
): string {
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

/** Characters: a body of 8 MiB, the largest that is received, as escaped text, with its metadata. */
export const MAX_LINE = 24_000_000;
/** Characters of a label, a content type and the like. */
const MAX_TEXT = 2_048;

/** The error says what is wrong with the line. The profile is ignored, and the hash is not compared with the bytes. */
export function parseLine(line: string): Result<VersionWithBody, string> {
	const value = parseObject(line);
	if (!value) return err("it is not a JSON object.");
	const body = bodyOf(value);
	if (!body) return err("it has no body, or its Base64 is damaged.");
	const { number, hash, contentType, pinned, note } = value;
	const receivedAt = timeOf(value.receivedAt);
	const confirmedAt = timeOf(value.confirmedAt ?? value.receivedAt);
	if (!Number.isSafeInteger(number) || Number(number) < 1)
		return err("its number is not a positive integer.");
	if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash))
		return err("its hash is not a SHA-256 in lower-case hexadecimal.");
	if (typeof contentType !== "string") return err("it has no contentType.");
	if (receivedAt === undefined || confirmedAt === undefined)
		return err("its times are not ISO 8601.");
	if (typeof note === "string" && note.length > MAX_NOTE_LENGTH)
		return err(`its note has more than ${MAX_NOTE_LENGTH} characters.`);
	const texts = { contentType, ...textsOf(value) };
	for (const [name, text] of Object.entries(texts)) {
		if (text.length > MAX_TEXT)
			return err(`its ${name} has more than ${MAX_TEXT} characters.`);
		if (/\p{Surrogate}/u.test(text))
			return err(`its ${name} has an unpaired surrogate.`);
	}
	const version: Version = {
		number: Number(number),
		hash,
		size: body.length,
		receivedAt,
		confirmedAt,
		pinned: pinned === true,
		...texts,
	};
	return ok({ version, body });
}

function textOf(body: Uint8Array): string | undefined {
	try {
		const options = { fatal: true, ignoreBOM: true };
		return new TextDecoder("utf-8", options).decode(body);
	} catch {
		return undefined;
	}
}

const TEXTS = ["label", "configurationVersion", "note"] as const;

function textsOf(
	value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
	const there = TEXTS.filter(
		(name) => typeof value[name] === "string" && value[name] !== "",
	);
	return Object.fromEntries(there.map((name) => [name, String(value[name])]));
}

function bodyOf({
	body,
	base64,
}: Readonly<Record<string, unknown>>): Uint8Array | undefined {
	if (typeof body === "string") return new TextEncoder().encode(body);
	if (typeof base64 !== "string") return undefined;
	try {
		return fromBase64(base64);
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

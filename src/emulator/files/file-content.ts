import { createHash } from "node:crypto";
import { IonError, readIon } from "../../flags/ion.ts";
import { isVersionLabel } from "../registry/records.ts";
import { decodeIon, FLAGS_HOST } from "../shared/flags-host.ts";
import { FileError } from "./stable-read.ts";

const BY_EXTENSION = new Map([
	["json", "application/json"],
	["yaml", "application/x-yaml"],
	["yml", "application/x-yaml"],
	["txt", "text/plain"],
	["xml", "application/xml"],
]);

export const UNKNOWN_CONTENT_TYPE = "application/octet-stream";

/**
 * The content type of a file extension. An extension may also be a content type as the AppConfig Agent spells it,
 * `type%subtype%parameter`:
 * https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use-local-development.html
 */
export function toContentType(extension: string): string {
	const known = BY_EXTENSION.get(extension.toLowerCase());
	if (known) return known;
	const [type, subtype, ...parameters] = extension.split("%");
	if (!type || !subtype) return UNKNOWN_CONTENT_TYPE;
	const spelt = [`${type}/${subtype}`, ...parameters].join("; ");
	return /^[\w.+-]+\/[\w.+-]+(; [\w.+-]+=[\w.+-]+)*$/.test(spelt)
		? spelt
		: UNKNOWN_CONTENT_TYPE;
}

export interface FileContent {
	readonly bytes: Uint8Array;
	readonly contentType: string;
	readonly label?: string;
	readonly sha256: string;
}

/** Throws FileError for bytes that cannot be a version. */
export function toFileContent(
	bytes: Uint8Array,
	extension: string,
	label: string | undefined,
): FileContent {
	// An empty reply means "unchanged", so clients could not receive an empty configuration. And most empty files are being
	// written at this moment.
	if (bytes.length === 0) throw new FileError("is empty");
	if (extension.toLowerCase() === "json") requireJson(bytes);
	const contentType = toContentType(extension);
	if (/^application\/ion; type=AWS\.AppConfig\./.test(contentType))
		requireIon(bytes);
	return {
		bytes,
		contentType,
		sha256: createHash("sha256").update(bytes).digest("hex"),
		...(label === undefined ? {} : { label }),
	};
}

function requireJson(bytes: Uint8Array): void {
	try {
		JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (cause) {
		const detail = cause instanceof Error ? cause.message : String(cause);
		throw new FileError(`is not JSON: ${detail}`, { cause });
	}
}

function requireIon(bytes: Uint8Array): void {
	try {
		readIon(FLAGS_HOST.ion(), decodeIon(bytes));
	} catch (cause) {
		if (!(cause instanceof IonError)) throw cause;
		throw new FileError(`is not Ion: it ${cause.message}`, { cause });
	}
}

/** Parses the content of a label file. Throws FileError. */
export function parseLabel(text: string): string {
	// This also removes a byte order mark.
	const label = text.trim();
	if (!isVersionLabel(label))
		throw new FileError(
			"is not a label: a label has 1 to 64 Latin-1 characters, at least one of them not a digit",
		);
	return label;
}

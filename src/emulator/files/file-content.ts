// What makes a file's bytes a version: not empty, JSON that parses where JSON is promised, and a label if one is given.
import { createHash } from "node:crypto";
import { IonError, readIon } from "../../flags/ion.ts";
import { decodeIon, FLAGS_HOST } from "../shared/flags-host.ts";
import { toContentType } from "./content-type.ts";
import { FileError } from "./stable-read.ts";

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
	// An empty answer means "unchanged" on the wire, so an empty configuration could never be seen; and a file
	// that is empty is most often one whose writer has just truncated it.
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

/** Pattern of the control plane's VersionLabel, as far as a header can carry it. */
export function isLabel(text: string): boolean {
	return /^[\x20-\x7e\xa0-\xff]{1,64}$/.test(text) && /[^0-9]/.test(text);
}

/** A label has 1–64 characters, blanks around it aside, and at least one that is no digit. */
export function parseLabel(text: string): string {
	// Also of the byte order mark, which editors write without being asked.
	const label = text.trim();
	if (!isLabel(label))
		throw new FileError(
			"is not a label: 1–64 characters that a header can carry, at least one of them not a digit",
		);
	return label;
}

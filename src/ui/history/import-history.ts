import { MAX_IMPORTED_NUMBER } from "../../core/history/merge-history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type {
	ImportCounts,
	ProfileRemote,
} from "../../core/protocol/commands.ts";
import { sha256 } from "../../storage/byte-encoding.ts";
import {
	type ImportStaging,
	openImportStaging,
} from "../../storage/import-staging.ts";
import { formatSize } from "../components/format.ts";
import { MAX_LINE, parseLine, type VersionWithBody } from "./json-lines.ts";

/** More than a full history (64 MB) with every character escaped. */
export const MAX_FILE_BYTES = 150_000_000;
export const MAX_LINES = 1_000;

export interface ImportOptions {
	readonly remote: Pick<ProfileRemote, "importVersions">;
	readonly id: ProfileId;
	/** Cancelling leaves everything as it was. */
	readonly signal?: AbortSignal;
	/** From 0 to 1. */
	readonly onProgress?: (progress: number) => void;
}

class RefusedFileError extends Error {
	override readonly name = "RefusedFileError";
}

/**
 * Imports the versions of a file. They are staged for the background, which alone writes histories. Resolves with a sentence
 * about the result, also when nothing was imported. A file that is too large is refused before it is read, and the file is read
 * line by line, so that it never is in memory as a whole.
 */
export async function importHistory(
	file: Blob,
	options: ImportOptions,
): Promise<string> {
	const { remote, id, signal } = options;
	const name = file instanceof File ? `“${file.name}”` : "The file";
	if (file.size > MAX_FILE_BYTES)
		return `${name} has ${formatSize(file.size)}; the limit is ${formatSize(MAX_FILE_BYTES)}. It was not read.`;
	const staging = await openImportStaging(id);
	let isImported = false;
	try {
		const isRenumbered = await stageVersions(file, staging, options);
		const imported = await remote.importVersions({ id });
		isImported = true;
		return isRenumbered
			? `${describeImport(imported)} Numbers above ${MAX_IMPORTED_NUMBER.toLocaleString("en-US")} were renumbered.`
			: describeImport(imported);
	} catch (error) {
		if (error instanceof RefusedFileError) return error.message;
		if (signal?.aborted) return "Cancelled. Nothing was imported.";
		throw error;
	} finally {
		if (!isImported) await staging.clear().catch(() => undefined);
		staging.close();
	}
}

async function stageVersions(
	file: Blob,
	staging: ImportStaging,
	{ signal, onProgress }: Pick<ImportOptions, "signal" | "onProgress">,
): Promise<boolean> {
	let [count, isRenumbered] = [0, false];
	for await (const { text, number, progress } of linesOf(file)) {
		signal?.throwIfAborted();
		if (text.trim() === "") continue;
		count += 1;
		if (count > MAX_LINES)
			throw new RefusedFileError(
				`The file has more than ${MAX_LINES.toLocaleString("en-US")} versions. Nothing was imported.`,
			);
		const version = await parseVersion(text, number);
		isRenumbered ||= version.version.number > MAX_IMPORTED_NUMBER;
		await staging.put(version);
		onProgress?.(progress);
	}
	if (count === 0) throw new RefusedFileError("This file has no versions.");
	return isRenumbered;
}

async function parseVersion(
	line: string,
	number: number,
): Promise<VersionWithBody> {
	const parsed = parseLine(line);
	if (!parsed.ok)
		throw new RefusedFileError(
			`Line ${number} is not a version: ${parsed.error} Nothing was imported.`,
		);
	const { version, body } = parsed.value;
	if ((await sha256(body)) !== version.hash)
		throw new RefusedFileError(
			`Version ${version.number} in this file is damaged: the bytes in line ${number} do not match its SHA-256. Nothing was imported.`,
		);
	return parsed.value;
}

interface Line {
	readonly text: string;
	/** Counted from 1. */
	readonly number: number;
	readonly progress: number;
}

async function* linesOf(file: Blob): AsyncGenerator<Line> {
	const decoder = new TextDecoder();
	let [rest, number, bytes] = ["", 0, 0];
	for await (const piece of piecesOf(file)) {
		bytes += piece.length;
		const [first = "", ...others] = decoder
			.decode(piece, { stream: bytes < file.size })
			.split("\n");
		const parts = [rest + first, ...others];
		rest = parts.pop() ?? "";
		for (const text of parts) {
			number += 1;
			yield {
				text: checkLength(text, number),
				number,
				progress: bytes / file.size,
			};
		}
		checkLength(rest, number + 1);
	}
	if (rest !== "") yield { text: rest, number: number + 1, progress: 1 };
}

function checkLength(line: string, number: number): string {
	if (line.length > MAX_LINE)
		throw new RefusedFileError(
			`Line ${number} is longer than any version. Nothing was imported.`,
		);
	return line;
}

const PIECE_BYTES = 1_000_000;

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < file.size; at += PIECE_BYTES)
		yield new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
}

export function describeImport({
	added,
	duplicates,
	skipped,
}: ImportCounts): string {
	const parts = [
		added === 1 ? "Imported 1 version." : `Imported ${added} versions.`,
		duplicates > 0
			? `${duplicates} ${duplicates === 1 ? "was" : "were"} there already.`
			: "",
		skipped > 0 ? `${skipped} did not fit into the history.` : "",
	];
	return parts.filter((part) => part !== "").join(" ");
}

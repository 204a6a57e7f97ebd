// A file of versions taken into a profile's history: laid down for the worker, which is the only one that writes there.

import { MAX_IMPORTED_NUMBER } from "../../core/history/merge-history.ts";
import type { ProfileId } from "../../core/profile/profile.ts";
import type { Imported, ProfileRemote } from "../../core/protocol/commands.ts";
import {
	type IncomingTray,
	openIncoming,
} from "../../storage/import-staging.ts";
import { shortSize } from "../components/size.ts";
import { toHex } from "../copy/bytes-as-text.ts";
import { MAX_LINE, parseLine, type WithBody } from "./json-lines.ts";

/** A full history (64 MB) with every character escaped, and room. */
export const MAX_FILE_BYTES = 150_000_000;
export const MAX_LINES = 1_000;

export interface TakeInOptions {
	readonly remote: Pick<ProfileRemote, "importVersions">;
	readonly id: ProfileId;
	/** Cancelling leaves everything as it was. */
	readonly signal?: AbortSignal;
	/** 0 to 1 of the file. */
	readonly onProgress?: (share: number) => void;
}

class RefusedFileError extends Error {
	override readonly name = "RefusedFileError";
}

/**
 * Resolves with a sentence about what came of it, also when nothing was imported. The size is asked before anything is read; the
 * file is read in pieces and a line at a time, so that neither the page's memory nor its answers suffer.
 */
export async function takeIn(
	file: Blob,
	options: TakeInOptions,
): Promise<string> {
	const { remote, id, signal } = options;
	const name = file instanceof File ? `“${file.name}”` : "The file";
	if (file.size > MAX_FILE_BYTES)
		return `${name} has ${shortSize(file.size)}; the limit is ${shortSize(MAX_FILE_BYTES)}. It was not read.`;
	const tray = await openIncoming(id);
	let isTaken = false;
	try {
		const isRenumbered = await layDown(file, tray, options);
		const imported = await remote.importVersions({ id });
		isTaken = true;
		return isRenumbered
			? `${wordsOf(imported)} Numbers above ${MAX_IMPORTED_NUMBER.toLocaleString("en-US")} were renumbered.`
			: wordsOf(imported);
	} catch (error) {
		if (error instanceof RefusedFileError) return error.message;
		if (signal?.aborted) return "Cancelled. Nothing was imported.";
		throw error;
	} finally {
		if (!isTaken) await tray.clear().catch(() => undefined);
		tray.close();
	}
}

async function layDown(
	file: Blob,
	tray: IncomingTray,
	{ signal, onProgress }: Pick<TakeInOptions, "signal" | "onProgress">,
): Promise<boolean> {
	let [count, isRenumbered] = [0, false];
	for await (const { text, number, share } of linesOf(file)) {
		signal?.throwIfAborted();
		if (text.trim() === "") continue;
		count += 1;
		if (count > MAX_LINES)
			throw new RefusedFileError(
				`The file has more than ${MAX_LINES.toLocaleString("en-US")} versions. Nothing was imported.`,
			);
		const version = await checked(text, number);
		isRenumbered ||= version.version.number > MAX_IMPORTED_NUMBER;
		await tray.put(version);
		onProgress?.(share);
	}
	if (count === 0) throw new RefusedFileError("This file has no versions.");
	return isRenumbered;
}

async function checked(line: string, number: number): Promise<WithBody> {
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
	readonly share: number;
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
			yield { text: bounded(text, number), number, share: bytes / file.size };
		}
		bounded(rest, number + 1);
	}
	if (rest !== "") yield { text: rest, number: number + 1, share: 1 };
}

function bounded(line: string, number: number): string {
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

export function wordsOf({ added, known, left }: Imported): string {
	const parts = [
		added === 1 ? "Imported 1 version." : `Imported ${added} versions.`,
		known > 0 ? `${known} ${known === 1 ? "was" : "were"} there already.` : "",
		left > 0 ? `${left} did not fit into the history.` : "",
	];
	return parts.filter((part) => part !== "").join(" ");
}

async function sha256(bytes: Uint8Array): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
	return toHex(new Uint8Array(digest));
}

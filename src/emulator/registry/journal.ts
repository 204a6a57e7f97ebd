import {
	chmodSync,
	closeSync,
	existsSync,
	fdatasyncSync,
	fsyncSync,
	ftruncateSync,
	openSync,
	readdirSync,
	readSync,
	renameSync,
	rmSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { isSystemError, makeDirectory } from "../shared/file-system.ts";
import { isChange } from "./record-shapes.ts";
import {
	type Change,
	type Journal,
	JournalError,
	StorageError,
} from "./store.ts";

export interface OpenJournal extends Journal {
	/** The committed records, in the order of their creation. */
	readonly restored: readonly Change[];
	close(): void;
}

export interface JournalOptions {
	/** Maximum size of the file, which is compacted before it would exceed it. No limit by default. */
	readonly limitBytes?: number;
	/** Whether the lock of the directory is still held. Without it nothing is written. */
	readonly isHeld?: () => boolean;
}

const FORMAT = { format: "appconfig-emulator", version: 1 };
const NAME = "journal.jsonl";
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Configurations may be confidential. */
const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * Opens the journal of committed changes: one line per commit, written before the commit is acknowledged. It is compacted
 * at every start, and when it would exceed its limit. Throws JournalError, and does not change the file, if it is damaged or
 * not a journal.
 */
export function openJournal(
	directory: string,
	{
		limitBytes = Number.POSITIVE_INFINITY,
		isHeld = () => true,
	}: JournalOptions = {},
): OpenJournal {
	makeDirectory(directory, PRIVATE_DIRECTORY);
	restrictPermissions(directory);
	const path = join(directory, NAME);
	const restored = existsSync(path) ? compact(readChanges(path)) : [];
	let { file, length } = rewrite(directory, restored);

	function write(line: Buffer): void {
		try {
			writeAll(file, line, length);
			fdatasyncSync(file);
		} catch (error) {
			// A full disk may leave a part of the line, to which the next line must not be appended.
			ftruncateSync(file, length);
			throw error;
		}
		length += line.length;
	}

	function rewriteWith(changes: Iterable<Change>): void {
		const written = rewrite(directory, changes);
		closeSync(file);
		({ file, length } = written);
	}

	return {
		restored,
		append(changes, result) {
			if (!isHeld())
				throw new StorageError(
					`${directory} was taken over by another emulator, and the change was not made. Restart this emulator`,
				);
			const line = Buffer.from(`${encode(changes)}\n`);
			try {
				if (length + line.length <= limitBytes) write(line);
				else rewriteWith(result());
			} catch (cause) {
				if (!isSystemError(cause)) throw cause;
				throw new StorageError(
					`${path} cannot be written: ${toStorageReason(cause)}; the change was not made`,
					{ cause },
				);
			}
		},
		close: () => closeSync(file),
	};
}

/** Does not change a directory that has other files in it. The journal file itself is always private. */
function restrictPermissions(directory: string): void {
	const isOwn = readdirSync(directory).every((name) =>
		/^(journal\.jsonl(\.new)?|lock(\..*)?)$/.test(name),
	);
	if (!isOwn) return;
	try {
		chmodSync(directory, PRIVATE_DIRECTORY);
	} catch (error) {
		// The directory belongs to another user.
		if (!isSystemError(error)) throw error;
	}
}

function readChanges(path: string): Change[] {
	const changes: Change[] = [];
	let number = 0;
	for (const line of readLines(path)) {
		number += 1;
		const place = `line ${number} of ${path}`;
		const value = parse(line, place);
		if (number === 1) {
			if (JSON.stringify(value) !== JSON.stringify(FORMAT))
				throw new JournalError(`${path} is not a journal of this emulator`);
		} else if (Array.isArray(value) && value.every(isChange))
			for (const change of value) changes.push(change);
		else throw damagedError(place);
	}
	if (number === 0)
		throw new JournalError(`${path} is not a journal of this emulator`);
	return changes;
}

/**
 * Reads in chunks, because a large journal does not fit into one string. Ignores an unfinished last line: the process was
 * killed while it wrote the line, so the change was not acknowledged.
 */
function* readLines(path: string): Generator<Buffer> {
	const file = openSync(path, "r");
	try {
		let rest: Buffer[] = [];
		for (;;) {
			const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
			const read = readSync(file, chunk, 0, CHUNK_BYTES, null);
			if (read === 0) return;
			let from = 0;
			for (;;) {
				const end = chunk.subarray(0, read).indexOf(10, from);
				if (end === -1) break;
				yield Buffer.concat([...rest, chunk.subarray(from, end)]);
				rest = [];
				from = end + 1;
			}
			rest.push(chunk.subarray(from, read));
		}
	} finally {
		closeSync(file);
	}
}

function parse(line: Buffer, place: string): unknown {
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(line);
		return JSON.parse(text, (name, value: unknown) =>
			name === "content" && isEncoded(value)
				? new Uint8Array(Buffer.from(value.base64, "base64"))
				: value,
		);
	} catch (cause) {
		throw damagedError(place, cause);
	}
}

function damagedError(place: string, cause?: unknown): JournalError {
	return new JournalError(
		`${place} is damaged. Remove that line and all lines after it, or start with another --data directory. The file was not changed`,
		{ cause },
	);
}

function isEncoded(value: unknown): value is { base64: string } {
	return (
		typeof value === "object" &&
		value !== null &&
		"base64" in value &&
		typeof value.base64 === "string"
	);
}

function encode(changes: readonly Change[]): string {
	return JSON.stringify(changes, (_, value: unknown) =>
		value instanceof Uint8Array
			? { base64: Buffer.from(value).toString("base64") }
			: value,
	);
}

/** The last state of every record, in the order of their creation. */
function compact(changes: readonly Change[]): Change[] {
	const last = new Map<string, Change>();
	for (const change of changes) {
		const name = `${change.table} ${change.key}`;
		if (change.record === null) last.delete(name);
		else last.set(name, change);
	}
	return [...last.values()];
}

/** Replaces the journal by one with these changes, and returns the new file open. The old file stays until the new one is complete. */
function rewrite(
	directory: string,
	changes: Iterable<Change>,
): { file: number; length: number } {
	const path = join(directory, NAME);
	// A killed process may have left one, with another mode.
	rmSync(`${path}.new`, { force: true });
	const file = openSync(`${path}.new`, "wx+", PRIVATE_FILE);
	try {
		let length = writeAll(file, Buffer.from(`${JSON.stringify(FORMAT)}\n`), 0);
		for (const change of changes)
			length += writeAll(file, Buffer.from(`${encode([change])}\n`), length);
		fsyncSync(file);
		renameSync(`${path}.new`, path);
		syncDirectory(directory);
		return { file, length };
	} catch (error) {
		closeSync(file);
		rmSync(`${path}.new`, { force: true });
		throw error;
	}
}

function syncDirectory(path: string): void {
	const directory = openSync(path, "r");
	try {
		fsyncSync(directory);
	} finally {
		closeSync(directory);
	}
}

function writeAll(file: number, bytes: Buffer, position: number): number {
	let written = 0;
	while (written < bytes.length)
		written += writeSync(
			file,
			bytes,
			written,
			bytes.length - written,
			position + written,
		);
	return written;
}

/** `ENOSPC: no space left on device`, without the name of the call. */
function toStorageReason(error: unknown): string {
	if (!isSystemError(error)) return String(error);
	return error.message.replace(/, \w+( '.*')?$/s, "");
}

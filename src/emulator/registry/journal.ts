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
	/** What was committed before, in the order of its making. */
	readonly restored: readonly Change[];
	close(): void;
}

export interface JournalOptions {
	/** The file never grows beyond this: it is compacted before it would. Without a limit unless given. */
	readonly limitBytes?: number;
	/** False when another emulator has taken the directory: then nothing more is written. */
	readonly isHeld?: () => boolean;
}

const FORMAT = { format: "appconfig-emulator", version: 1 };
const NAME = "journal.jsonl";
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Only the user reads what an application is configured with. */
const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * The registry on disk: one line per commit, written before it is acknowledged, compacted at every start and when it
 * would grow beyond its limit. Throws JournalError, and leaves the file as it is, when it holds something that cannot
 * be continued.
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
			// A full disk may leave half a line, which the next one must not continue.
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
					`${directory} was taken over by another emulator; the change was not made. Start this one again`,
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

/** A directory that holds other things as well stays as its owner has made it; the journal in it is private anyway. */
function restrictPermissions(directory: string): void {
	const isOwn = readdirSync(directory).every((name) =>
		/^(journal\.jsonl(\.new)?|lock(\..*)?)$/.test(name),
	);
	if (!isOwn) return;
	try {
		chmodSync(directory, PRIVATE_DIRECTORY);
	} catch (error) {
		// It belongs to another user, who lets this one write there.
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
 * Without a last line that has no end: it was being written when the process died, and nobody was told that it is
 * there. One string could not hold a large journal.
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
		`${place} is damaged; keep what stands above it, or start with another --data directory. The file was not changed`,
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

/** The last state of every record, in the order in which the records were first made. */
function compact(changes: readonly Change[]): Change[] {
	const last = new Map<string, Change>();
	for (const change of changes) {
		const name = `${change.table} ${change.key}`;
		if (change.record === null) last.delete(name);
		else last.set(name, change);
	}
	return [...last.values()];
}

/** The old journal stays until the new one is whole. Gives the new one, open. */
function rewrite(
	directory: string,
	changes: Iterable<Change>,
): { file: number; length: number } {
	const path = join(directory, NAME);
	// Left by a process that died; its mode may be another.
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

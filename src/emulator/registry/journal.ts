// The registry on disk: one line per commit, written before it is acknowledged, and compacted at every start.
import {
	closeSync,
	existsSync,
	fdatasyncSync,
	fsyncSync,
	ftruncateSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Change, Journal } from "./store.ts";

export class JournalError extends Error {}

export interface OpenJournal extends Journal {
	/** What was committed before, in the order of its making. */
	readonly restored: readonly Change[];
	close(): void;
}

const FORMAT = { format: "appconfig-emulator", version: 1 };

/** Throws JournalError when the directory holds something that cannot be continued. */
export function openJournal(directory: string): OpenJournal {
	mkdirSync(directory, { recursive: true });
	const path = join(directory, "journal.jsonl");
	const restored = existsSync(path) ? compact(readChanges(path)) : [];
	rewrite(directory, path, restored);
	const file = openSync(path, "r+");
	let length = readFileSync(path).length;
	return {
		restored,
		append(changes) {
			const line = Buffer.from(`${encode(changes)}\n`);
			try {
				writeAll(file, line, length);
				fdatasyncSync(file);
			} catch (error) {
				// A full disk may leave half a line, which the next one must not continue.
				ftruncateSync(file, length);
				throw error;
			}
			length += line.length;
		},
		close: () => closeSync(file),
	};
}

function readChanges(path: string): Change[] {
	const lines = readFileSync(path, "utf8").split("\n");
	// A line without its end was being written when the process died: nobody was told that it is there.
	lines.pop();
	const [head, ...commits] = lines.map((line, index) =>
		parse(line, `line ${index + 1} of ${path}`),
	);
	if (JSON.stringify(head) !== JSON.stringify(FORMAT))
		throw new JournalError(`${path} is not a journal of this emulator`);
	return commits.flat() as Change[];
}

function parse(line: string, place: string): unknown {
	try {
		return JSON.parse(line, (_, value: unknown) =>
			isEncoded(value)
				? new Uint8Array(Buffer.from(value.base64, "base64"))
				: value,
		);
	} catch (cause) {
		throw new JournalError(
			`${place} is damaged; keep what stands above it, or begin with another folder`,
			{ cause },
		);
	}
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

/** The old journal stays until the new one is whole. */
function rewrite(
	directory: string,
	path: string,
	changes: readonly Change[],
): void {
	const lines = [
		JSON.stringify(FORMAT),
		...changes.map((change) => encode([change])),
	];
	writeFileSync(`${path}.new`, lines.map((line) => `${line}\n`).join(""));
	sync(`${path}.new`);
	renameSync(`${path}.new`, path);
	sync(directory);
}

function sync(path: string): void {
	const file = openSync(path, "r");
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

function writeAll(file: number, bytes: Buffer, position: number): void {
	let written = 0;
	while (written < bytes.length)
		written += writeSync(
			file,
			bytes,
			written,
			bytes.length - written,
			position + written,
		);
}

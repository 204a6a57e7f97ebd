// One emulator per data directory: two would write over each other's journal.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JournalError } from "./journal.ts";

/** Returns its undoing. Throws JournalError when another process that lives holds the directory. */
export function lockDirectory(directory: string): () => void {
	mkdirSync(directory, { recursive: true });
	const path = join(directory, "lock");
	const found = read(path);
	const holder = Number(found);
	if (holder > 0 && holder !== process.pid && isAlive(holder))
		throw new JournalError(
			`${directory} is in use by process ${holder}; if that is no emulator, remove ${path}`,
		);
	// Another one is just writing its number into it.
	if (found === "") throw justMade(path);
	if (found !== undefined) rmSync(path, { force: true });
	claim(path);
	return () => rmSync(path, { force: true });
}

/** Of several that start at the same moment, one makes the file. */
function claim(path: string): void {
	try {
		writeFileSync(path, String(process.pid), { flag: "wx" });
	} catch (cause) {
		throw isCode(cause, "EEXIST") ? justMade(path) : cause;
	}
}

function justMade(path: string): JournalError {
	return new JournalError(
		`${path} was made by another emulator just now; if none is running, remove it`,
	);
}

function read(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (isCode(error, "ENOENT")) return undefined;
		throw error;
	}
}

function isAlive(process_: number): boolean {
	try {
		process.kill(process_, 0);
		return true;
	} catch (error) {
		// Not allowed to signal it: it lives, and belongs to somebody else.
		return isCode(error, "EPERM");
	}
}

function isCode(error: unknown, code: string): boolean {
	return error instanceof Error && "code" in error && error.code === code;
}

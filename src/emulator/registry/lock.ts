// One emulator per data directory: two would write over each other's journal.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JournalError } from "./journal.ts";

/** Returns its undoing. Throws JournalError when another process that lives holds the directory. */
export function lockDirectory(directory: string): () => void {
	mkdirSync(directory, { recursive: true });
	const path = join(directory, "lock");
	const holder = Number(read(path));
	if (holder > 0 && holder !== process.pid && isAlive(holder))
		throw new JournalError(
			`${directory} is in use by process ${holder}; if that is no emulator, remove ${path}`,
		);
	writeFileSync(path, String(process.pid));
	return () => rmSync(path, { force: true });
}

function read(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT")
			return "";
		throw error;
	}
}

function isAlive(process_: number): boolean {
	try {
		process.kill(process_, 0);
		return true;
	} catch (error) {
		// Not allowed to signal it: it lives, and belongs to somebody else.
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}

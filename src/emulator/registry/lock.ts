// One emulator per data directory: two would write over each other's journal.
import { randomBytes } from "node:crypto";
import {
	mkdirSync,
	readdirSync,
	renameSync,
	rmdirSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { JournalError } from "./journal.ts";

const MOST_TRIES = 20;
/** The number of this process may be that of one killed before: in a container it is always the same. */
const held = new Set<string>();

/**
 * Returns its undoing. Throws JournalError when another one that lives holds the directory.
 *
 * The lock is a folder with its holder's claim in it. No two claims ever have the same name, so nobody removes another
 * one than he found dead; and no folder can be renamed to one that holds something, so of many that try, one succeeds.
 */
export function lockDirectory(directory: string): () => void {
	mkdirSync(directory, { recursive: true });
	const path = join(directory, "lock");
	const claim = `${process.pid}.${randomBytes(8).toString("hex")}`;
	const prepared = `${path}.${claim}`;
	try {
		mkdirSync(prepared);
		writeFileSync(join(prepared, claim), "");
		held.add(claim);
		for (let left = MOST_TRIES; !take(path, prepared, left); ) left--;
	} catch (error) {
		held.delete(claim);
		rmSync(prepared, { recursive: true, force: true });
		throw error;
	}
	return () => {
		rmSync(join(path, claim), { force: true });
		removeEmpty(path);
		held.delete(claim);
	};
}

/** False when another one was quicker, or has just not gone yet. */
function take(path: string, prepared: string, triesLeft: number): boolean {
	for (const claim of claimsIn(path)) {
		const holder = Number.parseInt(claim, 10);
		if (isAlive(holder, claim))
			throw new JournalError(
				`${dirname(path)} is in use by process ${holder}; if that is no emulator, remove ${path}`,
			);
		rmSync(join(path, claim), { force: true });
	}
	// Windows renames nothing to a folder that is there, be it empty.
	removeEmpty(path);
	try {
		renameSync(prepared, path);
		return true;
	} catch (error) {
		if (triesLeft > 0) return false;
		throw error;
	}
}

function claimsIn(path: string): string[] {
	try {
		return readdirSync(path);
	} catch (cause) {
		if (isCode(cause, "ENOENT")) return [];
		if (!isCode(cause, "ENOTDIR")) throw cause;
		throw new JournalError(
			`${path} is not a lock of this emulator; if no other one uses ${dirname(path)}, remove it`,
			{ cause },
		);
	}
}

function removeEmpty(path: string): void {
	try {
		rmdirSync(path);
	} catch {
		// Gone, or somebody's: renaming finds out.
	}
}

function isAlive(holder: number, claim: string): boolean {
	if (!(holder > 0)) return false;
	if (holder === process.pid) return held.has(claim);
	try {
		process.kill(holder, 0);
		return true;
	} catch (error) {
		// Not allowed to signal it: it lives, and belongs to somebody else.
		return isCode(error, "EPERM");
	}
}

function isCode(error: unknown, code: string): boolean {
	return error instanceof Error && "code" in error && error.code === code;
}

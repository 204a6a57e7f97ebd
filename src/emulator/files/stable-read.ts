// One file read whole: only when its writer has finished, and only from inside the directory being served.
import {
	closeSync,
	constants,
	fstatSync,
	openSync,
	readFileSync,
	realpathSync,
	type Stats,
	statSync,
} from "node:fs";
import { isInside, isSystemError } from "../shared/file-system.ts";

/** Size and times of a file: as long as it stays the same, so does the content. */
export type Signature = string;

/** Hosted configurations hold at most 4 000 KB, on request: https://docs.aws.amazon.com/general/latest/gr/appconfig.html */
const MAX_FILE_BYTES = 4_000 * 1024;

export class FileError extends Error {}

/** Undefined when nothing can be seen there: no such name, links in a circle, a name too long for the file system, … */
export function statFile(path: string): Stats | undefined {
	try {
		return statSync(path, { throwIfNoEntry: false });
	} catch (error) {
		if (isSystemError(error)) return undefined;
		throw error;
	}
}

export function toSignature(stat: Stats): Signature {
	return `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeMs}:${stat.ctimeMs}`;
}

/** Milliseconds until a file is old enough to be read, by the file system's clock; 0 when it is. */
export function remainingSettleMs(stat: Stats, settleMs: number): number {
	const age = Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs);
	// A file from the future (another machine's clock) is judged by how long it is seen to stay the same.
	if (age < 0) return settleMs;
	return Math.max(0, settleMs - age);
}

/** The bytes of a file that has the given signature before and after; undefined when a writer was faster. */
export function readStableFile(
	root: string,
	path: string,
	signature: Signature,
): Buffer | undefined {
	const real = realpathSync(path);
	if (!isInside(root, real)) throw new FileError("leads out of the directory");
	const file = openSync(
		real,
		constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,
	);
	try {
		const before = fstatSync(file);
		if (!before.isFile()) throw new FileError("is not a file");
		if (toSignature(before) !== signature) return undefined;
		if (before.size > MAX_FILE_BYTES)
			throw new FileError(`has ${before.size} bytes; the limit is 4 000 KB`);
		const bytes = readFileSync(file);
		if (toSignature(fstatSync(file)) !== signature) return undefined;
		// A directory on the way may have been exchanged for a link between looking and opening.
		return realpathSync(path) === real ? bytes : undefined;
	} finally {
		closeSync(file);
	}
}

// Reads a whole file only when its writer has finished, and only from inside the served directory.
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

/** Identity, size and times of a file. As long as they stay the same, so does the content. */
export type Signature = string;

/** The largest quota that AWS grants for a hosted configuration: https://docs.aws.amazon.com/general/latest/gr/appconfig.html */
const MAX_FILE_BYTES = 4_000 * 1024;

export class FileError extends Error {}

/** Undefined if there is no such file, or if the path cannot be followed: links in a circle, a name that is too long. */
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

/** How long the file must still stay unchanged before it may be read, by the clock of the file system. */
export function remainingSettleMs(stat: Stats, settleMs: number): number {
	const age = Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs);
	// A time in the future comes from the clock of another machine and says nothing about the age.
	if (age < 0) return settleMs;
	return Math.max(0, settleMs - age);
}

/** Undefined if the file did not have this signature before and after it was read. */
export function readStableFile(
	root: string,
	path: string,
	signature: Signature,
): Buffer | undefined {
	const real = realpathSync(path);
	if (!isInside(root, real))
		throw new FileError("is a link to outside of the directory");
	const file = openSync(
		real,
		constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,
	);
	try {
		const before = fstatSync(file);
		if (!before.isFile()) throw new FileError("is not a file");
		if (toSignature(before) !== signature) return undefined;
		if (before.size > MAX_FILE_BYTES)
			throw new FileError(`has ${before.size} bytes; the limit is 4,000 KB`);
		const bytes = readFileSync(file);
		if (toSignature(fstatSync(file)) !== signature) return undefined;
		// A directory in the path may have been replaced by a link before the file was opened.
		return realpathSync(path) === real ? bytes : undefined;
	} finally {
		closeSync(file);
	}
}

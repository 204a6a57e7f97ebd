// What everything that reads the disk has to ask: is this inside the directory, and is this error the disk's own.
import { sep } from "node:path";

export function isInside(root: string, path: string): boolean {
	return (
		path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
	);
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && "syscall" in error;
}

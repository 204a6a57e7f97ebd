import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, sep } from "node:path";

export function isInside(root: string, path: string): boolean {
	return (
		path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
	);
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && "syscall" in error;
}

/**
 * Makes a directory and those above it; `mode` is its own only. Node's recursive mkdir never returns where the file
 * system makes no directories, as /proc.
 */
export function makeDirectory(path: string, mode?: number): void {
	try {
		mkdirSync(path, mode);
	} catch (error) {
		if (!isSystemError(error)) throw error;
		if (error.code === "EEXIST" && statSync(path).isDirectory()) return;
		const parent = dirname(path);
		if (error.code !== "ENOENT" || existsSync(parent)) throw error;
		makeDirectory(parent);
		makeDirectory(path, mode);
	}
}

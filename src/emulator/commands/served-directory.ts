// Which directory is meant when none is named: the one that `init` writes, or this repository's examples.
import { existsSync } from "node:fs";
import { DEFAULT_DIRECTORY, UsageError } from "./options.ts";

/** Throws UsageError. */
export function servedDirectory(named: string | undefined): string {
	if (named !== undefined) return named;
	const found = [DEFAULT_DIRECTORY, "examples"].find((one) => existsSync(one));
	if (found !== undefined) return found;
	throw new UsageError(
		`There is no directory ${DEFAULT_DIRECTORY} here. Name the one to serve, or write a sample: appconfig-emulator init`,
	);
}

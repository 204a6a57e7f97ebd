// Which directory is meant when none is named: the one that `init` writes, or this repository's examples.
import { existsSync } from "node:fs";
import { commandName } from "./command-name.ts";
import { type CliOptions, DEFAULT_DIRECTORY } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** Throws UsageError. */
export function resolveDirectory({ positionals }: CliOptions): string {
	const [named] = positionals;
	if (named !== undefined) return named;
	const found = [DEFAULT_DIRECTORY, "examples"].find((one) => existsSync(one));
	if (found !== undefined) return found;
	throw new UsageError(
		`There is no directory ${DEFAULT_DIRECTORY} here. Name the one to serve, or write a sample: ${commandName()} init`,
	);
}

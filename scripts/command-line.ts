import { type ParseArgsConfig, parseArgs } from "node:util";

/** Parses the arguments; exits with the usage when one is unknown. */
export function readArguments<T extends ParseArgsConfig>(
	usage: string,
	config: T,
): ReturnType<typeof parseArgs<T>> {
	try {
		return parseArgs(config);
	} catch (error) {
		// Node's second sentence is about file names that begin with a dash.
		return refuse(usage, String((error as Error).message).split(". ")[0]);
	}
}

export function refuse(usage: string, reason = ""): never {
	console.error(`${reason.replace(/\.?$/, ".")}\nUsage: ${usage}`);
	process.exit(1);
}

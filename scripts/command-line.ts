import { type ParseArgsConfig, parseArgs } from "node:util";

/** Ends the process when there is something to say. */
export function readArguments<T extends ParseArgsConfig>(
	usage: string,
	config: T,
): ReturnType<typeof parseArgs<T>> {
	try {
		return parseArgs(config);
	} catch (error) {
		// Node's second sentence is about what to type for a file that begins with a dash.
		return refuse(usage, String((error as Error).message).split(". ")[0]);
	}
}

export function refuse(usage: string, reason = ""): never {
	console.error(`${reason.replace(/\.?$/, ".")}\nUsage: ${usage}`);
	process.exit(1);
}

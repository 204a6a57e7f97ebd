import { realpathSync } from "node:fs";
import { basename, delimiter, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";

const BINARY = "appconfig-emulator";

export interface Invocation {
	/** The program that Node runs. */
	readonly program: string;
	readonly directory: string;
	readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * How the user calls the emulator, for printed commands: as an npm script, by its name if a shell finds it, otherwise by
 * its path. Not `npx NAME`: npm's registry may have another package of that name.
 */
export function commandName(
	{ program, directory, env }: Invocation = current(),
): string {
	if (env.npm_lifecycle_event === "emulator") return "npm run emulator --";
	const path = relative(directory, program) || program;
	if (basename(program) !== BINARY) return `node ${shellQuote(path)}`;
	// npm adds node_modules/.bin to the PATH of its scripts; the user's shell does not have it.
	const found = (env.PATH ?? "")
		.split(delimiter)
		.filter((entry) => !/node_modules[\\/]\.bin[\\/]?$/.test(entry));
	return found.includes(dirname(program)) ? BINARY : shellQuote(path);
}

/** Quotes one argument for a POSIX shell. */
export function shellQuote(text: string): string {
	return /[^\w./\\:~-]/.test(text)
		? `'${text.replaceAll("'", "'\\''")}'`
		: text;
}

function current(): Invocation {
	const [, started = ""] = process.argv;
	const cli = cliFile();
	return {
		// When another program, such as a test, imports the command, the user can start the command's own file.
		program: isProgram(started, cli) ? started : cli,
		directory: process.cwd(),
		env: process.env,
	};
}

/** The file that Node runs for every command. */
export function cliFile(): string {
	return fileURLToPath(new URL("./main.js", import.meta.url));
}

function isProgram(path: string, cli: string): boolean {
	try {
		return realpathSync(path) === realpathSync(cli);
	} catch {
		return false;
	}
}

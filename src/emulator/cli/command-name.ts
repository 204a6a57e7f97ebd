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
 * How the emulator is called here, so that what it prints can be pasted: as a script of npm, by its name when a shell
 * finds it, else by its path. `npx NAME` would ask the npm registry for a package that is not this one.
 */
export function commandName(
	{ program, directory, env }: Invocation = current(),
): string {
	if (env.npm_lifecycle_event === "emulator") return "npm run emulator --";
	const path = relative(directory, program) || program;
	if (basename(program) !== BINARY) return `node ${shellQuote(path)}`;
	// npm adds node_modules/.bin for the programs that it starts; the user's shell does not have it.
	const found = (env.PATH ?? "")
		.split(delimiter)
		.filter((entry) => !/node_modules[\\/]\.bin[\\/]?$/.test(entry));
	return found.includes(dirname(program)) ? BINARY : shellQuote(path);
}

/** As one word of a POSIX shell's. */
export function shellQuote(text: string): string {
	return /[^\w./\\:~-]/.test(text)
		? `'${text.replaceAll("'", "'\\''")}'`
		: text;
}

function current(): Invocation {
	const [, started = ""] = process.argv;
	const cli = cliFile();
	return {
		// Started by another program, as a test, the command's own file is what a user can start.
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

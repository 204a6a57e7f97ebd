// The command's log: where standard output leads, and what the environment asks for, decide how it looks.
import { createLog, type Log, type LogFormat } from "../shared/log.ts";

/** What is used of a stream. */
export interface OutputStream {
	readonly isTTY?: boolean;
	write(text: string): unknown;
	on(event: "error", listener: () => void): unknown;
}

export interface CliEnvironment {
	readonly out: OutputStream;
	readonly errors: OutputStream;
	readonly env: Readonly<Record<string, string | undefined>>;
}

/** People at a terminal get lines to read; a pipe, a file and a container's log get lines for machines. */
export function createCliLog(
	asked: LogFormat | undefined,
	{ out, errors, env }: CliEnvironment,
): Log {
	// Whoever read it (`| head -1`) has gone; those who are served have not.
	out.on("error", () => {});
	return createLog({
		format: asked ?? (out.isTTY ? "pretty" : "json"),
		colour: supportsColour(out, env),
		errorColour: supportsColour(errors, env),
		write: (line) => void out.write(`${line}\n`),
		writeError: (line) => void errors.write(`${line}\n`),
		now: Date.now,
	});
}

/** https://no-color.org and https://force-color.org; forced wins, as in Node itself. */
function supportsColour(
	{ isTTY }: OutputStream,
	env: CliEnvironment["env"],
): boolean {
	const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = env;
	if (force) return force !== "0" && force !== "false";
	return isTTY === true && !no && terminal !== "dumb";
}

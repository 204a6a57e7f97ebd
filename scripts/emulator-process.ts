// Runs the emulator as a process of its own, as users do.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { binary, fromRoot } from "./paths.ts";
import { runNode } from "./run-tool.ts";

export interface EmulatorProcess {
	/** Without a slash at the end. */
	readonly url: string;
	stop(): Promise<void>;
}

const CLI = fromRoot("build/emulator/cli/main.js");
const GREETING = /^AppConfig emulator listening on (http:\/\/\S+)$/;

export async function compileEmulator(): Promise<void> {
	const code = await runNode([binary("tsc"), "-b", "src/emulator"]);
	if (code !== 0) throw new Error("The emulator does not compile.");
}

/** Starts the compiled emulator. `onLine` receives each line that it prints after the first. */
export async function startEmulator(
	args: readonly string[],
	onLine: (line: string) => void = () => undefined,
): Promise<EmulatorProcess> {
	// No line for each request: the output would drown.
	const child = spawn(process.execPath, [CLI, "--log", "events", ...args], {
		cwd: fromRoot(),
		// Nothing is sent over this channel. When it closes, the emulator knows that this process has ended, and ends too.
		stdio: ["ignore", "pipe", "inherit", "ipc"],
	});
	child.channel?.unref();
	const kill = () => child.kill();
	process.once("exit", kill);
	const ended = new Promise<void>((resolve) =>
		child.on("exit", () => resolve()),
	);
	const url = await greeting(child, onLine);
	return {
		url,
		stop: async () => {
			kill();
			await ended;
			process.off("exit", kill);
		},
	};
}

function greeting(
	child: ChildProcess,
	onLine: (line: string) => void,
): Promise<string> {
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("exit", (code) =>
			reject(new Error(`The emulator ended with code ${code}.`)),
		);
		if (!child.stdout) throw new Error("The emulator has no output.");
		createInterface({ input: child.stdout }).on("line", (line) => {
			const match = GREETING.exec(line);
			if (match?.[1]) resolve(match[1]);
			else onLine(line);
		});
	});
}
